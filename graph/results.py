"""What a detection run says: rings, applicant scores, and the reasons and evidence behind both."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, computed_field

from graph.language import Figures

Score = Annotated[float, Field(ge=0, le=1, description="Probability of fraud, 0 to 1; of a ring, its members' share")]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:  # noqa: ANN401 (as Pydantic's)
        """As Pydantic's, several times as fast: a run makes a hundred thousand, and there are no aliases to mind."""
        made = cls.__new__(cls)
        put = object.__setattr__
        put(made, "__dict__", _defaults(cls) | values)
        put(made, "__pydantic_fields_set__", set(values) if _fields_set is None else _fields_set)
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made


@cache
def _defaults(cls: type[_Value]) -> dict[str, Any]:
    """Every field in order, with its default where it has one."""
    return {name: field.get_default() for name, field in cls.model_fields.items()}


class Part(_Value):
    """One named contribution to a score. The parts of a score add up to it."""

    name: str = Field(description="Stable name of the part", examples=["links"])
    value: float = Field(description="What it adds to the score", examples=[0.42])
    detail: str = Field(default="", description="The values it was computed from, in words")
    figures: Figures = Field(default={}, description="The values it was computed from")


class Evidence(_Value):
    """One fact that a reason rests on; it joins the applicants that it names.

    `kind` is a node label (a shared identifier, or an applicant of whom something is told) or a relationship type (a
    transfer); `key` is the node's key or the transfer's id; `applicants` are ids of the members it is about.
    """

    code: str = Field(description="The reason code that it supports")
    kind: str
    key: str
    applicants: tuple[str, ...]
    weight: float = 0.0
    first_seen: int | None = Field(default=None, description="Unix seconds")
    last_seen: int | None = Field(default=None, description="Unix seconds")
    detail: str = Field(default="", description="How an identifier is used, in words")
    hub: str = Field(default="", description="What kind of hub an identifier is", examples=["suspicious"])
    figures: Figures = Field(default={}, description="How an identifier is used, or what was transferred, in figures")
    payer: str = Field(default="", description="Of a transfer: the account it came from")
    payee: str = Field(default="", description="Of a transfer: the account it went to")

    @property
    def joins(self) -> frozenset[str]:
        """Everybody whom it ties together: applicants, and outside accounts at the ends of a transfer."""
        return frozenset((*self.applicants, *filter(None, (self.payer, self.payee))))


class Reason(_Value):
    """Why, in one plain sentence. `code` is stable; `code` and `figures` make the sentence in any language.

    The sentences hold no personal data. They are kept in English, as they were told when the run was published; runs
    of older versions have no figures.
    """

    code: str = Field(examples=["shared_device"])
    text: str = Field(examples=["4 of 6 members share 2 devices among them."])
    compared: str = Field(
        default="",
        description="The same of a normal customer",
        examples=["94.8% of customers share no device with another home."],
    )
    weight: float = Field(description="How telling, comparable within one ring", ge=0)
    figures: Figures = Field(
        default={}, description="What was counted; `usual` is the share of customers that `compared` speaks of"
    )
    evidence: tuple[Evidence, ...] = Field(
        default=(), description="Of an applicant near known fraud: the way there, step by step; a ring tells its own"
    )


class Change(StrEnum):
    """How a ring stands to the rings of the run before."""

    NEW = "new"
    SAME = "same"
    GROWN = "grown"
    SHRUNK = "shrunk"
    MERGED = "merged"
    SPLIT = "split"
    GONE = "gone"


LIVING = tuple(change.value for change in Change if change is not Change.GONE)
"""How rings stand that are there now, for `RingFilter.change`."""


class Member(_Value):
    """An applicant in a ring, with what ties this one to the others."""

    applicant_id: str
    score: Score
    role: str = Field(default="", description="Such as core, edge, mule; empty if none stands out")


class RingSummary(_Value):
    """One line of the queue. Money is in minor units."""

    ring_id: str = Field(description="Stays the same from run to run while the ring lives")
    run_id: str
    score: Score
    size: int
    change: Change
    kind: str = Field(description="What joins it most: the code of its first reason")
    exposure: int = Field(description="Sum of its members' applications, in minor units")
    expected_loss: int = Field(description="score times exposure, in minor units")
    false_kills: float | None = Field(
        default=None,
        description="Honest people to expect among its members, whom acting on it would harm; null if it is gone",
    )
    false_kills_low: int | None = Field(default=None, description="Lower end of the 90% interval of their number")
    false_kills_high: int | None = Field(default=None, description="Upper end of that interval")
    first_seen: int | None = Field(default=None, description="Earliest evidence, unix seconds")
    last_seen: int | None = Field(default=None, description="Latest evidence, unix seconds")
    headline: str = Field(description="The most telling reason")
    headline_figures: Figures = Field(default={}, description="The figures of that reason, whose code is `kind`")

    @computed_field(description="`false_kills` as a share of its members")  # type: ignore[prop-decorator]
    @property
    def false_kill_share(self) -> float | None:
        """The share of honest people among its members that is to be expected."""
        return None if self.false_kills is None else round(self.false_kills / self.size, 6)


class Ring(RingSummary):
    """A ring with everything that was published about it. For a ring that is gone, the members are the last known."""

    members: tuple[Member, ...]
    parts: tuple[Part, ...]
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...]
    previous: tuple[str, ...] = Field(default=(), description="Rings of the run before that it came from")


class Membership(_Value):
    """A ring that an applicant is in, and his score as its member."""

    ring_id: str
    score: Score


def highest_first(memberships: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Memberships, as mappings of their fields, in the order in which an applicant's are told."""
    return sorted(memberships, key=lambda one: (-one["score"], one["ring_id"]))


class ApplicantScore(_Value):
    """What is known about an applicant in a run. `ring_id` is that of the highest-scored ring, if any.

    `rings`: all that he is in, the highest score of his first: a broker or a mule may serve several.
    """

    applicant_id: str
    run_id: str
    score: Score
    parts: tuple[Part, ...] = ()
    reasons: tuple[Reason, ...] = ()
    ring_id: str | None = None
    rings: tuple[Membership, ...] = ()


class Run(_Value):
    """One detection run. `as_of` says up to when it looked."""

    run_id: str
    as_of: datetime
    started_at: datetime
    finished_at: datetime | None = None
    published_at: datetime | None = None
    rings: int = 0
    applicants: int = 0
    figures: dict[str, float] = Field(default_factory=dict, description="Seconds, counts and what is usual, by name")
