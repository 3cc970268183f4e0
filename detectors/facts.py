"""Facts: identifiers that say the same thing. A WiFi and the IP behind it have the same users, and are one fact.

Two places that different members share are two facts; so is a friend's phone one with his account, but not with the
phone of another friend of others.
"""

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from detectors.sharing import ONE_FACT, SOURCES
from graph.projection import Index

_FAMILIES = sorted(ONE_FACT)
FAMILY = np.array([_FAMILIES.index(one.family) if one.family in ONE_FACT else -1 for one in SOURCES], np.int32)
"""Of each source the number of its family, if several of that may be one fact, or -1."""

SAME = 0.5
"""Jaccard overlap of their users within a group from which two identifiers of a family are one fact."""


def facts(ground: pl.DataFrame) -> Index:
    """A number for each row of common ground (`group`, `source`, `users`, `applicants`): same number, same fact."""
    family = pl.Series(FAMILY[ground["source"].to_numpy()])
    rows = ground.select("group", "users", "applicants", family=family)
    rows = rows.with_row_index("row").filter(pl.col("family") >= 0)
    uses = rows.explode("applicants")
    alike = (
        uses.join(uses, on=["group", "family", "applicants"], suffix="_other")
        .filter(pl.col("row") < pl.col("row_other"))
        .group_by("row", "row_other")
        .agg(pl.len().alias("common"), pl.col("users").first(), pl.col("users_other").first())
        .filter(pl.col("common") >= SAME * (pl.col("users") + pl.col("users_other") - pl.col("common")))
    )
    ends = (alike["row"].to_numpy(), alike["row_other"].to_numpy())
    graph = coo_array((np.ones(len(alike), np.int8), ends), shape=(len(ground), len(ground)))
    return np.asarray(connected_components(graph, directed=False)[1], np.int32)
