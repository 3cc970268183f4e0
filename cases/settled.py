"""Of whom nothing is left to ask."""

from collections.abc import Set

from cases.model import State
from cases.standing import Standing, standing
from cases.writing import Writing, members_of


class Settled:
    """Looks people up in what the judgements come to."""

    def __init__(self, said: Standing) -> None:
        self._judged = frozenset(said.labels["applicant_id"])
        self._homes: dict[str, set[int]] = {}
        for home, who in said.homes.iter_rows():
            self._homes.setdefault(who, set()).add(home)

    def covers(self, members: Set[str]) -> bool:
        """Is each of them judged, or are they all of one household?"""
        if not members:
            return False
        return members <= self._judged or bool(set.intersection(*(self._homes.get(who, set()) for who in members)))


def settle(writing: Writing) -> None:
    """The case is decided when nothing is left to ask about its members, else somebody is at work on it."""
    settled = Settled(standing(writing.connection, writing.at, ring_id=writing.case.ring_id))
    covered = settled.covers(members_of(writing.connection, writing.case.ring_id))
    writing.update("state", state=(State.DECIDED if covered else State.IN_REVIEW).value)
