"""Layering: money that reaches an account through several others, who each keep it for a short time and take a cut.

That a payer only passes money on is rare. How rare, and how rare it is to pass on so much of it, is learned from all
who pay each other; over several steps these rates are multiplied. That several of those who pay an account do, is set
beside how many pay it: many pay a shop, and some of them will have sold something that day. What is passed on to the
last cent was agreed on, such as an errand for a relative or the sum that goes round in a savings circle.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from detectors.contract import Context, Finding
from detectors.grouping import components, distinct
from detectors.money.passing import Passing, shares
from detectors.money.surprise import LARGEST, paying, surprising, unlikely
from graph.projection import Ints

FEWEST_MIDDLES = 2
CODE = "layering"

Reals = npt.NDArray[np.float64]


class Layering:
    """People through whose accounts money ran on within days, in two steps or more, or in one from several to one."""

    name = "layering"

    def find(self, context: Context) -> Iterator[Finding]:
        """One finding for all money that meets on its way through two homes or more; one for each account where it
        ends, where the people would be too many.
        """
        money, every = context.flows, context.passing
        steps = every.chosen(money.amount[every.out] < money.amount[every.into])
        if not len(steps.into):
            return
        before = steps.before()
        for together in _together(_telling(context, steps, before), before):
            few = len(paying(context, _payments(steps, before, together))) <= LARGEST
            for own in [together] if few else together.partition_by("end", maintain_order=True):
                rows = _payments(steps, before, own)
                middles = np.intersect1d(money.target[rows], money.source[rows])
                if len(np.unique(context.roof[middles])) >= FEWEST_MIDDLES:
                    yield from surprising(context, self.name, CODE, rows, float(own["nats"].to_numpy().max()))


def _telling(context: Context, steps: Passing, before: Ints) -> pl.DataFrame:
    """Steps that reach an account in a way that chance does not explain: `step`, `end` (that account), `nats`."""
    money, roof = context.flows, context.roof
    payers = np.bincount(distinct(money.target.astype(np.int64) << 32 | roof[money.source]) >> 32)
    end = money.target[steps.out]
    table = pl.DataFrame({"step": np.arange(len(end)), "end": end, "home": roof[money.source[steps.out]]})
    table = table.with_columns(share=pl.Series(shares(money, steps.into, steps.out)), payers=pl.Series(payers[end]))
    rate = _rates(table, int(payers.sum()))
    table = table.with_columns(rare=pl.Series(np.round(_chained(-np.log(rate), before), 6)))
    best = _best(table, np.log(np.count_nonzero(payers)))
    return table.join(best, on="end").filter(pl.col("rare") >= pl.col("least")).sort("step")


def _rates(table: pl.DataFrame, pairs: int) -> Reals:
    """Of all pairs of a payer's home and whom it pays, the share where as much as in each step was passed on."""
    best = table.group_by("end", "home").agg(pl.col("share").max())["share"].sort().to_numpy()
    rate: Reals = (len(best) - np.searchsorted(best, table["share"].to_numpy())) / pairs
    return rate


def _best(table: pl.DataFrame, luck: float) -> pl.DataFrame:
    """By `end` the most surprising set of its payers: `nats` beyond luck, and how rare the `least` of them is."""
    homes = (
        table.group_by("end", "home")
        .agg(pl.col("rare").max(), pl.col("payers").first())
        .sort(["end", "rare", "home"], descending=[False, True, False])
        .with_columns(place=1 + pl.int_range(pl.len()).over("end"))
    )
    nats = unlikely(homes["place"], homes["payers"], np.exp(-homes["rare"].to_numpy())) - luck
    return (
        homes.select("end", "place", least="rare", nats=pl.Series(np.round(nats, 6)))
        .filter(pl.col("nats") > 0)
        .sort(["end", "nats", "place"], descending=[False, True, False])
        .unique("end", keep="first", maintain_order=True)
        .drop("place")
    )


def _chained(value: Reals, before: Ints) -> Reals:
    """The sum of each step's value and those of the steps before it."""
    hop = before
    while (hop >= 0).any():
        value = value + np.where(hop >= 0, value[hop], 0)
        hop = np.where(hop >= 0, hop[hop], -1)
    return value


def _together(telling: pl.DataFrame, before: Ints) -> Iterator[pl.DataFrame]:
    """Steps that the same money takes, or that reach the same account."""
    if telling.is_empty():
        return
    first = _chained((before < 0) * np.arange(len(before), dtype=np.float64), before)[telling["step"]]
    end = len(before) + telling["end"].to_numpy()
    group, node = components(first.astype(np.int32), end.astype(np.int32))
    number = pl.Series("group", group[np.searchsorted(node, first)])
    for _, own in telling.with_columns(number).group_by("group", maintain_order=True):
        yield own


def _payments(steps: Passing, before: Ints, telling: pl.DataFrame) -> Ints:
    """The payments of these steps and of all steps before them (places in the flows)."""
    step = every = telling["step"].to_numpy()
    while len(step):
        step = before[step]
        step = step[step >= 0]
        every = np.union1d(every, step)
    return np.union1d(steps.into[every], steps.out[every])
