"""Finds decisions, page by page or in a stream."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Select, func, select

from database.connecting import Database
from decisions.log.record import Decision
from decisions.log.rows import COLUMNS, LAST, decision_of
from decisions.log.schema import DECISION, DECISION_RING, DECISION_RULE
from decisions.outcome import Outcome

_CHUNK = 500
_Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions; empty fields do not restrict. `since` (included) and `until` (not): unix microseconds."""

    applicant_id: str | None = None
    application_id: str | None = None
    ring_id: str | None = None
    rule: str | None = None
    outcome: Outcome | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Decisions, the newest first; `before`: where the next page begins, None if this is the last one."""

    decisions: tuple[Decision, ...]
    before: int | None


def one(connection: Connection, decision_id: str) -> Decision | None:
    """The decision of that id."""
    row = connection.execute(select(*COLUMNS).where(DECISION.c.decision_id == decision_id)).one_or_none()
    return decision_of(row) if row else None


def under_key(connection: Connection, idempotency_key: str) -> Decision | None:
    """The decision that was kept under the key."""
    row = connection.execute(select(*COLUMNS).where(DECISION.c.idempotency_key == idempotency_key)).one_or_none()
    return decision_of(row) if row else None


def find(connection: Connection, wanted: Wanted, before: int | None, limit: int) -> Page:
    """A page of those that were numbered `before` this one."""
    query, number = _where(select(*COLUMNS), wanted)
    query = query.order_by(number.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(number < before)
    found = [decision_of(row) for row in connection.execute(query)]
    return Page(tuple(found[:limit]), found[limit - 1].number if len(found) > limit else None)


def _where(query: Select[_Row], wanted: Wanted) -> tuple[Select[_Row], Column[int]]:
    """The query restricted, and the number by which it is to be ordered: that of the index that is walked."""
    number: Column[int] = DECISION.c.number
    columns = {
        DECISION.c.applicant_id: wanted.applicant_id,
        DECISION.c.application_id: wanted.application_id,
        DECISION.c.outcome: wanted.outcome.value if wanted.outcome else None,
    }
    query = query.where(*(column == value for column, value in columns.items() if value is not None))
    for table, column, value in ((DECISION_RING, "ring_id", wanted.ring_id), (DECISION_RULE, "rule", wanted.rule)):
        if value is not None:
            query = query.join(table, table.c.number == DECISION.c.number).where(table.c[column] == value)
            number = table.c.number
    if wanted.since is not None:
        query = query.where(DECISION.c.decided_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(DECISION.c.decided_at < wanted.until)
    return query, number


def stream(database: Database, since: int, until: int) -> Iterator[Decision]:
    """Decisions made from `since` to before `until` (unix microseconds), the earliest first, in short transactions."""
    at, number = since, 0
    while True:
        later = (DECISION.c.decided_at > at) | ((DECISION.c.decided_at == at) & (DECISION.c.number > number))
        query = (
            select(*COLUMNS)
            .where(DECISION.c.decided_at >= at, DECISION.c.decided_at < until, later)
            .order_by(DECISION.c.decided_at, DECISION.c.number)
            .limit(_CHUNK)
        )
        with database.reading() as connection:
            found = [decision_of(row) for row in connection.execute(query)]
        yield from found
        if len(found) < _CHUNK:
            return
        at, number = found[-1].decided_at, found[-1].number


def by_rule(connection: Connection) -> dict[str, int]:
    """In how many decisions each rule had hit; rules that never did are not there."""
    query = select(DECISION_RULE.c.rule, func.count()).group_by(DECISION_RULE.c.rule)
    return dict(connection.execute(query).all())


def newest(connection: Connection) -> int:
    """The number of the last decision; 0 where there is none."""
    number: int = connection.execute(LAST).scalar_one()
    return number


def after(connection: Connection, number: int, limit: int) -> list[Decision]:
    """Decisions numbered beyond this one, in order; nothing will ever come before the last of them."""
    query = select(*COLUMNS).where(DECISION.c.number > number).order_by(DECISION.c.number).limit(limit)
    return [decision_of(row) for row in connection.execute(query)]
