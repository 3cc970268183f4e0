"""What an appeal is: a decision as it was, what the customer says of it, and what came of that. Times: unix seconds."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class AppealState(StrEnum):
    """How far an appeal has come; but for the first and the last also the steps that lead there."""

    OPEN = "open"
    TAKEN = "taken"
    UPHELD = "upheld"
    OVERTURNED = "overturned"
    WITHDRAWN = "withdrawn"
    """It was overturned, and that was taken back."""


WAITING = (AppealState.OPEN, AppealState.TAKEN)
"""Somebody has yet to decide."""

Outcome = Literal["review", "reject"]
"""What may be appealed against."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class Entity(_Value):
    """Something that the application came with. `hub`: what kind of hub it was; empty where nobody else had it."""

    kind: str = Field(description="As rules and snoozes call it", examples=["wifi"])
    key: str = Field(description="As it stands in the graph")
    hub: str = ""
    applicants: tuple[str, ...] = Field(default=(), description="Others who had it, as far as the decision named them")


class Linked(_Value):
    """Another applicant to whom the decision saw a link; `fraud`: one known as fraud."""

    applicant_id: str
    fraud: bool = False


class Hit(_Value):
    """A rule that had hit. `told`: its reason for the analyst, by language; `entities`: kinds of what it spoke of."""

    rule: str
    code: str
    told: dict[str, str] = {}
    entities: tuple[str, ...] = ()


class Objection(_Value):
    """A decision as it was, and what the customer says of it. `hits`: the most important first, each rule once."""

    decision_id: str
    applicant_id: str
    application_id: str
    outcome: Outcome
    decided_at: int
    hits: tuple[Hit, ...]
    entities: tuple[Entity, ...] = ()
    links: tuple[Linked, ...] = ()
    text: str


class Step(_Value):
    """Somebody took the appeal, or decided it."""

    state: AppealState
    reason: str
    author: str
    at: int


class Appeal(Objection):
    """An appeal as it stands. `first`: who had a hand in the decision, as far as was known when it was filed."""

    id: int
    round: int = Field(description="0 for the first appeal against this decision")
    first: tuple[str, ...]
    at: int
    due_at: int
    overdue: bool = Field(description="Should have been decided by now")
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> AppealState:
        """How far it has come."""
        return self.steps[-1].state if self.steps else AppealState.OPEN

    @property
    def owner(self) -> str | None:
        """Who is at work on it."""
        return self.steps[-1].author if self.state is AppealState.TAKEN else None

    @property
    def version(self) -> int:
        """Grows with every step."""
        return len(self.steps)


class Snooze(_Value):
    """A rule that is not to hit for an entity until then, because it hit an honest customer for it."""

    rule: str
    kind: str
    key: str
    until: int


class RuleFigures(_Value):
    """What became of the appeals against decisions in which a rule had hit: `overturned` are its false kills."""

    rule: str
    upheld: int
    overturned: int
    waiting: int
    decisions: int | None = Field(default=None, description="Decisions in which it hit, where the caller counted them")
