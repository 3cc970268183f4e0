"""Rings merged and split by hand: two are one, or some members of one are a ring of their own."""

from collections.abc import Mapping, Sequence
from itertools import count

from sqlalchemy import delete, insert, select

from cases import audit, texts
from cases.desk import Desk
from cases.model import How, Regrouping, State
from cases.regroupings import BY_HAND, read, standing_regroupings
from cases.schema import CASE_MEMBER, LINEAGE, REGROUPING, REGROUPING_MEMBER, REGROUPING_UNDO, RING_CASE
from cases.settled import settle
from cases.writing import Writing, changing, changing_all, members_of, read_case
from graph.errors import NotFoundError, UsageError


class Regroupings:
    """Merges and splits rings, and undoes it. Each is kept for ever, with lineage and a line in both cases' log."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def merge(self, ring_id: str, into: str, reason: str, *, author: str, seen: int | None = None) -> Regrouping:
        """Say that a ring is one with another, whose case goes on with the members of both."""
        reason = texts.text(reason, "The reason")
        if ring_id == into:
            raise UsageError("A ring cannot be merged with itself", where=ring_id, do="Name another one.")
        with changing_all(self._desk, [ring_id, into], author, seen) as (source, target):
            _must_live(source, target)
            people = members_of(source.connection, ring_id)
            number = _said(source, into, How.MERGED, people, reason)
            _move(source, target, people)
            source.update("follow", lives=False)
            settle(target)
        return self.regrouping(number)

    def split(
        self, ring_id: str, members: Sequence[str], reason: str, *, author: str, seen: int | None = None
    ) -> Regrouping:
        """Say that some members are a ring of their own, which gets a case (`target`) with the same time limit."""
        reason, people = texts.text(reason, "The reason"), frozenset(members)
        with changing(self._desk, ring_id, author, seen) as source:
            _must_live(source)
            ring = members_of(source.connection, ring_id)
            if not people or not people < ring:
                raise UsageError("A ring of its own takes some of the members, not all", do="Choose among its members.")
            target = _opened(source)
            number = _said(source, target.case.ring_id, How.SPLIT, people, reason)
            _move(source, target, people)
            settle(source)
            settle(target)
        return self.regrouping(number)

    def undo(self, number: int, reason: str, *, author: str, seen: int | None = None) -> Regrouping:
        """Take one back, the latest of these two rings first. Whoever went over and is still there goes back."""
        reason, said = texts.text(reason, "The reason"), self.regrouping(number)
        with changing_all(self._desk, [said.ring_id, said.target], author, seen) as (source, target):
            _must_be_last(source, said)
            values = {"regrouping_id": number, "reason": reason, "author": source.author, "at": source.at}
            source.connection.execute(insert(REGROUPING_UNDO).values(values))
            there = members_of(source.connection, said.target)
            _move(target, source, there if said.how is How.SPLIT else there & frozenset(said.members))
            for case in (source, target):
                case.record("regroup_undo", before={"regrouping": number}, after={"reason": reason})
            source.update("follow", lives=True)
            target.update("follow", lives=said.how is How.MERGED)
            for case in (source, target) if said.how is How.MERGED else (source,):
                settle(case)
        return self.regrouping(number)

    def regrouping(self, number: int) -> Regrouping:
        """One of them; `NotFoundError` where there is none of this number."""
        with self._desk.database.reading() as connection:
            found = read(connection, REGROUPING.c.id == number)
        if not found:
            raise NotFoundError("There is no regrouping of this number", where=str(number))
        return found[0]

    def of(self, ring_id: str) -> list[Regrouping]:
        """All that was ever said of this ring, also of others that were merged into it or split from it."""
        with self._desk.database.reading() as connection:
            return read(connection, (REGROUPING.c.ring_id == ring_id) | (REGROUPING.c.target == ring_id))

    def standing(self) -> list[Regrouping]:
        """Those of all rings that nobody has undone, in the order in which they were said."""
        with self._desk.database.reading() as connection:
            return standing_regroupings(connection)


def _must_live(*cases: Writing) -> None:
    for each in cases:
        if not each.case.lives:
            raise UsageError("This ring is gone, or merged into another one", where=each.case.ring_id)


def _must_be_last(writing: Writing, said: Regrouping) -> None:
    rings = {said.ring_id, said.target}
    later = [one for one in standing_regroupings(writing.connection) if one.id >= said.id]
    if said.id not in {one.id for one in later}:
        raise UsageError("This was undone already", where=f"regrouping {said.id}")
    after = [one for one in later if one.id > said.id and {one.ring_id, one.target} & rings]
    if after:
        raise UsageError(
            "These rings were merged or split again since", where=f"regrouping {after[-1].id}", do="Undo that first."
        )


def _opened(source: Writing) -> Writing:
    """A new case beside that of the ring: of the same owner, due when that is."""
    connection, case = source.connection, source.case
    taken = set(
        connection.execute(select(RING_CASE.c.ring_id).where(RING_CASE.c.ring_id.like(f"{case.ring_id}.%"))).scalars()
    )
    ring_id = next(name for number in count(1) if (name := f"{case.ring_id}.{number}") not in taken)
    values: Mapping[str, object] = {
        "ring_id": ring_id, "state": State.OPEN.value, "owner": case.owner, "opened_at": source.at,
        "due_at": case.due_at, "lives": True, "version": 1,
    }  # fmt: skip
    connection.execute(insert(RING_CASE).values(values))
    return Writing(connection, read_case(connection, ring_id, source.at), source.author, source.at)


def _said(source: Writing, target: str, how: How, people: frozenset[str], reason: str) -> int:
    """Keep what was said, its lineage, and a line in the log of both cases."""
    connection, ring_id = source.connection, source.case.ring_id
    values = {"ring_id": ring_id, "target": target, "how": how.value, "reason": reason}
    signed = {"author": source.author, "at": source.at}
    number: int = connection.execute(
        insert(REGROUPING).values(**values, **signed).returning(REGROUPING.c.id)
    ).scalar_one()
    connection.execute(
        insert(REGROUPING_MEMBER), [{"regrouping_id": number, "applicant_id": who} for who in sorted(people)]
    )
    connection.execute(
        insert(LINEAGE).values(source=ring_id, target=target, run_id=f"{BY_HAND}{number}", how=how.value, at=source.at)
    )
    after: audit.State = {"regrouping": number, **values, "members": sorted(people)}
    who, at = source.author, source.at
    audit.record(
        connection,
        [audit.line(each, how.value, before=None, after=after, author=who, at=at) for each in (ring_id, target)],
    )
    return number


def _move(start: Writing, end: Writing, people: frozenset[str]) -> None:
    """Let people go from one case's ring to another's; who is in both already stays there."""
    connection, new = start.connection, people - members_of(start.connection, end.case.ring_id)
    gone = CASE_MEMBER.c.applicant_id.in_(sorted(people))
    connection.execute(delete(CASE_MEMBER).where(CASE_MEMBER.c.ring_id == start.case.ring_id, gone))
    if new:
        rows = [{"ring_id": end.case.ring_id, "applicant_id": who} for who in sorted(new)]
        connection.execute(insert(CASE_MEMBER), rows)
