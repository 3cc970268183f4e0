"""Numbers for nodes that depend on their keys alone: the n-th key in order has number n."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from graph.projection import Index, Ints, Mask


@dataclass(frozen=True, slots=True)
class Numbering:
    """Nodes of one kind. `keys` sorted; `node_ids` (the store's integers, sorted) with the `number` of each."""

    keys: pl.Series
    node_ids: Ints
    number: Index

    def of(self, node_ids: pl.Series) -> Index:
        """The numbers of these nodes; each must be known."""
        if not len(node_ids):
            return np.empty(0, np.int32)
        return self.number[np.searchsorted(self.node_ids, node_ids.to_numpy())]


def numbered(nodes: pl.DataFrame) -> Numbering:
    """Number nodes (`node_id`, `key`) by the order of their keys."""
    node_ids = nodes["node_id"].to_numpy()
    by_key = nodes["key"].arg_sort().to_numpy()
    number = np.empty(len(by_key), np.int32)
    number[by_key] = np.arange(len(by_key), dtype=np.int32)
    by_id = np.argsort(node_ids, kind="stable")
    return Numbering(nodes["key"].gather(by_key), node_ids[by_id], number[by_id])


def renumbering(keep: Mask) -> Index:
    """New numbers after only some are kept: old number to new, -1 for the others. Order stays."""
    return np.where(keep, np.cumsum(keep) - 1, -1).astype(np.int32)
