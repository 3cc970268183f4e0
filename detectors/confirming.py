"""Confirmation: what ties people of a group whom something else ties already.

A helper's phone, and the cards that five of those whom she helps share with their children, make one group; but each of
its ties rests on a single fact, and chance makes up as many. What members of a ring share ties the same ones again.
"""

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from detectors.contract import Context


def confirming(context: Context, told: pl.DataFrame) -> npt.NDArray[np.float64]:
    """Of each of these facts (`group`, `identifier`, `gain`, `roofs`, `applicants`) the share of the ties it makes that
    more telling facts of its group make already, 0 to 1.

    A fact of n homes makes n - 1 ties. The most telling first, each takes those of its ties that make no circle
    (Kruskal 1956; homes and facts are the nodes of a graph whose spanning forest this is); what is left confirms.
    """
    if told.is_empty():
        return np.empty(0, np.float64)
    use = told.select("group", "applicants", fact=pl.int_range(pl.len())).explode("applicants")
    use = use.select("fact", home=pl.struct("group", pl.Series("roof", context.roof[use["applicants"].to_numpy()])))
    use = use.unique(maintain_order=True).with_columns(pl.col("home").rank("dense") - 1)
    fact, home, facts = use["fact"].to_numpy(), use["home"].to_numpy() + len(told), len(told)
    by_worth = told.select((pl.col("gain") / (pl.col("roofs") - 1)).alias("tie"), "identifier")
    turn = np.empty(facts, np.float64)
    turn[np.lexsort((by_worth["identifier"].to_numpy(), -by_worth["tie"].to_numpy()))] = np.arange(1, facts + 1)
    size = int(home.max()) + 1
    forest = minimum_spanning_tree(coo_array((turn[fact], (fact, home)), shape=(size, size))).tocoo()
    taken = np.bincount(forest.row, minlength=facts) - 1
    return np.asarray(1 - taken / (told["roofs"].to_numpy() - 1))
