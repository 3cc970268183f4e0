"""Does a score of 0.7 mean that 7 in 10 are what it says? Reliability curves against the truth."""

from dataclasses import dataclass

import polars as pl

BINS = 10


@dataclass(frozen=True, slots=True)
class Reliability:
    """`curve`: a row for each bin of scores that is not empty: `bin` (its lower end), `count`, `score` (mean), `true`.

    `error`: the expected calibration error, the mean distance of score and truth over bins, weighted by their counts.
    """

    curve: pl.DataFrame
    error: float


def reliability(scored: pl.DataFrame) -> Reliability:
    """Of rows with a `score` (0 to 1) and whether it is `true`; ten bins of equal width."""
    low = (pl.col("score") * BINS).floor().clip(0, BINS - 1) / BINS
    bins = scored.group_by(bin=low).agg(pl.len().alias("count"), pl.col("score").mean(), pl.col("true").mean())
    curve = bins.sort("bin")
    apart = (curve["count"] * (curve["score"] - curve["true"]).abs()).sum()
    return Reliability(curve, float(apart) / max(len(scored), 1))
