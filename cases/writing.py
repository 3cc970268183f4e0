"""The one way to change a case: nobody else holds it, nobody changed it meanwhile, and who did what is written down."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, select, update

from cases import audit, texts
from cases.desk import Desk
from cases.errors import ChangedError, LockedError
from cases.model import Case, State
from cases.schema import CASE_LOCK, CASE_MEMBER, RING_CASE
from graph.errors import NotFoundError


def is_overdue(now: int) -> ColumnElement[bool]:
    """Should a case have been decided by now?"""
    return and_(RING_CASE.c.state != State.DECIDED.value, RING_CASE.c.due_at < now)


def select_cases(now: int) -> Select[tuple[object, ...]]:
    """Cases as they are now: with the leases that are in force, and whether they are overdue."""
    held = and_(CASE_LOCK.c.ring_id == RING_CASE.c.ring_id, CASE_LOCK.c.until > now)
    return select(
        RING_CASE,
        is_overdue(now).label("overdue"),
        CASE_LOCK.c.author.label("locked_by"),
        CASE_LOCK.c.until.label("locked_until"),
    ).select_from(RING_CASE.outerjoin(CASE_LOCK, held))


def read_case(connection: Connection, ring_id: str, now: int, *, for_update: bool = False) -> Case:
    """The case; `NotFoundError` where there is none."""
    query = select_cases(now).where(RING_CASE.c.ring_id == ring_id)
    if for_update:
        query = query.with_for_update(of=RING_CASE)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(
            "No case has this ring id", where=ring_id, do="Detection opens one for each ring: `ringfence cases list`."
        )
    return Case.model_validate(row)


def members_of(connection: Connection, ring_id: str) -> frozenset[str]:
    """The members of a case's ring."""
    query = select(CASE_MEMBER.c.applicant_id).where(CASE_MEMBER.c.ring_id == ring_id)
    return frozenset(connection.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class Writing:
    """A change that is being made. `case`: as it was before."""

    connection: Connection
    case: Case
    author: str
    at: int

    def record(self, action: str, *, before: audit.State, after: audit.State) -> None:
        """A line in the audit log."""
        line = audit.line(self.case.ring_id, action, before=before, after=after, author=self.author, at=self.at)
        audit.record(self.connection, [line])

    def update(self, action: str, **values: object) -> None:
        """Set these columns of the case, and write it down where that changes any."""
        known = self.case.model_dump(mode="json")
        new = {name: value for name, value in values.items() if value != known[name]}
        if new:
            self.connection.execute(update(RING_CASE).where(RING_CASE.c.ring_id == self.case.ring_id).values(new))
            self.record(action, before={name: known[name] for name in new}, after=new)


@contextmanager
def changing(desk: Desk, ring_id: str, author: str, seen: int | None = None) -> Iterator[Writing]:
    """A transaction in which this author changes the case.

    `seen`: the version of the case that the author looked at. `LockedError` where somebody else holds the case,
    `ChangedError` where it has another version by now.
    """
    with changing_all(desk, [ring_id], author, seen) as (writing,):
        yield writing


@contextmanager
def changing_all(desk: Desk, ring_ids: Sequence[str], author: str, seen: int | None = None) -> Iterator[list[Writing]]:
    """A transaction in which this author changes several cases; `seen` is the version of the first."""
    name, at = texts.author(author), desk.clock()
    with desk.database.writing() as connection:
        cases = {ring_id: _free_case(connection, ring_id, name, at) for ring_id in sorted(ring_ids)}
        first = cases[ring_ids[0]]
        if seen is not None and seen != first.version:
            raise _changed(first)
        yield [Writing(connection, cases[ring_id], name, at) for ring_id in ring_ids]
        for case in cases.values():
            _count(connection, case)


def _free_case(connection: Connection, ring_id: str, name: str, at: int) -> Case:
    """The case, held until the end of the transaction; `LockedError` where somebody else has a lease on it."""
    case = read_case(connection, ring_id, at, for_update=True)
    if case.locked_by is not None and not texts.same_person(case.locked_by, name):
        raise LockedError(
            f"{case.locked_by} is working on this case", where=ring_id, do="Wait for the release, or for its end."
        )
    return case


def _count(connection: Connection, case: Case) -> None:
    """One version further, unless somebody else was faster."""
    same = and_(RING_CASE.c.ring_id == case.ring_id, RING_CASE.c.version == case.version)
    if connection.execute(update(RING_CASE).where(same).values(version=case.version + 1)).rowcount != 1:
        raise _changed(case)


def _changed(case: Case) -> ChangedError:
    return ChangedError(
        "Somebody changed this case meanwhile", where=case.ring_id, do="Look at it again, then decide again."
    )
