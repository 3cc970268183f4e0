"""Leiden of `leidenalg`, by those who devised it."""

import igraph
import leidenalg
import numpy as np

from bench.detect.engines.contract import SEED, Weights
from graph.projection import Index


def find(size: int, low: Index, high: Index, weight: Weights) -> Index:
    graph = igraph.Graph(size, np.column_stack([low, high]).tolist())
    found = leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition, weights=weight.tolist(), seed=SEED)
    return np.asarray(found.membership, np.int32)
