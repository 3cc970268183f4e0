"""What decisions and appeals are answered."""

from datetime import datetime
from enum import StrEnum

from ringfence_client.answers import Answer


class Outcome(StrEnum):
    """What becomes of an application."""

    APPROVE = "approve"
    REVIEW = "review"
    REJECT = "reject"


class Family(StrEnum):
    """What a reason is about, broadly. `SYSTEM`: not the application, but the state of what judges it."""

    SCORE = "score_too_low"
    FRAUD = "fraud_rule"
    PURPOSE = "purpose_mismatch"
    DATA = "inconsistent_data"
    SYSTEM = "system"


class AppealState(StrEnum):
    """How far an appeal has come."""

    OPEN = "open"
    TAKEN = "taken"
    UPHELD = "upheld"
    OVERTURNED = "overturned"
    WITHDRAWN = "withdrawn"


class DecisionPart(Answer):
    """What a rule adds to the score, of 100."""

    name: str
    points: int


class DecisionReason(Answer):
    """Why, in three texts. Only `customer` may be told to the customer.

    `identifiers` and `links` are positions in the lists of the decision.
    """

    code: str
    family: Family
    points: int
    rules: tuple[str, ...]
    analyst: str
    customer: str
    regulator: str
    identifiers: tuple[int, ...]
    links: tuple[int, ...]


class CustomerReason(Answer):
    """What may be told to the customer."""

    code: str
    text: str


class RingAround(Answer):
    """A ring of the last run."""

    ring_id: str
    score: float
    size: int


class SharedFact(Answer):
    """One fact that joins the applicant with another; its key is masked. Times are unix seconds."""

    code: str
    kind: str
    key: str
    hub: str
    weight: float
    first_seen: int | None
    last_seen: int | None


class DecisionLink(Answer):
    """A known applicant who shares with this one what is no chance."""

    applicant_id: str
    weight: float
    held: bool
    score: float
    known_fraud: bool
    ring: RingAround | None
    evidence: tuple[SharedFact, ...]


class DecisionIdentifier(Answer):
    """Something that the application came with, as it is used at this second; its key is masked."""

    source: str
    kind: str
    key: str
    hub: str
    users: int
    crowd: bool
    new_hub: bool
    worth: float
    blacklisted: bool


class DecisionRings(Answer):
    """Rings around the application: the applicant's own, the one he would join, the size of the one he would form."""

    own: RingAround | None
    joins: RingAround | None
    forms_members: int


class DecisionRules(Answer):
    """Which rules judged."""

    version: str
    digest: str


class DecisionRun(Answer):
    """The last run, from which scores, rings and weights are."""

    run_id: str
    as_of: datetime


class Decision(Answer):
    """A decision, with everything that it rests on. `missing`: what was not given or could not be found out."""

    decision_id: str
    application_id: str
    applicant_id: str
    decided_at: datetime
    submitted_at: int
    outcome: Outcome
    score: float
    parts: tuple[DecisionPart, ...]
    reasons: tuple[DecisionReason, ...]
    customer_reasons: tuple[CustomerReason, ...]
    links: tuple[DecisionLink, ...]
    links_found: int
    identifiers: tuple[DecisionIdentifier, ...]
    rings: DecisionRings
    features: dict[str, bool | float | str | list[str]]
    missing: tuple[str, ...]
    snoozed: tuple[str, ...]
    rules: DecisionRules
    run: DecisionRun | None
    kept: bool
    dry_run: bool
    latency_ms: float


class DecisionLine(Answer):
    """A decision in a list."""

    decision_id: str
    application_id: str
    applicant_id: str
    decided_at: datetime
    outcome: Outcome
    score: float
    rules_version: str
    run_id: str | None


class Decisions(Answer):
    """A page of decisions, the newest first; `before` asks for the next page, and is None on the last."""

    decisions: tuple[DecisionLine, ...]
    before: int | None


class Appeal(Answer):
    """How far an appeal has come; `message` is for the customer."""

    appeal_id: int
    decision_id: str
    application_id: str
    outcome: Outcome
    state: AppealState
    filed_at: datetime
    due_at: datetime
    decided_at: datetime | None = None
    message: str
