"""Communities inside one component of a weighted graph: the same result whatever the number of threads."""

from collections.abc import Iterator
from contextlib import contextmanager

import networkit
import numpy as np
import numpy.typing as npt

from graph.projection import Index, Ints

SEED = 20_240_229
ROUNDS = 10


def communities(size: int, low: Ints, high: Ints, weight: npt.NDArray[np.float64], *, resolution: float = 1.0) -> Index:
    """The community of each of `size` nodes joined by these edges (Leiden, modularity at this resolution)."""
    with _one_thread():
        graph = networkit.GraphFromCoo((weight, (low, high)), n=size, weighted=True, directed=False)
        leiden = networkit.community.ParallelLeiden(graph, iterations=ROUNDS, randomize=False, gamma=resolution)
        leiden.run()
        return np.asarray(leiden.getPartition().getVector(), np.int32)


@contextmanager
def _one_thread() -> Iterator[None]:
    """The library's number of threads and seed are global: set them, and give the threads back."""
    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)
    networkit.setSeed(SEED, useThreadId=False)
    try:
        yield
    finally:
        networkit.setNumberOfThreads(threads)
