"""Graphs whose communities are known: those of Lancichinetti, Fortunato and Radicchi (LFR), and planted partitions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import networkit
import numpy as np

from bench.detect.splits import GRAPHS_SEED
from graph.projection import Index

DEGREE, MOST_DEGREE, DEGREE_EXPONENT = 10, 50, -2
SIZES, SIZE_EXPONENT = (10, 100), -1
PLANTED = 10
"""Mean size of a planted group: that of a ring."""
INSIDE = 0.6


@dataclass(frozen=True, slots=True)
class KnownGraph:
    """`low`, `high`: the ends of each edge; `truth`: the community of each node."""

    low: Index
    high: Index
    truth: Index


def lfr(size: int, mixing: float) -> KnownGraph:
    """Degrees 10 on average and communities of 10 to 100, both by power laws; `mixing`: edges that lead outside."""
    generator = networkit.generators.LFRGenerator(size)
    with _repeatable():
        generator.generatePowerlawDegreeSequence(DEGREE, MOST_DEGREE, DEGREE_EXPONENT)
        generator.generatePowerlawCommunitySizeSequence(*SIZES, SIZE_EXPONENT)
        generator.setMu(mixing)
        generator.run()
    return _known(generator.getGraph(), generator.getPartition())


def planted(size: int, mixing: float) -> KnownGraph:
    """Groups of 10 in which 6 in 10 pairs are joined, as many as fit; `mixing`: edges that lead outside."""
    inside = INSIDE * (PLANTED - 1)
    outside = inside * mixing / (1 - mixing) / size
    generator = networkit.generators.ClusteredRandomGraphGenerator(size, size // PLANTED, INSIDE, outside)
    with _repeatable():
        graph = generator.generate()
    return _known(graph, generator.getCommunities())


@contextmanager
def _repeatable() -> Iterator[None]:
    """The same draws every time: a seed is not enough where threads share the work."""
    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)
    networkit.setSeed(GRAPHS_SEED, useThreadId=False)
    try:
        yield
    finally:
        networkit.setNumberOfThreads(threads)


def _known(graph: networkit.Graph, partition: networkit.Partition) -> KnownGraph:
    ends = np.array(list(graph.iterEdges()), np.int32)
    return KnownGraph(ends.min(axis=1), ends.max(axis=1), np.asarray(partition.getVector(), np.int32))
