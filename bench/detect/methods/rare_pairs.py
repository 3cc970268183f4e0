"""Baseline: people joined by rarity-weighted pairs, those who share what few others have."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bench.detect.methods.contract import Found
from bench.detect.methods.pairs import Pairs
from bench.detect.methods.sharing import NARROW
from graph.projection import Projection


def rare_pairs(projection: Projection) -> Found:
    """Components of the pairs that weigh enough."""
    pairs = Pairs.of(projection, NARROW)
    size = len(pairs.accounts)
    graph = coo_array((np.ones(len(pairs.low), np.int8), (pairs.low, pairs.high)), shape=(size, size))
    return pairs.ranked(projection, connected_components(graph, directed=False)[1])
