"""`ringfence cases merge`, `split`, `ungroup`: what people say of rings as a whole."""

from typing import Annotated

import typer

from app.cli.cases import AuthorOption, CasesOption, RingId, SeenOption, signing
from app.cli.console import JsonOption, StoreOption, out, print_json
from app.plain_text import printable
from cases.model import How, Regrouping

ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]


def merge(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    ring_id: RingId,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The ring with which it is one; its case goes on.")],
    reason: ReasonOption,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that two rings are one. Every later detection respects it, until `ungroup`."""
    with signing(store, url, author) as (book, signed):
        _tell(book.regroupings.merge(ring_id, into, reason, author=signed, seen=seen), as_json)


def split(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    ring_id: RingId,
    member: Annotated[list[str], typer.Option("--member", metavar="ID", help="Of the new ring; repeatable.")],
    reason: ReasonOption,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that some members are a ring of their own, which gets a case. Every later detection respects it."""
    with signing(store, url, author) as (book, signed):
        _tell(book.regroupings.split(ring_id, member, reason, author=signed, seen=seen), as_json)


def ungroup(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Of the merge or split, as `merge`, `split` say it.")],
    reason: ReasonOption,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a merge or a split back, the latest of these rings first. It stays on record."""
    with signing(store, url, author) as (book, signed):
        _tell(book.regroupings.undo(number, reason, author=signed, seen=seen), as_json)


def _tell(said: Regrouping, as_json: bool) -> None:
    if as_json:
        print_json(said.model_dump(mode="json"))
        return
    what = "is one with" if said.how is How.MERGED else f"gave {len(said.members):,} members to"
    undone = "" if said.undone_by is None else " (taken back)"
    out.print(f"Regrouping {said.id}: {printable(said.ring_id)} {what} {printable(said.target)}{undone}.")
