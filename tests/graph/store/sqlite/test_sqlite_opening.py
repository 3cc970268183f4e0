"""Which files the embedded store opens, and what it says of those that it does not."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from graph.errors import ConfigurationError
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.ontology.nodes import ACCOUNT, DEVICE
from graph.ontology.relationships import USED_DEVICE
from graph.store.opening import open_store
from graph.store.sqlite.migrations import SCHEMA_VERSION
from graph.store.sqlite.schema import graph_changes

OLDER = sorted(Path(__file__).parent.glob("version-*.sql"))
"""What `.dump` says of a store that a program of each older version has written."""


def change(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_there_is_a_store_of_every_older_version():
    assert [path.name for path in OLDER] == [f"version-{number}.sql" for number in range(1, SCHEMA_VERSION)]


@pytest.mark.parametrize("older", OLDER, ids=lambda path: path.name)
def test_an_older_file_is_migrated_and_keeps_everything(tmp_path, older, contents, ring, bad_row):
    path = tmp_path / "older.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(older.read_text(encoding="utf-8"))
    with open_store(f"sqlite:///{path}") as store:
        found = contents(store)
        assert [(row["key"], row["name"]) for row in found["Applicant"]] == [("a", "Ann"), ("b", None)]
        assert [row["end"] for row in found["USED_DEVICE"]] == ["d", "d"]
        assert found["TRANSFERRED"][0]["amount"] == 100
        assert store.ledger.load("l1").rows_read == 3
        assert list(store.ledger.quarantine()) == [bad_row("l1", 3)]
        assert store.runs.current().run_id == "run1"
        assert [member.applicant_id for member in store.runs.ring("r1").members] == ["a", "b"]
        assert [line.headline_figures for line in store.runs.rings()] == [{}]
        assert [line.false_kills for line in store.runs.rings()] == [None]
        assert [reason.figures for reason in store.runs.ring("r1").reasons] == [{}]
        assert store.runs.members().height == 2
        assert store.runs.score("a").score == 0.4
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_newer_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "newer.db"
    open_store(f"sqlite:///{path}").close()
    change(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match=f"schema version {SCHEMA_VERSION + 1}.*Use the version of Ringfence"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_kinds_and_properties_that_the_ontology_has_gained_are_added(tmp_path, links, contents):
    path = tmp_path / "grown.db"
    open_store(f"sqlite:///{path}").close()
    change(path, "DROP TABLE used_device", "ALTER TABLE device DROP COLUMN model")
    with open_store(f"sqlite:///{path}") as store:
        store.graph.merge(links(USED_DEVICE, "start end first_seen", ("a", "d", 1)))
        assert contents(store)["Device"] == [{"key": "d", "model": None, "os": None, "mac": None, "extras": None}]


def test_a_complete_schema_needs_no_change():
    tables = {kind.table: frozenset(("id", "key", "start", "end")) for kind in (*NODE_KINDS, *RELATIONSHIP_KINDS)}
    added = graph_changes(tables)
    assert 'ALTER TABLE "device" ADD COLUMN "model" TEXT' in added
    assert 'ALTER TABLE "used_device" ADD COLUMN "sessions_at" INTEGER' in added
    assert not any(statement.startswith("CREATE") for statement in added)
    assert not any('"account"' in statement for statement in added)


def test_several_openers_of_a_new_file_agree(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with ThreadPoolExecutor(8) as pool:
        for store in pool.map(lambda _: open_store(url), range(8)):
            with store:
                store.ping()


@pytest.mark.parametrize("content", [b"not a database at all, but text", b"\x00" * 5000, b"PK\x03\x04" * 3000])
def test_something_else_is_not_a_store(tmp_path, content):
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="not a Ringfence store"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    change(path, "CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match="another program"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("sqlite:///", "names no file"),
        ("sqlite://", "names no file"),
        ("sqlite:////no/such/folder/x.db", "There is no folder /no/such/folder"),
        ("sqlite:////", "cannot be opened"),
        ("mysql://x", "no store for the scheme"),
    ],
)
def test_a_url_that_leads_nowhere_says_so(url, message):
    with pytest.raises(ConfigurationError, match=message):
        open_store(url)


def test_a_relative_path_and_odd_characters_work(tmp_path, monkeypatch, nodes):
    monkeypatch.chdir(tmp_path)
    name = "a b%20?#'漢.db"
    with open_store(f"sqlite:///{name}") as store:
        store.graph.merge(nodes(DEVICE, "key", ("d",)))
        assert store.address == f"sqlite:///{name}"
    assert (tmp_path / name).is_file()
    with open_store(f"sqlite:///{tmp_path / name}") as store:
        assert store.graph.counts()["Device"] == 1
        assert store.graph.node(ACCOUNT, "d") is None


def test_the_file_and_its_log_are_for_their_owner_alone(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        store.ledger.release([])
        modes = {
            path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("store.db*") if path.suffix != ".lock"
        }
    assert set(modes) >= {"store.db", "store.db-wal"}
    assert set(modes.values()) == {0o600}
