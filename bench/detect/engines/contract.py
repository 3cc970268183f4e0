"""What an engine is."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from graph.projection import Index

Weights = npt.NDArray[np.float64]

Engine = Callable[[int, Index, Index, Weights], Index]
"""The community of each node, from the number of nodes, both ends of the edges, and the edges' weights."""

SEED = 1
