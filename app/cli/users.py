"""`ringfence users`: who may use the explorer, and as what."""

import getpass
import sys
from typing import Annotated

import typer
from rich.table import Table

from app.cli.cases import AuthorOption, CasesOption
from app.cli.console import JsonOption, StoreOption, err, out, print_json, settings_with
from app.plain_text import printable
from app.settings import Settings, variable_of
from app.wiring import casebook_of
from cases.people import Role
from graph.errors import UsageError

users = typer.Typer(
    help="Who may use the explorer: add, list, give a role or a password, disable, enable.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="As shown by `ringfence users list`.")]
RoleOption = Annotated[Role, typer.Option("--role", help="What he may do; each role may do what those before it may.")]


@users.command()
def add(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    name: Annotated[str, typer.Argument(metavar="NAME", help="Signs his changes; with OIDC, as the provider says it.")],
    role: RoleOption = Role.ANALYST,
    oidc: Annotated[bool, typer.Option("--oidc", help="He has no password: the OIDC provider lets him in.")] = False,
    author: AuthorOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
) -> None:
    """Add somebody. His password is asked for on the terminal, or read from the first line of standard input."""
    settings = settings_with(store=store, cases=url, author=author)
    with casebook_of(settings) as book:
        book.accounts.add(name, role, None if oidc else _password(), author=_author(settings))
    out.print(f"{printable(name)} may use the explorer as {role}.")


@users.command(name="list")
def list_(store: StoreOption = None, url: CasesOption = None, as_json: JsonOption = False) -> None:
    """Show everybody who has an account."""
    with casebook_of(settings_with(store=store, cases=url)) as book:
        accounts = book.accounts.list()
    if as_json:
        fields = ("name", "role", "disabled", "has_password", "at")
        print_json([{field: getattr(each, field) for field in fields} for each in accounts])
        return
    table = Table("name", "role", "lets in by", "disabled", box=None, header_style="bold")
    for each in accounts:
        by = "password" if each.has_password else "OIDC"
        table.add_row(printable(each.name), each.role, by, "disabled" if each.disabled else "")
    out.print(table)


@users.command()
def role(
    name: Name,
    new: Annotated[Role, typer.Argument(metavar="ROLE", help="viewer, analyst, reviewer or admin.")],
    author: AuthorOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
) -> None:
    """Give somebody another role, at once also in his open pages."""
    settings = settings_with(store=store, cases=url, author=author)
    with casebook_of(settings) as book:
        book.accounts.set_role(name, new, author=_author(settings))
    out.print(f"{printable(name)} is {new} now.")


@users.command()
def password(name: Name, author: AuthorOption = None, store: StoreOption = None, url: CasesOption = None) -> None:
    """Give somebody another password, asked for as by `add`. His open pages are logged out."""
    settings = settings_with(store=store, cases=url, author=author)
    with casebook_of(settings) as book:
        book.accounts.set_password(name, _password(), author=_author(settings))
    out.print(f"{printable(name)} has a new password.")


@users.command()
def disable(name: Name, author: AuthorOption = None, store: StoreOption = None, url: CasesOption = None) -> None:
    """Let somebody in no more. His open pages are logged out."""
    settings = settings_with(store=store, cases=url, author=author)
    with casebook_of(settings) as book:
        book.accounts.disable(name, author=_author(settings))
    out.print(f"{printable(name)} is let in no more.")


@users.command()
def enable(name: Name, author: AuthorOption = None, store: StoreOption = None, url: CasesOption = None) -> None:
    """Let somebody in again."""
    settings = settings_with(store=store, cases=url, author=author)
    with casebook_of(settings) as book:
        book.accounts.enable(name, author=_author(settings))
    out.print(f"{printable(name)} is let in again.")


def _author(settings: Settings) -> str:
    """Who makes the change: as the settings say, or whoever is logged in on this machine."""
    try:
        return settings.author or getpass.getuser()
    except (KeyError, OSError):
        raise UsageError(
            "A change needs an author", do=f"Give --author NAME, or set {variable_of('author')}."
        ) from None


def _password() -> str:
    """The new password; never an option, which others would see in the list of processes."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        err.print("The two are not the same.")
        raise UsageError("No password was set", do="Try again.")
    return first
