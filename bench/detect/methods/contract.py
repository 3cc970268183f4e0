"""What a method is, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.projection import Index, Projection

LEAST_MEMBERS = 3
"""Smaller groups of a baseline are pairs and singles, of which every graph is full: they are no rings."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a method found.

    `groups`: a row for each member of each group: `group` (Int32, 0 = the most suspicious), `score`, `applicant_id`.
    `scores`: `applicant_id`, `score`; who is not in it has 0. `uncounted`: seconds that are not the method's, such as
    loading a server with what it would hold anyway. `elsewhere_mib`: peak memory of the server that did the work.
    """

    groups: pl.DataFrame
    scores: pl.DataFrame
    uncounted: float = 0.0
    elsewhere_mib: float = 0.0


Method = Callable[[Projection], Found]
"""Finds groups in a projection, without a look at any truth."""


def ranked(projection: Projection, group: Index, member: Index, score: npt.NDArray[np.float64]) -> Found:
    """Groups in the order of their scores, those with too few members left out.

    `group` and `member`: group and account number of each membership; `score`: by group.
    """
    rows = pl.DataFrame({"group": group, "member": member}).with_columns(
        score=pl.Series(score[group]), applicant_id=projection.accounts.gather(member)
    )
    kept = rows.filter(pl.len().over("group") >= LEAST_MEMBERS)
    # Ties go by the group's number, which depends on the data alone.
    order = pl.struct(-pl.col("score"), pl.col("group")).rank("dense").cast(pl.Int32) - 1
    groups = kept.with_columns(group=order).sort("group", "member").drop("member")
    return Found(groups, groups.group_by("applicant_id").agg(pl.col("score").max()))
