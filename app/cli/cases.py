"""`ringfence cases`: the work on rings, in the terminal. What is changed is signed, by a name that nobody checks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.case_texts import case_table, changes_table, file_json, masked_note, print_file
from app.cli.console import JsonOption, StoreOption, out, overriding, print_json, settings_with
from app.files import replacing
from app.settings import Settings, variable_of
from app.wiring import casebook_of
from cases.model import Case, Judgement, Mention, Scope, State, Verdict
from graph.errors import UsageError

if TYPE_CHECKING:
    from cases.casebook import Casebook

cases = typer.Typer(
    help="Work on rings: judge, confirm, undo, assign, note. Changes reach the next `ringfence detect`.",
    no_args_is_help=True,
)

CasesOption = Annotated[
    str | None,
    typer.Option(
        "--cases", metavar="URL", help="The casebook: sqlite:///file.db or postgresql://host/database. Default: "
        f"{variable_of('cases')}, or the one that goes with the store."
    ),
]  # fmt: skip
AuthorOption = Annotated[
    str | None, typer.Option("--author", metavar="NAME", help=overriding("author", "Who signs: not checked."))
]
SeenOption = Annotated[
    int | None, typer.Option("--seen", metavar="VERSION", help="Refuse if the case has another version by now.")
]
RingId = Annotated[str, typer.Argument(metavar="RING_ID", help="As shown by `ringfence cases list`.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Of the judgement, as shown by `ringfence cases show`.")]


def settings_of(store: str | None, url: str | None, author: str | None = None) -> Settings:
    """The settings with the options that every command has."""
    return settings_with(store=store, cases=url, author=author)


@contextmanager
def signing(store: str | None, url: str | None, author: str | None) -> Iterator[tuple["Casebook", str]]:
    """The open casebook, and who makes the change."""
    settings = settings_of(store, url, author)
    with casebook_of(settings) as book:
        if not settings.author:
            raise UsageError("A change needs an author", do=f"Give --author NAME, or set {variable_of('author')}.")
        yield book, settings.author


@cases.command(name="list")
def list_(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    state: Annotated[list[State] | None, typer.Option("--state", help="Only cases in this state; repeatable.")] = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Only cases of this owner.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only cases that should have been decided.")] = False,
    gone: Annotated[bool, typer.Option("--gone", help="Also cases of rings that are gone.")] = False,
    decided: Annotated[bool, typer.Option("--decided", help="Also cases that are decided.")] = False,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show cases, those that are due first in front; without --state or --decided those that are not decided yet."""
    states = state or (list(State) if decided else [State.OPEN, State.IN_REVIEW])
    with casebook_of(settings_of(store, url)) as book:
        found = book.cases.list(states=states, owner=owner, overdue=overdue, gone=gone)
    if as_json:
        print_json([case.model_dump(mode="json") for case in found])
        return
    out.print(case_table(found))
    out.print(f"{len(found):,} cases.")


@cases.command()
def show(ring_id: RingId, store: StoreOption = None, url: CasesOption = None, as_json: JsonOption = False) -> None:
    """Show one case: members, judgements, notes, attachments, also of the rings whose members came into it."""
    with casebook_of(settings_of(store, url)) as book:
        if as_json:
            print_json(file_json(book, ring_id))
        else:
            print_file(book, ring_id)


@cases.command()
def judge(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    ring_id: RingId,
    verdict: Annotated[Verdict, typer.Argument(help="What you say.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    member: Annotated[
        list[str] | None, typer.Option("--member", metavar="ID", help="Only of this member; repeatable.")
    ] = None,
    link: Annotated[
        tuple[str, str] | None, typer.Option("--link", metavar="ID ID", help="Only of what ties these two members.")
    ] = None,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge a ring, some of its members, or one link. A verdict of fraud on a large ring waits for `confirm`."""
    if member and link:
        raise UsageError("A judgement is about members or about a link", do="Give --member or --link.")
    scope = Scope.LINK if link else Scope.MEMBERS if member else Scope.RING
    with signing(store, url, author) as (book, signed):
        said = book.judgements.judge(
            ring_id, verdict, reason, author=signed, scope=scope, members=link or member or (), seen=seen
        )
        _tell(book, said, as_json)


@cases.command()
def confirm(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    number: Number,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Confirm a verdict of fraud on a large ring; only then it counts. Not for whoever gave it."""
    with signing(store, url, author) as (book, signed):
        _tell(book, book.judgements.confirm(number, author=signed, seen=seen), as_json)


@cases.command()
def undo(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a judgement back from now on. It stays on record."""
    with signing(store, url, author) as (book, signed):
        _tell(book, book.judgements.withdraw(number, reason, author=signed, seen=seen), as_json)


@cases.command()
def assign(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    ring_id: RingId,
    owner: Annotated[str | None, typer.Argument(help="Who works on it; nobody if left out.")] = None,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a case to somebody."""
    with signing(store, url, author) as (book, signed):
        _tell_case(book.cases.assign(ring_id, owner, author=signed, seen=seen), as_json)


@cases.command()
def lock(
    ring_id: RingId,
    author: AuthorOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hold a case for half an hour: nobody else can change it meanwhile. Again: for another half hour."""
    with signing(store, url, author) as (book, signed):
        _tell_case(book.locks.take(ring_id, signed), as_json)


@cases.command()
def release(
    ring_id: RingId,
    author: AuthorOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a case back that you hold."""
    with signing(store, url, author) as (book, signed):
        _tell_case(book.locks.release(ring_id, signed), as_json)


@cases.command()
def note(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    ring_id: RingId,
    text: Annotated[str, typer.Argument(help="What to write down.")],
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="KIND:KEY", help="That it is about; repeatable.")
    ] = None,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a note on a case, with the evidence that it speaks of (`Device:KEY`, `TRANSFERRED:ID`, ...)."""
    mentions = [Mention(kind=kind, key=key) for kind, _, key in (each.partition(":") for each in evidence or ())]
    with signing(store, url, author) as (book, signed):
        kept = book.notes.add(ring_id, text, author=signed, evidence=mentions, seen=seen)
    if as_json:
        print_json(masked_note(kept).model_dump(mode="json"))
    else:
        out.print(f"Note {kept.id} is written.")


@cases.command()
def attach(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    ring_id: RingId,
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="At most 10 MiB.")],
    author: AuthorOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep a file with a case."""
    with signing(store, url, author) as (book, signed):
        kept = book.attachments.add(ring_id, file.name, file.read_bytes(), author=signed)
    if as_json:
        print_json(kept.model_dump(mode="json"))
    else:
        out.print(f"Attachment {kept.id}: {kept.media_type}, {kept.size:,} bytes.")


@cases.command()
def extract(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Of the attachment, as shown by `show`.")],
    out_file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    store: StoreOption = None,
    url: CasesOption = None,
) -> None:
    """Write an attachment to a file. It came from outside: be careful what you open it with."""
    with casebook_of(settings_of(store, url)) as book, replacing(out_file) as part:
        part.write_bytes(book.attachments.content(number))


@cases.command()
def audit(
    ring_id: Annotated[str | None, typer.Argument(metavar="RING_ID", help="Only changes of this case.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 100,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show who changed what, when, and what it was before."""
    with casebook_of(settings_of(store, url)) as book:
        changes = book.audit.changes(ring_id, limit=limit)
    if as_json:
        print_json([change.model_dump(mode="json") for change in changes])
    else:
        out.print(changes_table(changes))


def _tell(book: "Casebook", said: Judgement, as_json: bool) -> None:
    """The judgement as it stands now."""
    state = book.cases.case(said.ring_id).state
    if as_json:
        print_json(said.model_dump(mode="json") | {"case_state": state})
    elif said.withdrawn_at is not None:
        out.print(f"Judgement {said.id} is withdrawn; the case is {state}.")
    elif said.counts_from is None:
        out.print(f"Judgement {said.id} waits for a second person: `ringfence cases confirm {said.id}`.")
    else:
        out.print(f"Judgement {said.id} counts, from the next detection on; the case is {state}.")


def _tell_case(case: Case, as_json: bool) -> None:
    """The case as it stands now."""
    if as_json:
        print_json(case.model_dump(mode="json"))
    else:
        out.print(case_table([case]))
