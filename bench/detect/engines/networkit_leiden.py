"""Leiden of `networkit`, on all threads."""

import networkit
import numpy as np

from bench.detect.engines.contract import SEED, Weights
from graph.projection import Index


def find(size: int, low: Index, high: Index, weight: Weights) -> Index:
    networkit.setSeed(SEED, useThreadId=False)
    graph = networkit.GraphFromCoo((weight, (low, high)), n=size, weighted=True, directed=False)
    leiden = networkit.community.ParallelLeiden(graph)
    leiden.run()
    return np.asarray(leiden.getPartition().getVector(), np.int32)
