"""Every behaviour of a store is tested on both; here is what the tests need to speak of graphs and runs briefly."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ledger import Load, LoadStatus, QuarantinedRow
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS, NodeKind, RelationshipKind
from graph.results import Change, Evidence, Member, Part, Reason, Ring, Run
from graph.store.contract import Store
from graph.store.opening import open_store

BOTH = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty store, which other processes can open as well."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    url: str = request.getfixturevalue("empty_neo4j")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        yield opened


def _frame(
    columns: tuple[str, ...], kind: NodeKind | RelationshipKind, rows: Sequence[tuple[Any, ...]]
) -> pl.DataFrame:
    known = {item.name: item.type.dtype for item in kind.properties} | {"extras": pl.String()}
    schema = {name: known.get(name, pl.String()) for name in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.fixture(scope="session")
def nodes() -> Callable[..., Chunk]:
    """nodes(kind, "key name", ("a", "Ann"), ...): a chunk of nodes."""

    def build(kind: NodeKind, columns: str, *rows: tuple[Any, ...]) -> Chunk:
        return Chunk(nodes=(NodeRows(kind, _frame(tuple(columns.split()), kind, rows)),))

    return build


@pytest.fixture(scope="session")
def links() -> Callable[..., Chunk]:
    """links(kind, "start end first_seen", ("a", "d", 5), ...): a chunk of relationships."""

    def build(kind: RelationshipKind, columns: str, *rows: tuple[Any, ...]) -> Chunk:
        return Chunk(relationships=(RelationshipRows(kind, _frame(tuple(columns.split()), kind, rows)),))

    return build


@pytest.fixture(scope="session")
def contents() -> Callable[[Store], dict[str, list[dict[str, Any]]]]:
    """The whole graph in the lender's keys, so that two stores can be compared."""

    def read(store: Store) -> dict[str, list[dict[str, Any]]]:
        keys: dict[NodeKind, dict[int, str]] = {}
        found: dict[str, list[dict[str, Any]]] = {}
        for kind in NODE_KINDS:
            rows = _rows(store.graph.nodes(kind, _names(kind)))
            keys[kind] = {row.pop("node_id"): row["key"] for row in rows}
            found[kind.label] = _sorted(rows)
        for relationship in RELATIONSHIP_KINDS:
            rows = _rows(store.graph.relationships(relationship, _names(relationship)))
            starts, ends = keys[relationship.start], keys[relationship.end]
            found[relationship.type] = _sorted(
                row | {"start": starts[row["start"]], "end": ends[row["end"]]} for row in rows
            )
        return {name: rows for name, rows in found.items() if rows}

    return read


def _names(kind: NodeKind | RelationshipKind) -> list[str]:
    return [item.name for item in kind.properties] + (["extras"] if kind.extras else [])


def _rows(frames: Iterator[pl.DataFrame]) -> list[dict[str, Any]]:
    return [row for frame in frames for row in frame.iter_rows(named=True)]


def _sorted(rows: Any) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(sorted(row.items())))


@pytest.fixture(scope="session")
def load() -> Callable[..., Load]:
    """load("l1", chunks_done=2): a line of the ledger."""

    def build(load_id: str, **given: Any) -> Load:
        values = {"table": "applicants", "file": "applicants.csv", "status": LoadStatus.LOADING, "started_at": NOON}
        return Load.model_validate({"load_id": load_id} | values | given)

    return build


@pytest.fixture(scope="session")
def bad_row() -> Callable[..., QuarantinedRow]:
    """bad_row("l1", 3, "phone"): a row in quarantine."""

    def build(load_id: str, line: int, column: str = "phone", **given: Any) -> QuarantinedRow:
        values = {"file": "applicants.csv", "table": "applicants", "value": "12*", "reason": "too short", "raw": "{}"}
        return QuarantinedRow.model_validate({"load_id": load_id, "line": line, "column": column} | values | given)

    return build


@pytest.fixture(scope="session")
def run() -> Callable[[str], Run]:
    def build(run_id: str) -> Run:
        return Run(run_id=run_id, as_of=NOON, started_at=NOON, finished_at=NOON, rings=1, figures={"read_s": 0.5})

    return build


@pytest.fixture(scope="session")
def ring() -> Callable[..., Ring]:
    """ring("run", "ring", "a", "b", score=0.5): a ring of these members."""

    def build(run_id: str, ring_id: str, *members: str, **given: Any) -> Ring:
        values = {
            "score": 0.5, "size": len(members), "change": Change.NEW, "kind": "shared_device", "exposure": 1000,
            "expected_loss": 500, "false_kills": 0.75, "false_kills_low": 0,
            "false_kills_high": 2, "first_seen": 100, "last_seen": 200, "headline": "They share a device.",
            "members": tuple(Member(applicant_id=member, score=0.4, role="core") for member in members),
            "parts": (Part(name="links", value=0.5, detail="2 devices"),),
            "headline_figures": {"members": 2, "usual": 0.948},
            "reasons": (
                Reason(code="shared_device", text="2 members used 1 device.", weight=1.0, figures={"members": 2}),
            ),
            "evidence": (
                Evidence(code="shared_device", kind="Device", key="d'1", applicants=members, weight=0.7, hub="shop"),
                Evidence(
                    code="mule_account", kind="TRANSFERRED", key="t", applicants=members[:1], payer="a", payee="x",
                    figures={"amount": 7},
                ),
            ),
        }  # fmt: skip
        return Ring.model_validate({"run_id": run_id, "ring_id": ring_id} | values | given)

    return build


@pytest.fixture(scope="session")
def scores() -> Callable[..., pl.DataFrame]:
    """scores(("a", 0.4, "r1"), ...): what a run says of applicants."""

    def build(*rows: tuple[str, float, str | None]) -> pl.DataFrame:
        schema = {"applicant_id": pl.String, "score": pl.Float64, "ring_id": pl.String}
        frame = pl.DataFrame(list(rows), schema=schema, orient="row")
        return frame.with_columns(
            parts=pl.lit('[{"name":"links","value":0.4,"detail":""}]'),
            reasons=pl.lit('[{"code":"shared_device","text":"Shares a device.","weight":1.0}]'),
        )

    return build
