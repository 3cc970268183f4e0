"""Baseline: dense blocks of applicants and identifiers, peeled off one after the other, as in Fraudar.

An identifier's edges weigh 1 / log(users + 5), so that camouflage by what everybody has brings little. After a block,
its edges are taken out and the rest is peeled again. A block may be several that are equally dense and have nothing to
do with each other: it is cut into its connected parts, each with its own density.
"""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bench.detect.engines.contract import Weights
from bench.detect.methods.contract import Found, ranked
from bench.detect.methods.peeling import densest_block
from bench.detect.methods.sharing import View, shared
from graph.projection import Index, Projection

BLOCKS = 300
OFFSET = 5
"""As in the paper."""


def fraudar(view: View, projection: Projection) -> Found:
    """The parts of the first blocks, densest first."""
    sharing = shared(projection, view)
    accounts, position = np.unique(sharing["account"].to_numpy(), return_inverse=True)
    row, column = position.astype(np.int32), sharing["identifier"].to_numpy()
    weight = 1 / np.log(sharing["users"].to_numpy() + OFFSET)
    group, member, density = [np.empty(0, np.int32)], [np.empty(0, np.int32)], [np.empty(0)]
    parts = 0
    for _ in range(BLOCKS):
        if not len(row):
            break
        inside = densest_block(row, column, weight)
        part, person, dense = _parts(row[inside], column[inside], weight[inside])
        group, member, density = [*group, part + parts], [*member, accounts[person]], [*density, dense]
        parts += len(dense)
        row, column, weight = row[~inside], column[~inside], weight[~inside]
    return ranked(projection, np.concatenate(group), np.concatenate(member), np.concatenate(density))


def _parts(row: Index, column: Index, weight: Weights) -> tuple[Index, Index, Weights]:
    """The part and the row of each of a block's rows, and the density of each part."""
    rows, at_row = np.unique(row, return_inverse=True)
    columns, at_column = np.unique(column, return_inverse=True)
    size = len(rows) + len(columns)
    graph = coo_array((weight, (at_row, len(rows) + at_column)), shape=(size, size))
    part = connected_components(graph, directed=False)[1]
    return part[: len(rows)], rows, np.bincount(part[at_row], weights=weight) / np.bincount(part)
