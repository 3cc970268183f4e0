"""What others see who know nothing of our code: a Browser or Bloom user, a notebook with py2neo."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import py2neo
import pytest
from neo4j import Driver

from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ontology.nodes import APPLICANT
from graph.ontology.relationships import USED_DEVICE
from graph.results import Change, Member, Part, Reason, Ring, Run
from graph.store.neo4j.store import Neo4jStore

MORNING = datetime(2026, 3, 1, 6, tzinfo=UTC)
NEWER = {"headline_figures", "false_kills", "false_kills_low", "false_kills_high"}
"""What rings of older versions do not have."""


def ring(run_id: str, ring_id: str, *members: str) -> Ring:
    return Ring(
        ring_id=ring_id, run_id=run_id, score=0.8, size=len(members), change=Change.NEW, kind="shared_device",
        exposure=90_000, expected_loss=72_000, first_seen=1, last_seen=2, headline="3 members used the same device.",
        false_kills=0.6, false_kills_low=0, false_kills_high=2,
        members=tuple(Member(applicant_id=member, score=0.7, role="core") for member in members),
        parts=(Part(name="links", value=0.8),),
        reasons=(Reason(code="shared_device", text="3 members used the same device.", weight=1.0),), evidence=(),
    )  # fmt: skip


def scores(*rows: tuple[str, float, str]) -> pl.DataFrame:
    frame = pl.DataFrame(list(rows), ("applicant_id", "score", "ring_id"), orient="row")
    return frame.with_columns(parts=pl.lit("[]"), reasons=pl.lit("[]"))


@pytest.fixture
def published(store: Neo4jStore) -> Neo4jStore:
    """Two nights: ring r1 in both, r2 only in the second."""
    people = pl.DataFrame({"key": ["a", "b", "c"], "name": ["Ann", "Bo", "Cy"], "created_at": [1, 2, 3]})
    store.graph.merge(Chunk(nodes=(NodeRows(APPLICANT, people),)))
    for run_id, rings in (("first", ["r1"]), ("second", ["r1", "r2"])):
        run = Run(run_id=run_id, as_of=MORNING, started_at=MORNING)
        found = [ring(run_id, ring_id, "a", "b", "c") for ring_id in rings]
        store.runs.publish(run, found, scores(("a", 0.7, "r1"), ("b", 0.6, "r1")), keep=5)
    return store


def test_a_browser_user_finds_the_current_rings_and_the_earlier_ones_apart(
    published: Neo4jStore, driver: Driver
) -> None:
    current = driver.execute_query("MATCH (r:Ring) RETURN r.run_id, r.ring_id, r.headline ORDER BY r.ring_id").records
    past = driver.execute_query("MATCH (r:PastRing) RETURN r.run_id, r.ring_id").records
    members = driver.execute_query(
        "MATCH (a:Applicant)-[m:MEMBER_OF]->(r:Ring {ring_id: 'r2'}) RETURN a.name, m.score, m.role ORDER BY a.name"
    ).records
    assert [tuple(row.values()) for row in current] == [
        ("second", "r1", "3 members used the same device."),
        ("second", "r2", "3 members used the same device."),
    ]
    assert [tuple(row.values()) for row in past] == [("first", "r1")]
    assert [tuple(row.values()) for row in members] == [("Ann", 0.7, "core"), ("Bo", 0.7, "core"), ("Cy", 0.7, "core")]


def test_a_ring_that_is_gone_is_none_of_the_current_rings(published: Neo4jStore, driver: Driver) -> None:
    run = Run(run_id="third", as_of=MORNING, started_at=MORNING)
    rings = [
        ring("third", "r1", "a", "b"),
        ring("third", "r2", "a", "b", "c").model_copy(update={"change": Change.GONE}),
    ]
    published.runs.publish(run, rings, scores(("a", 0.7, "r1")), keep=1)
    rows = driver.execute_query("MATCH (r:Ring) RETURN r.ring_id AS id").records
    assert [row["id"] for row in rows] == ["r1"]
    gone = published.runs.ring("r2")
    assert gone is not None
    assert (gone.change, len(gone.members)) == (Change.GONE, 3)


def test_py2neo_reads_rings(published: Neo4jStore, empty_neo4j: str) -> None:
    parts = urlsplit(empty_neo4j)
    graph = py2neo.Graph(f"bolt://{parts.hostname}:{parts.port}", auth=(parts.username, parts.password))
    found = graph.nodes.match("Ring").order_by("_.ring_id").all()
    assert [(ring["ring_id"], ring["score"], ring["size"]) for ring in found] == [("r1", 0.8, 3), ("r2", 0.8, 3)]
    members = graph.relationships.match((None, found[0]), "MEMBER_OF").all()
    assert sorted((member.start_node["name"], member["score"]) for member in members) == [
        ("Ann", 0.7), ("Bo", 0.7), ("Cy", 0.7),
    ]  # fmt: skip
    graph.service.connector.close()


def test_the_documented_notebook_reads_rings(
    published: Neo4jStore, empty_neo4j: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "notebooks.md").read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.+?)```", page, re.DOTALL)[-1]
    parts = urlsplit(empty_neo4j)
    names: dict[str, py2neo.Graph] = {}
    exec(code.replace("localhost:7687", f"{parts.hostname}:{parts.port}").replace("...", str(parts.password)), names)
    names["graph"].service.connector.close()
    assert sorted(capsys.readouterr().out.splitlines()) == [f"r{n} 0.8 ['a', 'b', 'c']" for n in (1, 2)]


def test_a_browser_user_finds_scores_one_step_from_the_applicant(published: Neo4jStore, driver: Driver) -> None:
    rows = driver.execute_query(
        "MATCH (p:Published)\nMATCH (a:Applicant)-[:SCORED]->(s:Score {run: p.run})\n"
        "RETURN a.applicant_id, s.score, s.ring_id, s.run_id ORDER BY a.applicant_id"
    ).records
    assert [tuple(row.values()) for row in rows] == [("a", 0.7, "r1", "second"), ("b", 0.6, "r1", "second")]


def test_nothing_of_a_publication_that_crashed_is_seen_or_stays(published: Neo4jStore, driver: Driver) -> None:
    driver.execute_query(
        "MATCH (a:Applicant {applicant_id: 'a'})\n"
        "CREATE (a)-[:MEMBER_OF {score: 1.0}]->(:RingRecord {run: 9, ring_id: 'half', run_id: 'crashed'})\n"
        "CREATE (a)-[:SCORED]->(:Score {run: 9, applicant_id: 'a', score: 1.0})\n"
        "CREATE (:Learned {run: 9, piece: 0})"
    )
    assert {line.ring_id for line in published.runs.rings()} == {"r1", "r2"}
    found = published.runs.score("a")
    assert found is not None
    assert (found.score, found.run_id) == (0.7, "second")
    run = Run(run_id="third", as_of=MORNING, started_at=MORNING)
    published.runs.publish(run, [ring("third", "r3", "a", "b")], scores(("a", 0.1, "r3")), keep=1)
    rows = driver.execute_query("MATCH (x:RingRecord) RETURN x.ring_id AS id, labels(x) AS labels").records
    assert [(row["id"], sorted(row["labels"])) for row in rows] == [("r3", ["Ring", "RingRecord"])]
    assert driver.execute_query("MATCH (s:Score {score: 1.0}) RETURN s").records == []
    assert driver.execute_query("MATCH (x:Learned) RETURN x").records == []


def test_the_documented_questions_have_answers(published: Neo4jStore, driver: Driver) -> None:
    page = (Path(__file__).parents[2] / "docs" / "neo4j.md").read_text(encoding="utf-8")
    questions = re.findall(r"```cypher\n(.+?)```", page, re.DOTALL)
    used = pl.DataFrame({"start": ["a", "b", "c"], "end": ["d", "d", "e"], "first_seen": [1] * 3, "last_seen": [2] * 3})
    published.graph.merge(Chunk(relationships=(RelationshipRows(USED_DEVICE, used),)))
    asked = [text.replace("A0000001", "a").replace("R-1", "r1") for text in questions]
    assert [len(driver.execute_query(text).records) for text in asked] == [1, 2, 1]


def test_rings_of_an_older_version_are_read(published: Neo4jStore, driver: Driver) -> None:
    body = json.loads(ring("second", "r2", "a", "b", "c").model_dump_json(exclude=NEWER))
    body["reasons"] = [{"code": "shared_device", "text": "3 members used the same device.", "weight": 1.0}]
    removed = ", ".join(f"x.{name}" for name in sorted(NEWER))
    older = f"MATCH (x:RingRecord {{ring_id: 'r2'}}) SET x.body = $body REMOVE {removed}"
    driver.execute_query(older, body=json.dumps(body))
    assert {line.ring_id: line.headline_figures for line in published.runs.rings()} == {"r1": {}, "r2": {}}
    assert {line.ring_id: line.false_kills for line in published.runs.rings()} == {"r1": 0.6, "r2": None}
    whole = published.runs.ring("r2")
    assert whole
    assert (whole.headline_figures, whole.reasons[0].figures, whole.false_kills_high) == ({}, {}, None)
