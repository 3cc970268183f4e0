"""What rules say of one application."""

from dataclasses import dataclass
from enum import StrEnum

from decisions.outcome import Outcome

LIMITED = "limited"
"""Name of the part that brings the sum of all points back between 0 and 100."""


class Action(StrEnum):
    """What a rule does when it holds, the mildest first."""

    SCORE = "score"
    REVIEW = "review"
    REJECT = "reject"

    @property
    def at_least(self) -> Outcome:
        """The mildest outcome that it leaves possible."""
        return Outcome.APPROVE if self is Action.SCORE else Outcome(self.value)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that holds, with the points that it gave."""

    rule: str
    reason: str
    points: int
    action: Action


@dataclass(frozen=True, slots=True)
class Points:
    """One part of a score: a rule's, or `LIMITED`."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """`parts` add up to `points`, 0 to 100. `hits` stand in the order of the file.

    `snoozed`: rules that hold but sleep. `missing`: what could not be judged, `rule:NAME` for a rule that failed and
    `unknown_purpose` or `unknown_channel` for a word that the file does not know.
    """

    version: str
    digest: str
    outcome: Outcome
    points: int
    parts: tuple[Points, ...]
    hits: tuple[Hit, ...]
    snoozed: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def score(self) -> float:
        """0 to 1, high is suspicious."""
        return self.points / 100

    @property
    def rules(self) -> tuple[str, ...]:
        """Names of the rules that hold and do not sleep."""
        return tuple([hit.rule for hit in self.hits])

    @property
    def forced(self) -> tuple[Hit, ...]:
        """Those that allow no milder outcome, whatever the points."""
        return tuple([hit for hit in self.hits if hit.action is not Action.SCORE])
