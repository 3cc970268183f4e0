"""Of whom nothing is left to ask."""

from collections.abc import Set

from cases.standing import Standing


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
