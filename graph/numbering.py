"""Numbers for nodes that depend on their keys alone: the n-th key in order has number n."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from graph.projection import Index, Mask


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of each node by the store's integer for it. Stores count them up, so that a plain array will do.

    `number[i]` is that of node id `first + i`, -1 where there is no such node.
    """

    first: int
    number: Index

    def of(self, node_ids: pl.Series) -> Index:
        """The numbers of these nodes, -1 where one is unknown."""
        if not len(self.number):
            return np.full(len(node_ids), -1, np.int32)
        at = node_ids.to_numpy() - self.first
        known = (at >= 0) & (at < len(self.number))
        return self.number[at] if known.all() else np.where(known, self.number[np.where(known, at, 0)], -1)


def numbers(node_ids: pl.Series, number: Index) -> Numbers:
    """Give each node its number."""
    if not len(node_ids):
        return Numbers(0, np.empty(0, np.int32))
    ids = node_ids.to_numpy()
    first = int(ids.min())
    table = np.full(int(ids.max()) - first + 1, -1, np.int32)
    table[ids - first] = number
    return Numbers(first, table)


def in_rows(node_ids: pl.Series) -> Numbers:
    """Number nodes by the rows that they stand in."""
    return numbers(node_ids, np.arange(len(node_ids), dtype=np.int32))


def renumbering(keep: Mask) -> Index:
    """New numbers after only some are kept: old number to new, -1 for the others. Order stays."""
    return np.where(keep, np.cumsum(keep) - 1, -1).astype(np.int32)
