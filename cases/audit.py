"""The audit log: every change with its author, its time, and what was there before and after. Nothing leaves it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select

from cases import texts
from cases.desk import Desk
from cases.model import Change
from cases.schema import CHANGE

State = dict[str, object] | None
"""The part of a case that a change touched; None where there was nothing."""


Line = Mapping[str, object]


def line(  # noqa: PLR0913 (these are the columns)
    ring_id: str, action: str, *, before: State, after: State, author: str, at: int
) -> Line:
    """One line of the log."""
    return {"ring_id": ring_id, "action": action, "before": before, "after": after, "author": author, "at": at}


def record(connection: Connection, lines: Sequence[Line]) -> None:
    """Write lines in this order, in the transaction of the changes themselves."""
    if lines:
        connection.execute(insert(CHANGE), lines)


class Audit:
    """Reads the log."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def disclosed(self, ring_id: str, action: str, what: State, purpose: str, *, author: str) -> None:
        """Keep who took what out of a case and for which purpose, before he has it. Changes no case."""
        why = texts.text(purpose, "The purpose")
        entry = line(
            ring_id, action, before=None, after={**(what or {}), "purpose": why},
            author=texts.author(author), at=self._desk.clock(),
        )  # fmt: skip
        with self._desk.database.writing() as connection:
            record(connection, [entry])

    def changes(self, ring_id: str | None = None, *, limit: int = 1000) -> list[Change]:
        """The latest changes (of one case), the newest first."""
        query = select(CHANGE).order_by(CHANGE.c.id.desc()).limit(limit)
        if ring_id is not None:
            query = query.where(CHANGE.c.ring_id == ring_id)
        with self._desk.database.reading() as connection:
            return [Change.model_validate(row) for row in connection.execute(query)]
