"""Detects as of one date after the other, and keeps what the judgement needs: first flags, and the way of each ring."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from app.detection import NO_RINGS
from app.judged import judged
from cases.standing import Standing
from detectors.detection import Detection, detect
from graph.numbered_graph import NumberedGraph
from graph.projecting import projection_at
from graph.results import Change, Ring

FLAGS = {"applicant_id": pl.String, "score": pl.Float64, "ring_id": pl.String, "flagged_at": pl.Int64}


@dataclass(frozen=True, slots=True)
class AsOf:
    """What detection said as of one date (unix seconds). `flags` as in `FLAGS`; `new`: those never flagged before."""

    moment: int
    applicants: int
    rings: int
    flags: pl.DataFrame
    new: int


@dataclass(slots=True)
class Trail:
    """A ring over the dates: the first and the last one, its highest score and size, everybody who was ever in it."""

    first: int
    last: int
    score: float = 0.0
    size: int = 0
    members: set[str] = field(default_factory=set)


class Replay:
    """Goes through dates in order. Memory holds one detection, those who were flagged, and the rings' members.

    `said`: what analysts' judgements came to as of a moment.
    """

    def __init__(self, whole: NumberedGraph, threshold: float, said: Callable[[int], Standing] | None = None) -> None:
        self.first_flags = pl.DataFrame(schema=FLAGS)
        self.trails: dict[str, Trail] = {}
        self._whole, self._threshold, self._said = whole, threshold, said
        self._previous = NO_RINGS

    def step(self, moment: int) -> AsOf:
        """Detect as of the date, which must be later than that of the step before. Nothing is published."""
        projection = projection_at(self._whole, moment)
        if self._said:
            projection = judged(projection, self._said(moment))
        found = detect(projection, self._previous, f"as-of-{moment}")
        living = [ring for ring in found.rings if ring.change is not Change.GONE]
        self._previous = _members(living)
        self._follow(living, moment)
        flags = self._flags(found, moment)
        earlier = len(self.first_flags)
        self.first_flags = pl.concat([self.first_flags, flags]).unique(
            "applicant_id", keep="first", maintain_order=True
        )
        new = len(self.first_flags) - earlier
        return AsOf(moment, int(projection.is_applicant.sum()), len(living), flags, new)

    def _flags(self, found: Detection, moment: int) -> pl.DataFrame:
        high = found.scores.filter(pl.col("score") >= self._threshold).with_columns(flagged_at=pl.lit(moment, pl.Int64))
        return high.select(list(FLAGS))

    def _follow(self, living: Sequence[Ring], moment: int) -> None:
        for ring in living:
            trail = self.trails.setdefault(ring.ring_id, Trail(moment, moment))
            trail.last = moment
            trail.score, trail.size = max(trail.score, ring.score), max(trail.size, ring.size)
            trail.members.update(member.applicant_id for member in ring.members)


def _members(rings: Sequence[Ring]) -> pl.DataFrame:
    rows = [(ring.ring_id, member.applicant_id) for ring in rings for member in ring.members]
    return pl.DataFrame(rows, schema=NO_RINGS.schema, orient="row")
