"""Locks: a lease that one author holds on a case, for a time. When it has run out, somebody else may take it."""

from sqlalchemy import delete, insert

from cases.desk import Desk
from cases.model import Case
from cases.schema import CASE_LOCK
from cases.writing import Writing, changing, read_case


class Locks:
    """Takes and gives back leases."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, ring_id: str, author: str) -> Case:
        """Hold the case, or hold it for longer; `LockedError` while somebody else does."""
        with changing(self._desk, ring_id, author) as writing:
            until = writing.at + self._desk.rules.lease_seconds
            _delete(writing)
            writing.connection.execute(insert(CASE_LOCK).values(ring_id=ring_id, author=writing.author, until=until))
            writing.record("lock", before=_lease(writing.case), after={"author": writing.author, "until": until})
        return self._case(ring_id)

    def release(self, ring_id: str, author: str) -> Case:
        """Give the case back; nothing happens where the author does not hold it any more."""
        with changing(self._desk, ring_id, author) as writing:
            if writing.case.locked_by is not None:
                _delete(writing)
                writing.record("release", before=_lease(writing.case), after=None)
        return self._case(ring_id)

    def _case(self, ring_id: str) -> Case:
        with self._desk.database.reading() as connection:
            return read_case(connection, ring_id, self._desk.clock())


def _delete(writing: Writing) -> None:
    writing.connection.execute(delete(CASE_LOCK).where(CASE_LOCK.c.ring_id == writing.case.ring_id))


def _lease(case: Case) -> dict[str, object] | None:
    return {"author": case.locked_by, "until": case.locked_until} if case.locked_by is not None else None
