"""Time and memory of the whole detection as the world grows."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import altair as alt
import polars as pl

from bench.detect.splits import SCALING_SEED
from bench.detect.worlds import load
from bench.measuring import RINGFENCE, measure
from ingest.world import Format, Knobs, generate


@dataclass(frozen=True, slots=True)
class Point:
    """`ringfence detect` on a world of so many applicants in the embedded store: from the store to published rings."""

    applicants: int
    seconds: float
    peak_mib: float


def points(sizes: Sequence[int], folder: Path) -> Iterator[Point]:
    """One world after the other, each gone when the next is made."""
    for applicants in sizes:
        with TemporaryDirectory(dir=folder) as place:
            generate(Path(place) / "world", busy(applicants), Format.PARQUET, 0, lambda _: None)
            store = load(Path(place) / "world", Path(place))
            found = measure([RINGFENCE, "detect"], {"RINGFENCE_STORE": store, "RINGFENCE_WORK_DIR": place})
        yield Point(applicants, found.seconds, found.peak_mib)


def busy(applicants: int) -> Knobs:
    """A mixed world of a lender who sees much money: five transfers for each applicant, nearly twice the usual."""
    return Knobs(
        applicants=applicants, seed=SCALING_SEED, friend_transfers=1.75, family_transfers=0.65, merchant_payments=1.9
    )


def exponent(least: Point, most: Point) -> float:
    """Time grows as the number of applicants to this power: 1 is linear."""
    return math.log(most.seconds / least.seconds) / math.log(most.applicants / least.applicants)


def plot(measured: Sequence[Point], file: Path) -> None:
    """Seconds and memory by applicants, as an SVG with logarithmic axes; a dashed line shows linear growth."""
    first = measured[0]
    panels = [
        _panel([(one.applicants, one.seconds) for one in measured], (first.applicants, first.seconds), "seconds"),
        _panel([(one.applicants, one.peak_mib) for one in measured], (first.applicants, first.peak_mib), "MiB"),
    ]
    alt.hconcat(*panels).save(file, format="svg")


def _panel(values: list[tuple[int, float]], start: tuple[int, float], unit: str) -> alt.LayerChart:
    linear = [start, (values[-1][0], start[1] * values[-1][0] / start[0])]
    frames = [pl.DataFrame(rows, ["applicants", unit], orient="row") for rows in (values, linear)]
    x = alt.X("applicants:Q", scale=alt.Scale(type="log"), axis=alt.Axis(format="~s"))
    y = alt.Y(f"{unit}:Q", scale=alt.Scale(type="log"), axis=alt.Axis(format="~s"))
    measured = alt.Chart(frames[0], width=300, height=240).mark_line(point=True).encode(x=x, y=y)
    return alt.LayerChart(
        layer=[measured, alt.Chart(frames[1]).mark_line(strokeDash=[4, 4], color="grey").encode(x=x, y=y)]
    )
