"""Cases: who works on which, how far they are, and where the members of their rings came from."""

from collections.abc import Iterable

from sqlalchemy import select

from cases import texts
from cases.desk import Desk
from cases.model import Case, Lineage, State
from cases.regroupings import in_force
from cases.schema import LINEAGE, RING_CASE
from cases.writing import changing, is_overdue, members_of, read_case, select_cases


class Cases:
    """Reads cases, and gives them owners."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def case(self, ring_id: str) -> Case:
        """One case; `NotFoundError` where there is none."""
        with self._desk.database.reading() as connection:
            return read_case(connection, ring_id, self._desk.clock())

    def members(self, ring_id: str) -> tuple[str, ...]:
        """The members of the ring in the last run that had it, in order."""
        with self._desk.database.reading() as connection:
            return tuple(sorted(members_of(connection, ring_id)))

    def list(
        self,
        *,
        states: Iterable[State] = tuple(State),
        owner: str | None = None,
        overdue: bool = False,
        gone: bool = False,
    ) -> list[Case]:
        """Cases in these states (of this owner), by when they are due; with `gone` also of rings that are gone."""
        now = self._desk.clock()
        query = select_cases(now).where(RING_CASE.c.state.in_([state.value for state in states]))
        if owner is not None:
            query = query.where(RING_CASE.c.owner == texts.author(owner))
        if overdue:
            query = query.where(is_overdue(now))
        if not gone:
            query = query.where(RING_CASE.c.lives)
        with self._desk.database.reading() as connection:
            rows = connection.execute(query.order_by(RING_CASE.c.due_at, RING_CASE.c.ring_id))
            return [Case.model_validate(row) for row in rows]

    def assign(self, ring_id: str, owner: str | None, *, author: str, seen: int | None = None) -> Case:
        """Give the case to somebody, or (None) to nobody. Whoever has one is taken to be looking at it."""
        name = None if owner is None else texts.author(owner)
        with changing(self._desk, ring_id, author, seen) as writing:
            begins = name is not None and writing.case.state is State.OPEN
            state = State.IN_REVIEW if begins else writing.case.state
            writing.update("assign", owner=name, state=state.value)
        return self.case(ring_id)

    def lineage(self, ring_id: str) -> tuple[Lineage, ...]:
        """How members of other rings came into this one, at any number of steps, the latest first."""
        found: dict[tuple[str, str, str], Lineage] = {}
        near = [ring_id]
        with self._desk.database.reading() as connection:
            while near:
                rows = connection.execute(select(LINEAGE).where(LINEAGE.c.target.in_(near), in_force()))
                steps = [Lineage.model_validate(row) for row in rows]
                new = {key: step for step in steps if (key := (step.source, step.target, step.run_id)) not in found}
                found |= new
                near = sorted({step.source for step in new.values()})
        return tuple(sorted(found.values(), key=lambda step: (-step.at, step.source, step.target)))

    def successors(self, ring_id: str) -> tuple[Lineage, ...]:
        """Into which rings members of this one went, the latest first."""
        query = select(LINEAGE).where(LINEAGE.c.source == ring_id, in_force())
        query = query.order_by(LINEAGE.c.at.desc(), LINEAGE.c.target)
        with self._desk.database.reading() as connection:
            return tuple(Lineage.model_validate(row) for row in connection.execute(query))
