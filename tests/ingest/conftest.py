"""What the ingest tests share: stores, folders with tables, and a store's whole graph as comparable values."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase

from app.cli.main import run
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.store.contract import Store
from graph.store.opening import open_store
from ingest.options import Options
from ingest.pipeline import Outcome, load_folder

Graph = dict[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty embedded store."""
    with open_store(f"sqlite:///{tmp_path / 'ringfence.db'}") as opened:
        yield opened


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'either.db'}"
    url: str = request.getfixturevalue("neo4j_url")
    _wipe(url)
    return url


def _wipe(url: str) -> None:
    scheme, _, rest = url.partition("://")
    credentials, _, host = rest.rpartition("@")
    user, _, password = credentials.partition(":")
    with GraphDatabase.driver(f"{scheme}://{host}", auth=(user, password)) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty source folder."""
    path = tmp_path / "source"
    path.mkdir()
    return path


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """Options that accept any share of bad rows."""
    return Options(work_dir=tmp_path / "work", max_bad_share=1.0)


@pytest.fixture
def load(store: Store, folder: Path, options: Options) -> Callable[..., Outcome]:
    """Write files into the source folder, given as name to text or bytes, and load it."""

    def write_and_load(files: dict[str, str | bytes], options: Options = options) -> Outcome:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_folder(store, folder, options)

    return write_and_load


@pytest.fixture
def graph_of() -> Callable[[Store], Graph]:
    """Everything in a store's graph by the lender's keys: nodes and relationships that exist, with their properties."""

    def read(store: Store) -> Graph:
        nodes, names = {}, {}
        for kind in NODE_KINDS:
            properties = [prop.name for prop in kind.properties] + (["extras"] if kind.extras else [])
            for frame in store.graph.nodes(kind, properties):
                for row in frame.iter_rows(named=True):
                    key = row.pop("key")
                    names[kind.label, row.pop("node_id")] = key
                    nodes[kind.label, key] = _given(row)
        relationships = {}
        for kind in RELATIONSHIP_KINDS:
            properties = [prop.name for prop in kind.properties] + (["extras"] if kind.extras else [])
            for frame in store.graph.relationships(kind, properties):
                for row in frame.iter_rows(named=True):
                    start = names[kind.start.label, row.pop("start")]
                    end = names[kind.end.label, row.pop("end")]
                    key = row.pop("key", None)
                    relationships[kind.type, start, end, key] = _given(row)
        return {"nodes": nodes, "relationships": relationships}

    return read


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def ringfence(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Said]:
    """ringfence("ledger", "--json"): the command as a scheduler runs it, in this process, on a store of its own."""
    monkeypatch.setenv("RINGFENCE_STORE", f"sqlite:///{tmp_path / 'ringfence.db'}")
    monkeypatch.setenv("RINGFENCE_WORK_DIR", str(tmp_path / "work"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["ringfence", *map(str, arguments)])
        capfdbinary.readouterr()
        code = 0
        try:
            run()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        out, err = capfdbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return call
