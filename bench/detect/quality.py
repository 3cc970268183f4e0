"""Every method on every world, and its figures over all worlds together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from bench.detect.bootstrap import Estimate, ratio
from bench.detect.calibration import Reliability, reliability
from bench.detect.judging import ALL, Judged, judged
from bench.detect.running import Cost, run
from bench.detect.worlds import World


def run_all(worlds: Iterable[World], methods: Sequence[str], home: Path) -> "dict[str, Results]":
    """Run the methods on each world in turn and judge them, telling how it goes."""
    ran: dict[str, list[tuple[Judged, Cost]]] = {method: [] for method in methods}
    for world in worlds:
        for method in methods:
            found, cost = run(method, world.store, home)
            verdict = judged(found, world.truth)
            ran[method].append((verdict, cost))
            recovered = f"{verdict.rings['recovered'].sum()} of {len(verdict.rings)} rings"
            print(f"{world.name}: {method}: {recovered}, {cost.find:.1f} s, {cost.peak_mib:.0f} MiB", flush=True)
    return {method: Results([one for one, _ in pair], [cost for _, cost in pair]) for method, pair in ran.items()}


@dataclass(frozen=True, slots=True)
class Results:
    """One method: what was judged and what it cost, world by world."""

    judged: list[Judged]
    costs: list[Cost]

    def rings(self) -> pl.DataFrame:
        """`kind`, `difficulty`, `recovered` of every ring."""
        return pl.concat([one.rings for one in self.judged])

    def recovered(self, **which: str) -> Estimate:
        """Rings recovered, of those of a `kind` or a `difficulty`; drawn by ring."""
        return ratio(self.rings().filter(**which)["recovered"].to_numpy())

    def first(self) -> Estimate:
        """The first groups of the top sets that are right; drawn by group."""
        return ratio([right for one in self.judged for right in one.first])

    def precision(self) -> Estimate:
        """Fraudsters among the people in the top sets; drawn by world, as all that follow."""
        return ratio([one.right for one in self.judged], [one.held for one in self.judged])

    def recall(self) -> Estimate:
        """The fraudsters that are in the top sets."""
        return ratio([one.right for one in self.judged], [one.fraudsters for one in self.judged])

    def average_precision(self) -> Estimate:
        """The mean over worlds of the average precision of applicants' scores."""
        return ratio([one.average_precision for one in self.judged])

    def honest(self, sharing: str = ALL) -> int:
        """How many honest people share in this way."""
        return int(self._honest(sharing)["people"].sum())

    def false_kills(self, sharing: str = ALL) -> Estimate:
        """The honest people who share in this way and are in the top sets."""
        rows = self._honest(sharing)
        return ratio(rows["killed"].to_numpy(), rows["people"].to_list())

    def sharing(self) -> list[str]:
        """The kinds of honest sharing that there are."""
        kinds = pl.concat([one.honest for one in self.judged])["sharing"].unique()
        return sorted(kind for kind in kinds if kind != ALL)

    def ring_reliability(self) -> Reliability:
        """Of the groups' scores, as shares of fraudsters among their members."""
        return reliability(pl.concat([one.groups for one in self.judged]).rename({"fraud": "true"}))

    def applicant_reliability(self) -> Reliability:
        """Of the applicants' scores, where there is one: 0 says that nothing was found."""
        people = pl.concat([one.people for one in self.judged]).filter(pl.col("score") > 0)
        return reliability(people.rename({"is_fraud": "true"}))

    def cost(self) -> Cost:
        """The median of the seconds, the largest of the peaks."""
        read, find = (float(np.median([getattr(cost, name) for cost in self.costs])) for name in ("read", "find"))
        return Cost(read, find, max(cost.peak_mib for cost in self.costs))

    def _honest(self, sharing: str) -> pl.DataFrame:
        return pl.concat([one.honest for one in self.judged]).filter(pl.col("sharing") == sharing)
