"""What a chunk becomes in Neo4j, seen with a plain driver."""

import polars as pl
from neo4j import Driver

from graph.chunk import Chunk, MergeCounts, NodeRows, RelationshipRows
from graph.ontology.nodes import ACCOUNT, APPLICANT, DEVICE
from graph.ontology.relationships import TRANSFERRED, USED_DEVICE
from graph.store.neo4j.store import Neo4jStore

SEEN = RelationshipRows(
    USED_DEVICE,
    pl.DataFrame(
        {
            "start": ["a1", "a2"],
            "end": ["d1", "d1"],
            "first_seen": [10, 20],
            "last_seen": [30, 40],
            "sessions": [1, None],
        }
    ),
)
PAID = RelationshipRows(
    TRANSFERRED, pl.DataFrame({"key": ["t1"], "start": ["a1"], "end": ["shop"], "amount": [500], "ts": [7]})
)


def test_an_applicant_is_an_account_under_both_labels(store: Neo4jStore, driver: Driver) -> None:
    store.graph.merge(Chunk(relationships=(PAID,)))
    store.graph.merge(Chunk(relationships=(SEEN,)))
    rows = driver.execute_query(
        "MATCH (n:Account) RETURN n.account_id AS id, n.applicant_id, n:Applicant ORDER BY id"
    ).records
    assert [tuple(row.values()) for row in rows] == [("a1", "a1", True), ("a2", "a2", True), ("shop", None, False)]


def test_the_same_chunk_again_changes_nothing(store: Neo4jStore, driver: Driver) -> None:
    chunk = Chunk(relationships=(SEEN, PAID))
    everything = "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m ORDER BY elementId(n), elementId(r)"
    assert store.graph.merge(chunk) == MergeCounts(loaded=3, merged=0)
    before = [row.data() for row in driver.execute_query(everything).records]
    assert store.graph.merge(chunk) == MergeCounts(loaded=0, merged=3)
    assert [row.data() for row in driver.execute_query(everything).records] == before


def test_a_bare_applicant_counts_as_met_and_a_bare_account_as_new(store: Neo4jStore) -> None:
    store.graph.merge(Chunk(relationships=(SEEN, PAID)))
    rows = pl.DataFrame({"key": ["a1", "shop", "a9"], "name": ["Ann", "Shop", "Nine"], "created_at": [1, 2, 3]})
    assert store.graph.merge(Chunk(nodes=(NodeRows(APPLICANT, rows),))) == MergeCounts(loaded=2, merged=1)
    found = store.graph.node(ACCOUNT, "shop")
    assert found is not None
    assert found.kind == "Applicant"
    assert found.properties == {"name": "Shop", "created_at": 2}


def test_columns_have_nulls_where_nothing_is_known(store: Neo4jStore) -> None:
    store.graph.merge(Chunk(relationships=(SEEN, PAID)))
    rows = pl.concat(store.graph.relationships(USED_DEVICE, ("first_seen", "sessions"))).sort("first_seen")
    assert rows.columns == ["start", "end", "first_seen", "sessions"]
    assert rows["sessions"].to_list() == [1, None]
    devices = pl.concat(store.graph.nodes(DEVICE, ("model",)))
    assert devices.select("key", "model").rows() == [("d1", None)]
    assert rows["end"].to_list() == devices["node_id"].to_list() * 2


def test_hostile_values_are_values(store: Neo4jStore) -> None:
    hostile = ["'", '"', "\\", "`", "😀", "x'}) DETACH DELETE n //", "$key", "名" * 2000]
    store.graph.merge(
        Chunk(nodes=(NodeRows(DEVICE, pl.DataFrame({"key": hostile, "model": [f"\x00{key}" for key in hostile]})),))
    )
    assert sorted(pl.concat(store.graph.nodes(DEVICE))["key"]) == sorted(hostile)
    for key in hostile:
        found = store.graph.node(DEVICE, key)
        assert found is not None
        assert found.properties == {"model": f"\x00{key}"}


def test_ends_that_somebody_has_deleted_meanwhile_are_made_again(store: Neo4jStore, driver: Driver) -> None:
    for chunk in (Chunk(relationships=(SEEN,)), Chunk(relationships=(PAID,))):
        assert store.graph.merge(chunk).merged == 0
        driver.execute_query("MATCH (n:Account) DETACH DELETE n")
        assert store.graph.merge(chunk).merged == 0
        found = driver.execute_query("MATCH (:Account)-[r]->() RETURN count(r) AS made").records[0]["made"]
        assert found == chunk.relationships[0].rows.height
        driver.execute_query("MATCH (n) WHERE n:Account OR n:Device DETACH DELETE n")
