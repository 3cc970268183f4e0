"""How many applicants have which score: counted when a run is made, so that runs can be compared long after."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import polars as pl
from pydantic import BaseModel, ConfigDict

from graph.results import Run

EDGES = tuple(round(number / 10, 1) for number in range(11))
RARE = 1e-4
"""A share that is less counts as this in a drift: otherwise the first applicant in an empty tenth would be one."""


class ScoreBin(BaseModel):
    """Applicants with a score above `low`, up to `high`."""

    model_config = ConfigDict(frozen=True)

    low: float
    high: float
    applicants: int


def counted(scores: pl.Series) -> dict[str, float]:
    """Applicants by tenth of their score, as figures of a run; those at 0 are in none."""
    found, _ = np.histogram(scores.filter(scores > 0).to_numpy(), EDGES)
    return {_name(low): float(count) for low, count in zip(EDGES, found, strict=False)}


def bins_of(run: Run) -> tuple[ScoreBin, ...]:
    """The tenths of a run; empty for one of an older version."""
    if _name(0.0) not in run.figures:
        return ()
    return tuple(ScoreBin(low=low, high=high, applicants=int(run.figures[_name(low)])) for low, high in pairwise(EDGES))


def clear_of(run: Run) -> int:
    """How many applicants have a score of 0."""
    return run.applicants - sum(one.applicants for one in bins_of(run))


def drift(before: Run, now: Run) -> float | None:
    """Population stability index of the scores above 0 and those at 0 between two runs; None where one has no counts.

    Below 0.1 little has changed, above 0.25 much (Siddiqi, Credit Risk Scorecards, 2006).
    """
    one, other = _shares(before), _shares(now)
    if one is None or other is None:
        return None
    return float(((other - one) * np.log(other / one)).sum())


def _shares(run: Run) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    counts: Sequence[int] = [one.applicants for one in bins_of(run)]
    if not counts or not run.applicants:
        return None
    return np.maximum(np.array([clear_of(run), *counts]) / run.applicants, RARE)


def _name(low: float) -> str:
    return f"scores_above_{low}"
