"""How cases look in the terminal and to programs. What people wrote is made safe for a terminal here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
from rich.table import Table

from app.cli.console import out
from app.masking import masked_key
from app.plain_text import printable, shortened
from cases.model import Case, Change, Judgement, Note

if TYPE_CHECKING:
    from cases.casebook import Casebook


def case_table(cases: Sequence[Case]) -> Table:
    """A line for each case."""
    table = plain_table("ring", "state", "owner", "opened", "due", "held by", "version")
    for case in cases:
        due = f"{_time(case.due_at)}{' (overdue)' if case.overdue else ''}"
        own = (printable(case.owner or ""), _time(case.opened_at), due, printable(case.locked_by or ""))
        table.add_row(printable(case.ring_id), case.state, *own, str(case.version))
    return table


def changes_table(changes: Sequence[Change]) -> Table:
    """A line for each change."""
    table = plain_table("time", "author", "ring", "action", "before", "after")
    for each in changes:
        row = (each.author, each.ring_id, each.action, _json(each.before), _json(each.after))
        table.add_row(_time(each.at), *(shortened(text, 200) for text in row))
    return table


def file_json(book: "Casebook", ring_id: str) -> dict[str, Any]:
    """Everything about a case, with what was said of the rings whose members came into it."""
    case = book.cases.case(ring_id)
    lineage = book.cases.lineage(ring_id)
    rings = _rings(ring_id, [step.source for step in lineage])
    return {
        "case": case.model_dump(mode="json"),
        "members": book.cases.members(ring_id),
        "came_from": [step.model_dump(mode="json") for step in lineage],
        "went_into": [step.model_dump(mode="json") for step in book.cases.successors(ring_id)],
        "regroupings": [each.model_dump(mode="json") for each in book.regroupings.of(ring_id)],
        "judgements": [each.model_dump(mode="json") for each in book.judgements.of(rings)],
        "notes": [masked_note(note).model_dump(mode="json") for note in book.notes.of(rings)],
        "attachments": [each.model_dump(mode="json") for each in book.attachments.of(rings)],
    }


def print_file(book: "Casebook", ring_id: str) -> None:
    """The same for people."""
    lineage = book.cases.lineage(ring_id)
    rings = _rings(ring_id, [step.source for step in lineage])
    out.print(case_table([book.cases.case(ring_id)]))
    for step in lineage:
        out.print(f"{_time(step.at)} {printable(step.source)} {step.how} into {printable(step.target)}")
    for step in book.cases.successors(ring_id):
        out.print(f"{_time(step.at)} {step.how} into {printable(step.target)}")
    for said in book.regroupings.of(ring_id):
        undone = f" (taken back by {printable(said.undone_by)})" if said.undone_by else ""
        about = (
            f"{said.how} by {printable(said.author)} into {printable(said.target)}{undone}: {printable(said.reason)}"
        )
        out.print(f"Regrouping {said.id}: {printable(said.ring_id)} {about}", soft_wrap=True)
    out.print(f"Members: {', '.join(map(printable, book.cases.members(ring_id)))}", soft_wrap=True)
    out.print(_judgement_table(book.judgements.of(rings)))
    for note in map(masked_note, book.notes.of(rings)):
        mentions = "".join(f" [{each.kind} {printable(each.key)}]" for each in note.evidence)
        out.print(f"{_time(note.at)} {printable(note.author)}: {printable(note.text)}{mentions}", soft_wrap=True)
    for file in book.attachments.of(rings):
        about = f"{file.media_type}, {file.size:,} bytes, from {printable(file.author)}"
        out.print(f"Attachment {file.id}: {shortened(file.name, 80)} ({about})", soft_wrap=True)


def _judgement_table(judgements: Sequence[Judgement]) -> Table:
    table = plain_table("no.", "verdict", "of", "by", "time", "counts", "reason")
    for each in judgements:
        people = f"{each.scope}: {', '.join(each.members[:5])}{' ...' if len(each.members) > 5 else ''}"
        texts = (shortened(people, 120), printable(each.author), _time(each.at), _counts(each))
        table.add_row(str(each.id), each.verdict, *texts, shortened(each.reason, 200))
    return table


def _counts(judgement: Judgement) -> str:
    """Does it count, and by whom it was confirmed or withdrawn."""
    if judgement.withdrawn_by is not None:
        why = shortened(judgement.withdrawn_why or "", 100)
        return f"withdrawn by {printable(judgement.withdrawn_by)}: {why}"
    if judgement.counts_from is None:
        return "waits for a second person"
    return f"yes, confirmed by {printable(judgement.confirmed_by)}" if judgement.confirmed_by else "yes"


def masked_note(note: Note) -> Note:
    """The note with the keys of the evidence masked that it mentions."""
    evidence = tuple(each.model_copy(update={"key": masked_key(each.kind, each.key)}) for each in note.evidence)
    return note.model_copy(update={"evidence": evidence})


def _rings(ring_id: str, sources: Sequence[str]) -> list[str]:
    return sorted({ring_id, *sources})


def _json(value: object) -> str:
    return "" if value is None else orjson.dumps(value).decode()


def _time(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M}"


def plain_table(*names: str) -> Table:
    """A table without lines, ready for rows."""
    table = Table(box=None, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    return table
