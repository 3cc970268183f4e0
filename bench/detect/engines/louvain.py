"""Louvain of `python-louvain`, the one that most people reach for."""

import community
import numpy as np

from bench.detect.engines.contract import SEED, Weights
from bench.detect.engines.networkx_louvain import as_networkx
from graph.projection import Index


def find(size: int, low: Index, high: Index, weight: Weights) -> Index:
    found = community.best_partition(as_networkx(size, low, high, weight), random_state=SEED)
    return np.asarray([found[node] for node in range(size)], np.int32)
