"""The recipe behind the constants of `detectors/calibration.py`: `python -m bench.detect.fitting --help`.

Every world counts as it is and without any label or blacklist entry, and all worlds count the same, so that no
generator outvotes the other with more groups. The truth serves as labels of everybody. Worlds to check on are told by
the curve that was fitted, moved by their own labels as in any run.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import betabinom

from app.settings import Settings
from app.wiring import store_of
from bench.detect.calibration import reliability
from bench.detect.methods.ringfence import unlabelled
from bench.detect.splits import TUNING
from bench.detect.tables import table
from bench.detect.truth import Truth
from bench.detect.worlds import World, found, made
from detectors.assembly import LEAST_TOTAL
from detectors.calibration import ALIKE, Crowd, Curve, Prior, Verdicts, learned, steady
from detectors.crossfit import verdicts
from detectors.detection import assemble
from detectors.false_kills import false_kills
from detectors.weighing import customers
from graph.projecting import project
from graph.projection import Projection

LOOSE = Prior(Curve(half=0.2, steepness=4.0), half=1.0, steepness=0.5)
"""What is thought before any world is seen: next to nothing."""

GRID = tuple(round(0.05 * step, 2) for step in range(1, 20))
"""Values of `ALIKE` that are tried."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rings:
    """The rings of a world: `total`, and how many members are what (`size`: all); `labelled`: what its labels say."""

    total: Floats
    size: Ints
    fraud: Ints
    cleared: Ints
    listed: Ints
    labelled: Verdicts
    people: int

    def truth(self) -> Verdicts:
        """What labels of all members would say; each world weighs the same."""
        weight = self.size / (1 + (self.size - 1) * ALIKE)
        return Verdicts(self.total, self.fraud / self.size, weight)

    def scores(self, prior: Prior) -> Floats:
        """What a run would publish."""
        crowd = Crowd(self.total, self.size, self.people)
        return np.asarray(steady(self.labelled, crowd, prior).chance(self.total))


def rings_of(projection: Projection, truth: Truth) -> Rings:
    """Detect, and count."""
    assembly = assemble(projection, {})
    totals, about = assembly.totals, customers(assembly.context)
    fraud = projection.accounts.is_in(truth.applicants.filter("is_fraud")["applicant_id"].implode()).to_numpy()
    told = totals.total >= LEAST_TOTAL
    size, fraudsters, cleared, listed = (
        np.bincount(totals.ring[which[totals.member]], minlength=len(told))[told]
        for which in (np.ones_like(fraud), fraud, about.said.cleared, about.said.fraud)
    )
    labelled = verdicts(assembly.context, about, totals, LEAST_TOTAL)
    people = int(projection.is_applicant.sum())
    return Rings(totals.total[told], size, fraudsters, cleared, listed, labelled, people)


def fitted(worlds: Sequence[Rings]) -> Prior:
    """The curve that fits all worlds, and how far it is from that of each."""
    each = [one.truth() for one in worlds]
    total, fraud = (np.concatenate([getattr(one, name) for one in each]) for name in ("total", "fraud"))
    even = np.concatenate([one.weight / one.weight.sum() for one in each]) * len(total) / len(each)
    curve = learned(Verdicts(total, fraud, even), prior=LOOSE)
    apart = [learned(one, prior=Prior(curve, LOOSE.half, LOOSE.steepness)) for one in each]
    half, steepness = (np.log([getattr(one, name) for one in apart]).std() for name in ("half", "steepness"))
    return Prior(curve, round(float(half), 2), round(float(steepness), 2))


def alike(worlds: Sequence[Rings], prior: Prior) -> float:
    """The correlation of members of one ring under which the truth is most likely."""

    def likelihood(correlation: float) -> float:
        both = 1 / correlation - 1
        scores = [np.clip(one.scores(prior), 1e-6, 1 - 1e-6) for one in worlds]
        fits = (
            betabinom.logpmf(one.fraud, one.size, score * both, (1 - score) * both).sum()
            for one, score in zip(worlds, scores, strict=True)
        )
        return float(sum(fits))

    return max(GRID, key=likelihood)


def checked(name: str, worlds: Sequence[Rings], prior: Prior) -> tuple[object, ...]:
    """A line of the table: errors before and after, honest members expected and found, how often in the interval."""
    total, score = (np.concatenate(rows) for rows in zip(*((w.total, w.scores(prior)) for w in worlds), strict=True))
    size, fraud, cleared, said = (
        np.concatenate([getattr(one, name) for one in worlds]) for name in ("size", "fraud", "cleared", "listed")
    )
    before, after = (reliability(pl.DataFrame({"score": x, "true": fraud / size})).error for x in (total, score))
    expected, low, high = false_kills(score, size - cleared - said, cleared)
    honest = size - fraud
    within = float(((low <= honest) & (honest <= high)).mean())
    counts = (f"{expected.sum():.0f}", f"{honest.sum()}", f"{within:.1%}")
    return (name, len(total), f"{before:.3f}", f"{after:.3f}", *counts)


def main() -> None:
    """Print the constants, and how they do on the worlds to check on."""
    parser = argparse.ArgumentParser(prog="python -m bench.detect.fitting", description=__doc__)
    parser.add_argument("--world", type=Path, nargs="+", help="fit on these folders, not on the tuning split")
    parser.add_argument("--check", type=Path, nargs="+", default=[], help="folders to check on, with `truth` in each")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="ringfence-bench-") as name:
        folder = Path(name)
        fit = list(_rings(found(given.world, folder) if given.world else made(TUNING, TUNING.applicants, folder)))
        check = list(_rings(found(given.check, folder)))
    every = [one for pair in fit for one in pair]
    prior = fitted(every)
    print(prior, f"alike={alike(every, prior)}")
    pairs = (("fitted on", fit), ("checked on", check))
    rows = [
        checked(f"{what}, {which}", [pair[at] for pair in worlds], prior)
        for what, worlds in pairs
        if worlds
        for at, which in enumerate(("as it is", "without labels"))
    ]
    print(table(("worlds", "rings", "error of totals", "of scores", "honest expected", "honest", "in interval"), rows))


def _rings(worlds: Iterable[World]) -> Iterator[tuple[Rings, Rings]]:
    for world in worlds:
        with store_of(Settings(store=world.store)) as store:
            projection = project(store.graph)
        yield rings_of(projection, world.truth), rings_of(unlabelled(projection), world.truth)
        print(world.name, flush=True)


if __name__ == "__main__":
    main()
