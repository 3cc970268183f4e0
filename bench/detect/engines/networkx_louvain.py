"""Louvain of `networkx`."""

import networkx as nx
import numpy as np

from bench.detect.engines.contract import SEED, Weights
from graph.projection import Index


def find(size: int, low: Index, high: Index, weight: Weights) -> Index:
    found = np.empty(size, np.int32)
    for number, nodes in enumerate(nx.community.louvain_communities(as_networkx(size, low, high, weight), seed=SEED)):
        found[list(nodes)] = number
    return found


def as_networkx(size: int, low: Index, high: Index, weight: Weights) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from(zip(low.tolist(), high.tolist(), weight.tolist(), strict=True))
    return graph
