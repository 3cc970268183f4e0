"""What the API answers. The words of the fields are its documentation."""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.api.examples import PATH, RING, RUN, SCORE, SUMMARY
from app.api.language import Lang
from app.evidence_path import ToldStep
from decisions.as_written import whole
from graph.results import LIVING, ApplicantScore, Change, Ring, RingSummary, Run
from graph.store.contract import RingFilter, RingOrder

MOST_IDS = 1000
"""How many applicants one batch may ask for."""


class RunAge(BaseModel):
    """Which run an answer is from, and how old it is."""

    run_id: str = Field(examples=["20261122T010000Z"])
    as_of: datetime = Field(description="The run knows what was known at this time")
    published_at: datetime = Field(description="Since when this is the run that everybody sees")
    age_seconds: float = Field(ge=0, description="Seconds since it was published", examples=[4210.5])

    @classmethod
    def of(cls, run: Run) -> Self:
        """The age of a published run now."""
        published = run.published_at or run.started_at
        age = max(0.0, (datetime.now(UTC) - published).total_seconds())
        return cls.model_construct(run_id=run.run_id, as_of=run.as_of, published_at=published, age_seconds=age)


class ScoreAnswer(ApplicantScore):
    """What the published run says of an applicant. 0 without reasons: known, and nothing found."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**SCORE, "run": RUN}]})

    run: RunAge


class Unknown(BaseModel):
    """An id of the batch that no applicant has, with what the caller can safely do."""

    applicant_id: str = Field(examples=["A-999999"])
    recommendation: Literal["review"] = Field(default="review", description="Have a person look")
    reason: Literal["unknown_applicant"] = "unknown_applicant"


class ScoresQuestion(BaseModel):
    """Whose scores are asked for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"applicant_ids": ["A-000017", "A-999999"]}]})

    applicant_ids: tuple[Annotated[str, AfterValidator(whole)], ...] = Field(
        min_length=1, max_length=MOST_IDS, description="Ids of applicants; one that is named twice is answered once"
    )


class ScoresAnswer(BaseModel):
    """Scores of the known, in the order asked, and the unknown."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"run": RUN, "scores": [SCORE], "unknown": [Unknown(applicant_id="A-999999").model_dump()]}]
        }
    )

    run: RunAge
    scores: tuple[ApplicantScore, ...]
    unknown: tuple[Unknown, ...]


class RingsQuestion(BaseModel):
    """Which rings, in which order, which page of them. An unknown parameter is an error."""

    model_config = ConfigDict(extra="forbid")

    change: list[Change] = Field(
        default=[], description="How the ring stands to the run before; if left out, every ring that is not gone"
    )
    kind: list[str] = Field(default=[], description="What joins the ring most: a reason code")
    applicant: list[str] = Field(default=[], max_length=100, description="Rings with any of these applicants")
    min_score: float = Field(default=0.0, ge=0, le=1)
    min_size: int = Field(default=0, ge=0, le=1_000_000)
    order: RingOrder = Field(default=RingOrder.EXPECTED_LOSS, description="Largest first")
    offset: int = Field(default=0, ge=0, le=10_000_000)
    limit: int = Field(default=50, ge=1, le=500)
    run_id: str | None = Field(
        default=None, description="An earlier run that is still kept; the published one if left out"
    )
    lang: Lang = None

    @property
    def where(self) -> RingFilter:
        """The filter in the store's words."""
        return RingFilter(
            change=tuple(self.change) or LIVING,
            kind=tuple(self.kind),
            min_score=self.min_score,
            min_size=self.min_size,
            applicants=tuple(self.applicant) or None,
        )


class RingsAnswer(BaseModel):
    """A page of the queue."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"run": RUN, "total": 1, "offset": 0, "limit": 50, "rings": [SUMMARY]}]}
    )

    run: RunAge
    total: int = Field(description="Rings that the filter lets through, on all pages")
    offset: int
    limit: int
    rings: tuple[RingSummary, ...]


class RingAnswer(Ring):
    """A ring with its reasons and its evidence. The keys of shared identifiers are masked."""

    model_config = ConfigDict(json_schema_extra={"examples": [RING]})

    run: RunAge


class PathAnswer(BaseModel):
    """How two members of a ring are tied together, step by step; no steps where the evidence does not join them."""

    model_config = ConfigDict(json_schema_extra={"examples": [PATH]})

    run: RunAge
    ring_id: str
    steps: tuple[ToldStep, ...]


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """The store answers and a run is published."""

    status: Literal["ready"] = "ready"
    run: RunAge
