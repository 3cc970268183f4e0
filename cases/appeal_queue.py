"""Which appeals wait, what an overturned decision asks of the rules, and how often each rule was wrong."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, func, select

from cases.appeal_model import WAITING, Appeal, AppealState, RuleFigures, Snooze
from cases.appeal_reading import appeals_of, latest_state
from cases.desk import DAY, Desk
from cases.schema import APPEAL, APPEAL_RULE

APPLICANT = "applicant"
"""What rules call the applicant himself, where they name what they spoke of."""
SUSPICIOUS = "suspicious"
"""The kind of a hub that is none of an honest neighbourhood."""


class AppealQueue:
    """Reads them in bulk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(
        self, *, states: Iterable[AppealState] = WAITING, limit: int | None = None, offset: int = 0
    ) -> list[Appeal]:
        """Those in these states, the oldest first."""
        query = select(APPEAL).where(_in(states)).order_by(APPEAL.c.at, APPEAL.c.id).limit(limit).offset(offset)
        with self._desk.database.reading() as connection:
            return appeals_of(connection, self._desk.clock(), query)

    def count(self, states: Iterable[AppealState] = WAITING) -> int:
        """How many there are in these states."""
        with self._desk.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(APPEAL).where(_in(states))).scalar_one()

    def snoozes(self, appeal: Appeal) -> tuple[Snooze, ...]:
        """What is not to be held against the same person and his neighbours again; none unless it was overturned.

        For each rule that had hit: the applicant, and what it spoke of and he shares with others, but no suspicious
        hub: that he is honest says nothing of the others there. A rule that spoke of nothing in particular is let rest
        for him alone, or a campus would hide whatever else happens on it. The same answer however often it is asked.
        """
        if appeal.state is not AppealState.OVERTURNED:
            return ()
        until = appeal.steps[-1].at + self._desk.rules.appeal_snooze_days * DAY
        shared = [each for each in appeal.entities if each.hub not in {"", SUSPICIOUS}]
        things = [
            (hit.rule, kind, key)
            for hit in appeal.hits
            for kind, key in [
                (APPLICANT, appeal.applicant_id),
                *((each.kind, each.key) for each in shared if each.kind in hit.entities),
            ]
        ]
        return tuple(Snooze(rule=rule, kind=kind, key=key, until=until) for rule, kind, key in dict.fromkeys(things))

    def per_rule(self, decisions: Mapping[str, int] | None = None) -> list[RuleFigures]:
        """How appeals against the hits of each rule ended, the most often overturned first.

        `decisions`: in how many each rule had hit, where the caller knows.
        """
        state = latest_state().label("state")
        states = select(APPEAL.c.id, state).subquery()
        query = (
            select(APPEAL_RULE.c.rule, states.c.state, func.count())
            .join(states, states.c.id == APPEAL_RULE.c.appeal_id)
            .group_by(APPEAL_RULE.c.rule, states.c.state)
        )
        with self._desk.database.reading() as connection:
            counts: dict[str, dict[str, int]] = {}
            for rule, how, number in connection.execute(query):
                counts.setdefault(rule, {})[how] = number
        figures = [_figures(rule, counts.get(rule, {}), decisions) for rule in {*counts, *(decisions or {})}]
        return sorted(figures, key=lambda each: (-each.overturned, -each.upheld, each.rule))


def _in(states: Iterable[AppealState]) -> ColumnElement[bool]:
    return latest_state().in_([state.value for state in states])


def _figures(rule: str, counts: Mapping[str, int], decisions: Mapping[str, int] | None) -> RuleFigures:
    return RuleFigures(
        rule=rule,
        upheld=counts.get(AppealState.UPHELD, 0),
        overturned=counts.get(AppealState.OVERTURNED, 0),
        waiting=sum(counts.get(state, 0) for state in WAITING),
        decisions=None if decisions is None else decisions.get(rule, 0),
    )
