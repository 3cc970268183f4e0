"""Which rings a question about their cases lets through, put so that the store can page them.

The casebook and the store are two databases. A ring without a case (of a run that looked back) stands as a new case
would: open, nobody's, not overdue. Where the question lets those through, it comes to the few ids that it does not let
through, else to the ids that it does.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, not_, select, true

from cases import texts
from cases.desk import Desk
from cases.model import Case, How, State
from cases.regroupings import standing_regroupings
from cases.schema import RING_CASE
from cases.writing import is_overdue, select_cases


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Cases in these states (any where there is none), of this owner ("": nobody's), overdue."""

    states: tuple[State, ...] = ()
    owner: str | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Rings to be shown: only these where `only` is not None, and none of `without`."""

    only: tuple[str, ...] | None
    without: tuple[str, ...]


class Queueing:
    """Answers the queue."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def select(self, where: CaseFilter, *, gone: bool = False) -> Selection:
        """The rings that the filter lets through, with `gone` also those that are gone.

        Left out are rings that by hand were merged into others.
        """
        condition = _condition(where, self._desk.clock())
        admits_new = not (where.states and State.OPEN not in where.states) and not where.owner and not where.overdue
        query = select(RING_CASE.c.ring_id).where(not_(condition) if admits_new else condition)
        if not gone:
            query = query.where(RING_CASE.c.lives)
        with self._desk.database.reading() as connection:
            ids = tuple(connection.execute(query).scalars())
            merged = tuple(one.ring_id for one in standing_regroupings(connection) if one.how is How.MERGED)
        return Selection(None, ids + merged) if admits_new else Selection(ids, merged)

    def cases(self, ring_ids: tuple[str, ...]) -> dict[str, Case]:
        """The cases of these rings, by their ids."""
        query = select_cases(self._desk.clock()).where(RING_CASE.c.ring_id.in_(ring_ids))
        with self._desk.database.reading() as connection:
            return {case.ring_id: case for case in map(Case.model_validate, connection.execute(query))}

    def owners(self) -> list[str]:
        """Everybody who has a case of a ring that lives."""
        query = select(RING_CASE.c.owner).where(RING_CASE.c.owner.is_not(None), RING_CASE.c.lives)
        with self._desk.database.reading() as connection:
            return list(connection.execute(query.distinct().order_by(RING_CASE.c.owner)).scalars())


def _condition(where: CaseFilter, now: int) -> ColumnElement[bool]:
    terms: list[ColumnElement[bool]] = [true()]
    if where.states:
        terms.append(RING_CASE.c.state.in_([state.value for state in where.states]))
    if where.owner is not None:
        terms.append(func.coalesce(RING_CASE.c.owner, "") == (texts.author(where.owner) if where.owner else ""))
    if where.overdue:
        terms.append(is_overdue(now))
    return and_(*terms)
