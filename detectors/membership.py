"""Who belongs to a group: those whom two pieces of evidence tie to its other members, or one that is very strong."""

import numpy as np
import polars as pl

from detectors.common_ground import common_ground
from detectors.contract import Context
from detectors.profiles import PIECE
from graph.projection import Index

VERY_STRONG = 4_500
"""Thousandths of a nat from which one piece is enough: 90 to 1."""

ROUNDS = 20


def held_by_two(context: Context, group: Index, member: Index) -> tuple[Index, Index]:
    """Group and member of those who stay when the loosely tied have left, and those who were tied only to them."""
    for _ in range(ROUNDS):
        keep = _pieces(context, group, member) >= 2
        group, member = group[keep], member[keep]
        if keep.all():
            break
    return group, member


def _pieces(context: Context, group: Index, member: Index) -> Index:
    """How many pieces of evidence tie each member to its group."""
    ground = common_ground(context, group, member).select("group", "worth", "fact", member="applicants")
    counted = (
        ground.filter(pl.col("worth") >= PIECE)
        .explode("member")
        .group_by("group", "member", "fact")
        .agg(pl.when(pl.col("worth").max() >= VERY_STRONG).then(2).otherwise(1).alias("pieces"))
        .group_by("group", "member")
        .agg(pl.col("pieces").sum())
    )
    every = pl.DataFrame({"group": group, "member": member})
    pieces = every.join(counted, on=["group", "member"], how="left", maintain_order="left")["pieces"]
    return pieces.fill_null(0).to_numpy().astype(np.int32)
