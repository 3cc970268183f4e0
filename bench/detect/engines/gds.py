"""Louvain and Leiden of open Graph Data Science, on a graph that comes with the query and is stored nowhere."""

from pathlib import Path

import numpy as np

from bench.detect.engines.contract import Engine, Weights
from bench.server import driver_of
from graph.projection import Index

_PROJECT = """
UNWIND $edges AS edge
RETURN gds.graph.project(
  'alone', edge[0], edge[1], {relationshipProperties: {weight: edge[2]}}, {undirectedRelationshipTypes: ['*']})
"""
_FIND = {
    name: f"CALL gds.{name}.stream('alone', {{relationshipWeightProperty: 'weight'}}) YIELD nodeId, communityId "
    "RETURN collect(nodeId) AS node, collect(communityId) AS community"
    for name in ("louvain", "leiden")
}


def engine(algorithm: str, home: Path) -> Engine:
    """The engine of the server that runs in `home`."""

    def find(size: int, low: Index, high: Index, weight: Weights) -> Index:
        edges = [list(edge) for edge in zip(low.tolist(), high.tolist(), weight.tolist(), strict=True)]
        with driver_of(home) as driver:
            driver.execute_query(_PROJECT, edges=edges)
            node, community = driver.execute_query(_FIND[algorithm]).records[0]
            driver.execute_query("CALL gds.graph.drop('alone') YIELD graphName")
        # Who has no edge was not projected, and is alone.
        found = np.arange(size, 2 * size, dtype=np.int32)
        found[node] = community
        return found

    return find
