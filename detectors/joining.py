"""Joining: pieces of one ring, each suspicious by itself, that share what strangers' groups do not.

Two pieces of evidence make a member, so a ring whose cells share one thing with each other falls into them. What is not
enough between two people of whom nothing is known is enough between two groups that are likely fraud by themselves:
such groups are few, and any two of them hardly meet by chance.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy.cluster.hierarchy import DisjointSet

from detectors.contract import Context
from detectors.facts import FAMILY
from detectors.figures import membership
from detectors.profiles import MILLI, PIECE
from detectors.rings import LARGEST, Gathered
from detectors.sharing import ONE_FACT
from graph.projection import Mask

ENOUGH = 2.5
"""Nats from which two suspicious groups are one, less what chance has: twelve to one."""


def joined(context: Context, gathered: Sequence[Gathered], suspicious: Mask) -> list[Gathered]:
    """The groups, the `suspicious` ones that are tied put together (the firmest first) as far as a ring is large."""
    rings, people = DisjointSet(range(len(gathered))), [set(one.members) for one in gathered]
    for pair in _ties(context, gathered, suspicious).select("group", "other").iter_rows():
        one, other = (rings[piece] for piece in pair)
        if one != other and len(people[one] | people[other]) <= LARGEST:
            rings.merge(one, other)
            people[rings[one]] = people[one] | people[other]
    pieces = (sorted(subset) for subset in rings.subsets())
    found = [Gathered(people[rings[own[0]]], [one for at in own for one in gathered[at].findings]) for own in pieces]
    return sorted(found, key=lambda ring: sorted(ring.members))


def _ties(context: Context, gathered: Sequence[Gathered], suspicious: Mask) -> pl.DataFrame:
    """Pairs of suspicious groups (`group` < `other`) that share enough, the firmest first.

    The more people the smaller one has, the more of them meet somebody of the other by chance.
    """
    met = _met(_uses(context, gathered, suspicious))
    size = pl.Series("size", [len(one.members) for one in gathered], dtype=pl.Float64)
    fewest = np.minimum(size.gather(met["group"]).to_numpy(), size.gather(met["other"]).to_numpy())
    met = met.with_columns(pl.Series("nats", np.round(met["worth"].to_numpy() / MILLI - np.log(fewest), 6)))
    return met.filter(pl.col("nats") >= ENOUGH).sort("nats", "group", "other", descending=[True, False, False])


def _uses(context: Context, gathered: Sequence[Gathered], suspicious: Mask) -> pl.DataFrame:
    """What members of suspicious groups use that is a piece of evidence: `group`, `roof`, `identifier`, `worth`, `fact`
    (a number; of places, and of people whom one knows, several count as one fact).
    """
    sharing, worth = context.sharing, context.profiles.worth
    group, member = membership(gathered)
    group, member = group[suspicious[group]], member[suspicious[group]]
    row = np.flatnonzero(np.isin(sharing.applicant, member) & (worth >= PIECE)[sharing.identifier])
    identifier = sharing.identifier[row]
    family = FAMILY[sharing.source[identifier]]
    uses = pl.DataFrame(
        {
            "member": sharing.applicant[row],
            "roof": context.roof[sharing.applicant[row]],
            "identifier": identifier,
            "worth": worth[identifier].astype(np.int64),
            "fact": np.where(family < 0, identifier + len(ONE_FACT), family),
        }
    )
    return pl.DataFrame({"group": group, "member": member}).join(uses, on="member").drop("member")


def _met(uses: pl.DataFrame) -> pl.DataFrame:
    """What each two groups share under different roofs: `group` < `other`, `worth` (thousandths of a nat)."""
    other = uses.select("identifier", other="group", other_roof="roof")
    return (
        uses.join(other, on="identifier")
        .filter((pl.col("group") < pl.col("other")) & (pl.col("roof") != pl.col("other_roof")))
        .group_by("group", "other", "fact")
        .agg(pl.col("worth").max())
        .group_by("group", "other")
        .agg(pl.col("worth").sum())
    )
