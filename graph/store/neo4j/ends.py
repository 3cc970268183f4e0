"""Which nodes are in the graph already, so that a relationship's ends need not be made again and again."""

from secrets import randbits

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.ontology import NodeKind

MOST = 32_000_000
"""Keys that are remembered; beyond that all are forgotten, and learned anew."""

Hashes = npt.NDArray[np.uint64]


class KnownNodes:
    """Remembers nodes that this process has committed, by hashes of their keys (8 bytes each).

    It can be wrong: somebody may have deleted nodes, and two keys may have one hash. So whoever relies on it counts
    what was matched. The hash has a secret seed, for keys are written by people who might want it to be wrong.
    """

    def __init__(self) -> None:
        self._seed = randbits(63)
        self._known: dict[str, Hashes] = {}

    def missing(self, kind: NodeKind, keys: pl.Series) -> pl.Series:
        """Those of these keys that are not known to be there."""
        known = self._known.get(kind.label, np.empty(0, np.uint64))
        if not len(known):
            return keys
        hashes = self._hashes(keys)
        place = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        return keys.filter(pl.Series(known[place] != hashes))

    def learn(self, kind: NodeKind, keys: pl.Series) -> None:
        """These are in the graph now (and, of a kind with a base, nodes of the base)."""
        new = self.missing(kind, keys)
        if sum(map(len, self._known.values())) + new.len() > MOST:
            self._known = {}
        for one in (kind, kind.base):
            if one is not None and new.len():
                known = self._known.get(one.label, np.empty(0, np.uint64))
                hashes = np.unique(self._hashes(new))
                self._known[one.label] = np.insert(known, np.searchsorted(known, hashes), hashes)

    def _hashes(self, keys: pl.Series) -> Hashes:
        return keys.hash(self._seed).to_numpy()
