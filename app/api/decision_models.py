"""What is answered to whoever asks for a decision. The words of the fields are its documentation."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from decisions.features import Value
from decisions.outcome import Outcome
from decisions.reasons.model import Family

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class DecisionPart(BaseModel):
    """One named contribution to a score. All parts add up to one hundred times the score."""

    name: str = Field(description="The rule, or `limited`: what brings the sum back between 0 and 100")
    points: int


class DecisionReason(BaseModel):
    """Why. `identifiers` and `links` are positions in the lists of the decision: what the reason rests on."""

    code: str = Field(description="Stable name", examples=["LINKED_TO_FRAUD"])
    family: Family
    points: int = Field(description="What its rules add to the score, of 100")
    rules: tuple[str, ...]
    analyst: str = Field(description="For the analyst, with figures; not to be told to the customer")
    customer: str = Field(description="For the customer: specific, true, and without anything of anybody else")
    regulator: str = Field(description="For the regulator: which data, compared with what, weighed how")
    identifiers: tuple[Count, ...]
    links: tuple[Count, ...]


class CustomerReason(BaseModel):
    """What may be told to the customer."""

    code: str
    text: str


class RingAround(BaseModel):
    """A ring of the last run."""

    ring_id: str
    score: Share
    size: Count


class SharedFact(BaseModel):
    """One fact that joins the applicant with another."""

    code: str = Field(examples=["shared_device"])
    kind: str = Field(description="Node label of what is shared", examples=["Device"])
    key: str = Field(description="The applicant's own, masked")
    hub: str = Field(description="What kind of hub it is", examples=["suspicious"])
    weight: float = Field(description="What sharing it is worth, in nats")
    first_seen: int | None = Field(description="When the other was first seen with it, unix seconds")
    last_seen: int | None = Field(description="And when last")


class DecisionLink(BaseModel):
    """A known applicant who shares with this one what is no chance."""

    applicant_id: str
    weight: float = Field(description="Of all that they share, in nats")
    held: bool = Field(description="By two independent facts, or a very strong one; only these links count in rules")
    score: Share = Field(description="Score of the other in the last run")
    known_fraud: bool
    ring: RingAround | None
    evidence: tuple[SharedFact, ...]


class DecisionIdentifier(BaseModel):
    """Something that the application came with, as it is used at this second."""

    source: str = Field(examples=["device"])
    kind: str = Field(description="Node label", examples=["Device"])
    key: str = Field(description="Masked")
    hub: str = Field(description="What kind of hub it is; empty if nobody else uses it", examples=["second_hand"])
    users: Count = Field(description="Applicants seen with it; of a crowd, as many as the last run knew")
    crowd: bool = Field(description="More than 60 use it: it is no evidence, and nobody of them is looked at")
    new_hub: bool = Field(description="It became a crowd after the last run")
    worth: float = Field(description="What sharing it is worth, in nats")
    blacklisted: bool


class DecisionRings(BaseModel):
    """Rings around the application."""

    own: RingAround | None = Field(description="The ring that the applicant is in")
    joins: RingAround | None = Field(description="The ring that he would join by his links")
    forms_members: Count = Field(description="Members of the new ring that he would form; 0 if fewer than three")


class DecisionRules(BaseModel):
    """Which rules judged."""

    version: str
    digest: str = Field(description="SHA-256 of the file")


class DecisionRun(BaseModel):
    """The last run, from which scores, rings and weights are."""

    run_id: str
    as_of: datetime


class DecisionAnswer(BaseModel):
    """A decision, with everything that it rests on."""

    decision_id: str = Field(examples=["0197a3f2-7c1e-7a55-9d53-0f6d7f0c1e11"])
    application_id: str
    applicant_id: str
    decided_at: datetime
    submitted_at: int = Field(description="When the application was made, unix seconds")
    outcome: Outcome
    score: Share = Field(description="High is suspicious")
    parts: tuple[DecisionPart, ...]
    reasons: tuple[DecisionReason, ...]
    customer_reasons: tuple[CustomerReason, ...] = Field(
        max_length=4, description="What to tell the customer, the most important first; none where it is approved"
    )
    links: tuple[DecisionLink, ...] = Field(description="The strongest links, at most 20")
    links_found: Count = Field(description="How many links there are in all")
    identifiers: tuple[DecisionIdentifier, ...]
    rings: DecisionRings
    features: dict[str, Value] = Field(description="Everything that rules could look at, velocity among it")
    missing: tuple[str, ...] = Field(description="What was not given or could not be found out", examples=[["wifi"]])
    snoozed: tuple[str, ...] = Field(description="Rules that hold, but sleep for something that the application has")
    rules: DecisionRules
    run: DecisionRun | None
    kept: bool = Field(description="It stands in the decision log; false for a dry run, and where the log was away")
    dry_run: bool
    latency_ms: Annotated[float, Field(ge=0)] = Field(description="From the request to the outcome")


class DecisionLine(BaseModel):
    """A decision in a list."""

    decision_id: str
    application_id: str
    applicant_id: str
    decided_at: datetime
    outcome: Outcome
    score: Share
    rules_version: str
    run_id: str | None


class DecisionsAnswer(BaseModel):
    """A page of decisions, the newest first."""

    decisions: tuple[DecisionLine, ...]
    before: int | None = Field(description="Ask for the next page with this; null on the last one")
