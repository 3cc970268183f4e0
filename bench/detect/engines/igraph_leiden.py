"""Leiden of `igraph`."""

import random

import igraph
import numpy as np

from bench.detect.engines.contract import SEED, Weights
from graph.projection import Index


def find(size: int, low: Index, high: Index, weight: Weights) -> Index:
    random.seed(SEED)  # igraph draws from Python's generator
    graph = igraph.Graph(size, np.column_stack([low, high]).tolist())
    found = graph.community_leiden("modularity", weights=weight.tolist())
    return np.asarray(found.membership, np.int32)
