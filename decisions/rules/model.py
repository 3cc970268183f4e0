"""One rule of a file, and when points are enough for which outcome."""

from dataclasses import dataclass

from decisions.features import SOURCES
from decisions.outcome import Outcome
from decisions.rules.conditions import Condition
from decisions.rules.judgement import Action, Hit

ENTITIES = (*SOURCES, "applicant")
"""What of an application a rule may speak of, and can be snoozed for."""

HEAVIEST = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """`entities`: the parts of the application that it speaks of. `line`: where it stands in its file."""

    name: str
    when: Condition
    hit: Hit
    entities: tuple[str, ...]
    note: str
    enabled: bool
    line: int

    @property
    def action(self) -> Action:
        """What it does when it holds."""
        return self.hit.action


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From so many points on, up to 100."""

    review: int
    reject: int

    def outcome(self, points: int) -> Outcome:
        """What the points alone say."""
        if points >= self.reject:
            return Outcome.REJECT
        return Outcome.REVIEW if points >= self.review else Outcome.APPROVE
