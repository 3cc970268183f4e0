"""What the casebook speaks of. Times are unix seconds."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class Verdict(StrEnum):
    """What an analyst says."""

    FRAUD = "fraud"
    NOT_FRAUD = "not_fraud"
    HOUSEHOLD = "household"
    WATCH = "watch"


class Scope(StrEnum):
    """Of whom it is said: everybody in the ring, some of its members, or what ties two of them."""

    RING = "ring"
    MEMBERS = "members"
    LINK = "link"


class State(StrEnum):
    """How far a case has come."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    DECIDED = "decided"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class Case(_Value):
    """The work on one ring. `version` grows with every change; `lives`: the ring is in the latest run."""

    ring_id: str
    state: State
    owner: str | None
    opened_at: int
    due_at: int
    overdue: bool = Field(description="Should have been decided by now")
    lives: bool
    version: int
    locked_by: str | None = Field(default=None, description="Who holds it now")
    locked_until: int | None = None


class Judgement(_Value):
    """One verdict. It counts from `counts_from` (null while it waits for a second person) to `withdrawn_at`."""

    id: int
    ring_id: str
    verdict: Verdict
    scope: Scope
    members: tuple[str, ...]
    reason: str
    author: str
    at: int
    four_eyes: bool = Field(description="Counts only when a second person has confirmed it")
    confirmed_by: str | None = None
    counts_from: int | None = None
    withdrawn_by: str | None = None
    withdrawn_at: int | None = None
    withdrawn_why: str | None = None


class Mention(_Value):
    """A piece of evidence that a note speaks of, by its kind (node label or relationship type) and key."""

    kind: str
    key: str


class Note(_Value):
    """What somebody wrote down about a case."""

    id: int
    ring_id: str
    text: str
    evidence: tuple[Mention, ...]
    author: str
    at: int


class Attachment(_Value):
    """A file of a case, without its bytes. `name` is what it was called: hostile, and never part of a path."""

    id: int
    ring_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    author: str
    at: int


class Lineage(_Value):
    """Members of the ring `source` went into the ring `target`, as the rings merged or one split."""

    source: str
    target: str
    how: str
    run_id: str
    at: int


class How(StrEnum):
    """How members of one ring come to another."""

    MERGED = "merged"
    SPLIT = "split"


class Regrouping(_Value):
    """Said by hand: the ring `ring_id` is one with `target` (merged), or `members` of it are the ring `target` (split).

    It is respected by every run until it is undone.
    """

    id: int
    ring_id: str
    target: str
    how: How
    members: tuple[str, ...] = Field(description="Who went over when it was said")
    reason: str
    author: str
    at: int
    undone_by: str | None = None
    undone_at: int | None = None
    undone_why: str | None = None


class Change(_Value):
    """One line of the audit log: what the subject was before and after (null: it was not there)."""

    id: int
    ring_id: str
    action: str
    author: str
    at: int
    before: JsonValue
    after: JsonValue
