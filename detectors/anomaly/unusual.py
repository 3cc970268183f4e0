"""Unusual customers, and groups with more of them than chance brings together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from detectors.anomaly.habits import HABITS
from detectors.anomaly.tails import level, surprise, tails
from detectors.contract import Context
from graph.projection import Index, Mask

ODD = float(np.log(10))
"""Nats of one habit from which somebody is odd in it: as one customer in ten."""


@dataclass(frozen=True, slots=True)
class Unusual:
    """Of each account: `level`, how rare as unusual a customer is (nats, on average 1; 0 of others), and by habit who
    is `odd` in it. `usual`: by habit, the share of customers who are.
    """

    level: npt.NDArray[np.float64]
    odd: dict[str, Mask]
    usual: dict[str, float]


def unusual(context: Context) -> Unusual:
    """Set every customer beside all others."""
    people = np.flatnonzero(context.projection.is_applicant)
    total, rank = np.zeros(len(people)), np.zeros(len(context.roof))
    odd: dict[str, Mask] = {}
    for name, habit in HABITS.items():
        nats = tails(habit(context)[people])
        total += nats
        odd[name] = np.zeros(len(context.roof), np.bool_)
        odd[name][people] = nats >= ODD
    rank[people] = level(np.round(total, 9))
    usual = {name: round(float(mask[people].mean()), 6) if len(people) else 0.0 for name, mask in odd.items()}
    return Unusual(rank, odd, usual)


def ring_unusual(found: Unusual, roof: Index, ring: Index, member: Index) -> pl.DataFrame:
    """Of each ring: `unusual` (nats by which its homes are more so than as many drawn at random), and the number of
    members who are odd in each habit (`odd_devices`, ...).

    People of one home are alike, and count as one.
    """
    odd = {f"odd_{name}": mask[member] for name, mask in found.odd.items()}
    people = pl.DataFrame({"ring": ring, "roof": roof[member], "level": found.level[member]} | odd)
    homes = people.group_by("ring", "roof").agg(pl.col("level").sort().mean())
    sums = homes.group_by("ring").agg(pl.col("level").sort().sum(), pl.len()).sort("ring")
    nats = surprise(sums["level"].to_numpy(), sums["len"].to_numpy().astype(np.float64))
    counted = people.group_by("ring").agg(pl.col(*odd).sum())
    return sums.select("ring", unusual=pl.Series(np.round(nats, 6))).join(counted, on="ring")
