"""Greedy peeling of a bipartite graph down to its densest block (Hooi et al., "Fraudar", KDD 2016), compiled."""

import heapq

import numpy as np
from numba import njit

from bench.detect.engines.contract import Weights
from graph.projection import Index, Ints, Mask


def densest_block(row: Index, column: Index, weight: Weights) -> Mask:
    """Which edges are inside the densest block that peeling meets; `row`, `column`, `weight` by edge, at least one.

    Density is the weight of the edges inside by the number of rows and columns. The block is at least half as dense as
    the densest there is.
    """
    rows, columns = int(row.max()) + 1, int(column.max()) + 1
    ends = np.concatenate([row, rows + column]).astype(np.int64)
    begin = np.searchsorted(np.sort(ends), np.arange(rows + columns + 1))
    edges = np.argsort(ends, kind="stable") % len(row)
    removed, density = _peel(begin, edges, ends[: len(row)], ends[len(row) :], weight)
    inside = removed >= np.argmax(density)
    return np.asarray(inside[row] & inside[rows + column])


@njit(cache=True)
def _peel(begin: Ints, edges: Ints, row: Ints, column: Ints, weight: Weights) -> tuple[Ints, Weights]:
    """When each node was removed, and the density before each removal; always the one that loses least weight.

    `edges[begin[n]:begin[n + 1]]` are those of node n.
    """
    nodes = len(begin) - 1
    held = np.zeros(nodes)
    for edge in range(len(row)):
        held[row[edge]] += weight[edge]
        held[column[edge]] += weight[edge]
    # A node whose weight has fallen is pushed again; what the heap still holds of before is passed over.
    heap = [(held[node], node) for node in range(nodes)]
    heapq.heapify(heap)
    removed = np.full(nodes, -1)
    density = np.zeros(nodes)
    total = weight.sum()
    for step in range(nodes):
        density[step] = total / (nodes - step)
        least, node = heapq.heappop(heap)
        while removed[node] >= 0 or least != held[node]:
            least, node = heapq.heappop(heap)
        removed[node] = step
        total -= least
        for edge in edges[begin[node] : begin[node + 1]]:
            other = column[edge] if row[edge] == node else row[edge]
            if removed[other] < 0:
                held[other] -= weight[edge]
                heapq.heappush(heap, (held[other], other))
    return removed, density
