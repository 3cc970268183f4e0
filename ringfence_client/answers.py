"""What is answered of scores and rings.

What a newer server adds is left out; but a word that this client does not know, such as another outcome, is an error.
"""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

Figures = dict[str, int | float]


class Answer(BaseModel):
    """Anything that the server says."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Fault(Answer):
    """One thing wrong with the request."""

    where: str
    what: str


class Problem(Answer):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    recommendation: str | None = None
    reason: str | None = None
    errors: tuple[Fault, ...] = ()


class Change(StrEnum):
    """How a ring stands to the run before."""

    NEW = "new"
    SAME = "same"
    GROWN = "grown"
    SHRUNK = "shrunk"
    MERGED = "merged"
    SPLIT = "split"
    GONE = "gone"


class RingOrder(StrEnum):
    """By what rings are listed, largest first."""

    EXPECTED_LOSS = "expected_loss"
    SCORE = "score"
    SIZE = "size"
    EXPOSURE = "exposure"
    LAST_SEEN = "last_seen"


class Language(StrEnum):
    """In which reasons are told."""

    EN = "en"
    ZH = "zh"


class RunAge(Answer):
    """Which run an answer is from, and how old it is."""

    run_id: str
    as_of: datetime
    published_at: datetime
    age_seconds: float


class Part(Answer):
    """One part of a score."""

    name: str
    value: float
    detail: str = ""
    figures: Figures = {}


class Evidence(Answer):
    """One fact that joins applicants; its key is masked. Times are unix seconds."""

    code: str
    kind: str
    key: str
    applicants: tuple[str, ...]
    weight: float = 0.0
    first_seen: int | None = None
    last_seen: int | None = None
    detail: str = ""
    hub: str = ""
    figures: Figures = {}
    payer: str = ""
    payee: str = ""


class Reason(Answer):
    """Why a score or a ring is what it is."""

    code: str
    text: str
    weight: float
    compared: str = ""
    figures: Figures = {}
    evidence: tuple[Evidence, ...] = ()


class Membership(Answer):
    """A ring that an applicant is in."""

    ring_id: str
    score: float


class ApplicantScore(Answer):
    """How suspicious an applicant is: 0 to 1."""

    applicant_id: str
    run_id: str
    score: float
    parts: tuple[Part, ...] = ()
    reasons: tuple[Reason, ...] = ()
    ring_id: str | None = None
    rings: tuple[Membership, ...] = ()


class Score(ApplicantScore):
    """One score, with the age of the run that it is from."""

    run: RunAge


class Unknown(Answer):
    """An id that no applicant has: no low score, but one for a person to look at."""

    applicant_id: str
    recommendation: str = "review"
    reason: str = "unknown_applicant"


class Scores(Answer):
    """Scores of those who are known, in the order asked, and the unknown."""

    run: RunAge
    scores: tuple[ApplicantScore, ...]
    unknown: tuple[Unknown, ...]


class RingSummary(Answer):
    """A ring in the queue. Times are unix seconds."""

    ring_id: str
    run_id: str
    score: float
    size: int
    change: Change
    kind: str
    exposure: int
    expected_loss: int
    headline: str
    headline_figures: Figures = {}
    false_kills: float | None = None
    false_kills_low: int | None = None
    false_kills_high: int | None = None
    false_kill_share: float | None = None
    first_seen: int | None = None
    last_seen: int | None = None


class Rings(Answer):
    """A page of the queue, and how many rings there are on all pages."""

    run: RunAge
    total: int
    offset: int
    limit: int
    rings: tuple[RingSummary, ...]


class Member(Answer):
    """A member of a ring."""

    applicant_id: str
    score: float
    role: str = ""


class Ring(RingSummary):
    """A ring with its members, reasons and evidence."""

    members: tuple[Member, ...]
    parts: tuple[Part, ...]
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...]
    previous: tuple[str, ...] = ()
    run: RunAge


class Step(Answer):
    """From one member of a ring to another."""

    start: str = Field(alias="from")
    end: str = Field(alias="to")
    text: str
    evidence: Evidence


class RingPath(Answer):
    """How two members of a ring are tied together; no steps where the evidence does not join them."""

    run: RunAge
    ring_id: str
    steps: tuple[Step, ...]
