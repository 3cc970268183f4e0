"""Peels groups down to their dense blocks: homes that two kinds of things or more hold together.

As in Fraudar (Hooi et al., KDD 2016) the loosest leave first and whoever is held by them only follows, and what a home
shares with others outside counts neither for nor against it: camouflage cannot make a block looser. All who are loose
leave at once (Bahmani et al., VLDB 2012), in all groups together, so there are few rounds and each is linear.

Two kinds, because one says little: the computers of an internet cafe pass through a hundred hands and tie strangers in
many circles, but with devices only.
"""

import numpy as np
import polars as pl

from detectors.blocks.bipartite import Bipartite, bipartite
from detectors.contract import Context
from detectors.grouping import distinct
from detectors.profiles import MILLI
from graph.projection import Index, Ints, Mask

KINDS = 2
"""Kinds of things by which a home must be held."""


def peeled(graph: Bipartite) -> Bipartite:
    """What is left when every home is held by two kinds of things, and everything is used by two homes."""
    while True:
        shared = graph.where(_varied(graph.identifier, graph.home, 2))
        graph = shared.where(_varied(shared.home, shared.source, KINDS))
        if len(graph.home) == len(shared.home):
            return graph


def blocks(context: Context, group: Index, member: Index) -> pl.DataFrame:
    """Of each group that has one, its dense block: `group`, `block` (homes in it), `held` (nats by which they are held
    together: the worth of everything they share for each home beyond the first).
    """
    graph = peeled(bipartite(context, group, member))
    uses = pl.DataFrame({"group": graph.group, "home": graph.home, "identifier": graph.shared})
    worth = pl.Series("worth", context.profiles.worth.astype(np.int64))
    shared = uses.group_by("group", "identifier").len()
    held = shared.select("group", held=worth.gather(shared["identifier"]) * (pl.col("len") - 1).cast(pl.Int64))
    return (
        uses.group_by("group")
        .agg(pl.col("home").n_unique().alias("block"))
        .join(held.group_by("group").agg(pl.col("held").sum() / MILLI), on="group")
        .sort("group")
    )


def _varied(of: Ints, value: Index | Ints, least: int) -> Mask:
    """Of which rows `of` goes with so many different values."""
    pair = distinct(of << 32 | value)
    many = np.bincount(pair >> 32, minlength=int(of.max(initial=-1)) + 1)
    return np.asarray(many[of] >= least)
