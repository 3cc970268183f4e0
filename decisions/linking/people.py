"""Other people, as the last run knows them: under which roof, with what score, in which ring, linked with whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from decisions.linking.background import Background


@dataclass(frozen=True, slots=True)
class InRing:
    """A living ring of the last run."""

    ring_id: str
    score: float
    size: int


class People:
    """Looks people up in what a run learned, each once. Without a run nobody is known."""

    def __init__(self, background: Background) -> None:
        self._learned = background.learned
        self._fraud_at = background.fraud_at
        self._position: dict[str, int] = {}

    def position(self, applicant_id: str) -> int:
        """His place in what was learned, or -1."""
        if self._learned is None:
            return -1
        found = self._position.get(applicant_id)
        if found is None:
            found = self._position[applicant_id] = self._learned.person(applicant_id)
        return found

    def roof(self, applicant_id: str) -> int | str:
        """What those under one roof have in common; his own id if he lives alone."""
        at = self.position(applicant_id)
        return applicant_id if self._learned is None or at < 0 else int(self._learned.people.roof[at])

    def score(self, applicant_id: str) -> float:
        """His score, 0 to 1."""
        at = self.position(applicant_id)
        return 0.0 if self._learned is None or at < 0 else round(float(self._learned.people.score[at]), 6)

    def ring(self, position: int) -> InRing | None:
        """The highest-scored ring that somebody at this place is in."""
        if self._learned is None or position < 0 or self._learned.people.ring[position] < 0:
            return None
        ring = int(self._learned.people.ring[position])
        rings = self._learned.rings
        return InRing(self._learned.ring_ids[ring], round(float(rings.score[ring]), 6), int(rings.size[ring]))

    def linked(self, position: int) -> list[int]:
        """The places of those whom the run linked with somebody at this place."""
        if self._learned is None or position < 0:
            return []
        linked: list[int] = self._learned.linked(position)[0].tolist()
        return linked

    def fraud_at(self, positions: Iterable[int]) -> list[int]:
        """Since when those of these places are known fraudsters who are."""
        return [self._fraud_at[one] for one in positions if one in self._fraud_at]
