"""`ringfence users`: who may use the explorer, and as what."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from app.cli.cases import AuthorOption, CasesOption, settings_of
from app.cli.console import JsonOption, StoreOption, err, out, print_json
from app.plain_text import printable
from app.settings import Settings, variable_of
from app.wiring import casebook_of
from cases.people import Role
from graph.errors import UsageError

if TYPE_CHECKING:
    from cases.accounts import Accounts

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
    with _signing(store, url, author) as (accounts, signed):
        accounts.add(name, role, None if oidc else _password(), author=signed)
    out.print(f"{printable(name)} may use the explorer as {role}.")


@users.command(name="list")
def list_(store: StoreOption = None, url: CasesOption = None, as_json: JsonOption = False) -> None:
    """Show everybody who has an account."""
    with casebook_of(settings_of(store, url)) as book:
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
    with _signing(store, url, author) as (accounts, signed):
        accounts.set_role(name, new, author=signed)
    out.print(f"{printable(name)} is {new} now.")


@users.command()
def password(name: Name, author: AuthorOption = None, store: StoreOption = None, url: CasesOption = None) -> None:
    """Give somebody another password, asked for as by `add`. His open pages are logged out."""
    with _signing(store, url, author) as (accounts, signed):
        accounts.set_password(name, _password(), author=signed)
    out.print(f"{printable(name)} has a new password.")


@users.command()
def disable(name: Name, author: AuthorOption = None, store: StoreOption = None, url: CasesOption = None) -> None:
    """Let somebody in no more. His open pages are logged out."""
    with _signing(store, url, author) as (accounts, signed):
        accounts.disable(name, author=signed)
    out.print(f"{printable(name)} is let in no more.")


@users.command()
def enable(name: Name, author: AuthorOption = None, store: StoreOption = None, url: CasesOption = None) -> None:
    """Let somebody in again."""
    with _signing(store, url, author) as (accounts, signed):
        accounts.enable(name, author=signed)
    out.print(f"{printable(name)} is let in again.")


@contextmanager
def _signing(store: str | None, url: str | None, author: str | None) -> Iterator[tuple["Accounts", str]]:
    """The accounts, and who makes the change."""
    settings = settings_of(store, url, author)
    with casebook_of(settings) as book:
        yield book.accounts, _author(settings)


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
