"""Baseline: Louvain and Leiden of the open Graph Data Science library, in a Neo4j that holds who shares what.

The graph is there already, as it would be in a lender's Neo4j. What counts is the time from it to the communities: the
pairs with their weights are projected, the communities found and written to the applicants, and read from there.
"""

from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl
from neo4j import Driver

from bench.detect.methods.contract import Found
from bench.detect.methods.pairs import Pairs
from bench.detect.methods.sharing import View, shared
from bench.measuring import forget_peak, peak_mib
from bench.server import driver_of, process_of
from graph.projection import Projection

BATCH = 10_000
_PROJECT = """
MATCH (a:Applicant)-[one:SHARES]->(:Thing)<-[:SHARES]-(b:Applicant) WHERE a.number < b.number
WITH a, b, sum(one.weight) AS weight WHERE weight >= $least
RETURN gds.graph.project(
  'pairs', a, b, {relationshipProperties: {weight: weight}}, {undirectedRelationshipTypes: ['*']})
"""
_SETTINGS = "{relationshipWeightProperty: 'weight', writeProperty: 'community'}"
_FIND = {
    "louvain": f"CALL gds.louvain.write('pairs', {_SETTINGS})",
    "leiden": f"CALL gds.leiden.write('pairs', {_SETTINGS})",
}
_READ = """
MATCH (a:Applicant) WHERE a.community IS NOT NULL
RETURN collect(a.number) AS number, collect(a.community) AS community
"""


def gds(view: View, algorithm: str, home: Path, projection: Projection) -> Found:
    """Communities by a server that runs in `home`; whatever it held before is deleted."""
    begin = perf_counter()
    process = process_of(home)
    with driver_of(home) as driver:
        _load(driver, shared(projection, view))
        forget_peak(process)
        loaded = perf_counter()
        driver.execute_query(_PROJECT, least=view.least_weight)
        driver.execute_query(_FIND[algorithm])
        number, community = driver.execute_query(_READ).records[0]
        found = perf_counter()
        driver.execute_query("CALL gds.graph.drop('pairs') YIELD graphName")
    pairs = Pairs.of(projection, view)
    by_account = np.full(len(projection.accounts), -1, np.int64)
    by_account[number] = community
    renumbered = np.unique(by_account[pairs.accounts], return_inverse=True)[1].astype(np.int32)
    result = pairs.ranked(projection, renumbered)
    uncounted = (loaded - begin) + (perf_counter() - found)
    return Found(result.groups, result.scores, uncounted, peak_mib(process))


def _load(driver: Driver, sharing: pl.DataFrame) -> None:
    """Put who shares what into an empty database."""
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
    for label, column in (("Applicant", "account"), ("Thing", "identifier")):
        driver.execute_query(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.number IS UNIQUE")
        numbers = sharing[column].unique(maintain_order=True).to_frame("number")
        _batches(driver, f"UNWIND $rows AS row CREATE (n:{label} {{number: row.number}})", numbers)
    _batches(
        driver,
        "UNWIND $rows AS row MATCH (a:Applicant {number: row.account}) MATCH (t:Thing {number: row.identifier}) "
        "CREATE (a)-[:SHARES {weight: row.weight}]->(t)",
        sharing,
    )


def _batches(driver: Driver, query: str, rows: pl.DataFrame) -> None:
    for batch in rows.iter_slices(BATCH):
        driver.execute_query(query, rows=batch.to_dicts())
