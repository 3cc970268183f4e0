"""The disk is full, somebody else writes for too long, a reader never ends."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from graph.chunk import Chunk
from graph.errors import ConfigurationError, StoreUnavailableError
from graph.ontology.nodes import DEVICE
from graph.ontology.relationships import USED_DEVICE
from graph.store.opening import open_store
from graph.store.sqlite import connections

NO_ROOM = """
import resource, signal, sys
import polars as pl
from graph.chunk import Chunk, NodeRows
from graph.errors import OutputError
from graph.ontology.nodes import DEVICE
from graph.store.opening import open_store

def devices(count, model):
    return Chunk((NodeRows(DEVICE, pl.DataFrame({"key": [f"d{n}" for n in range(count)], "model": [model] * count})),))

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_store(sys.argv[1]) as store:
    store.graph.merge(devices(10, "kept"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    try:
        store.graph.merge(devices(10_000, "x" * 1_000))
    except OutputError as error:
        print(error)
    assert store.graph.counts()["Device"] == 10
    store.graph.merge(devices(20, "small"))
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.db"


def test_no_room_on_the_disk_is_said_and_leaves_the_store_as_it_was(path):
    """The limit is the operating system's, on the size of the process's files."""
    done = subprocess.run(
        [sys.executable, "-c", NO_ROOM, f"sqlite:///{path}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "make room, then run again" in done.stdout
    with open_store(f"sqlite:///{path}") as store:
        assert store.graph.counts()["Device"] == 20


def test_another_writer_that_does_not_end_is_an_error_that_says_so(path, nodes, monkeypatch):
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.2)
    with open_store(f"sqlite:///{path}") as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailableError, match="busy"):
            store.graph.merge(nodes(DEVICE, "key", ("d",)))
        assert store.graph.counts()["Device"] == 0
        other.execute("ROLLBACK")
        store.graph.merge(nodes(DEVICE, "key", ("d",)))
        assert store.graph.counts()["Device"] == 1


def test_the_log_does_not_grow_without_bound(path, nodes, monkeypatch):
    monkeypatch.setattr(connections, "WAL_LIMIT_BYTES", 200_000)
    log = path.with_name(path.name + "-wal")
    with open_store(f"sqlite:///{path}") as store:
        for number in range(20):
            store.graph.merge(nodes(DEVICE, "key model", *((f"d{number}-{row}", "x" * 500) for row in range(200))))
            assert log.stat().st_size < 1_000_000
    assert not log.exists()


def test_a_reader_in_the_middle_neither_blocks_writers_nor_sees_what_they_do(path, nodes):
    with open_store(f"sqlite:///{path}") as store:
        store.graph.merge(nodes(DEVICE, "key", *((f"d{number}",) for number in range(300))))
        with store.graph._connections.snapshot() as connection:
            first = connection.execute("SELECT count(*) FROM device").fetchone()
            store.graph.merge(nodes(DEVICE, "key", ("new",)))
            assert connection.execute("SELECT count(*) FROM device").fetchone() == first == (300,)
        assert store.graph.counts()["Device"] == 301


def test_a_file_that_is_damaged_later_is_an_error_that_says_so(path, nodes):
    with open_store(f"sqlite:///{path}") as store:
        store.graph.merge(nodes(DEVICE, "key", *((f"d{number}",) for number in range(5000))))
    damaged = bytearray(path.read_bytes())
    damaged[8192:] = b"\xff" * (len(damaged) - 8192)
    path.write_bytes(damaged)
    with pytest.raises(ConfigurationError, match="damaged"), open_store(f"sqlite:///{path}") as store:
        store.graph.counts()


def test_an_error_in_the_middle_undoes_the_whole_chunk(path, nodes, links):
    with open_store(f"sqlite:///{path}") as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TRIGGER no BEFORE INSERT ON used_device BEGIN SELECT RAISE(ABORT, 'no'); END")
        chunk = Chunk(nodes(DEVICE, "key", ("d",)).nodes, links(USED_DEVICE, "start end", ("a", "d")).relationships)
        with pytest.raises(sqlite3.IntegrityError):
            store.graph.merge(chunk)
        assert set(store.graph.counts().values()) == {0}


def test_the_file_is_whole_without_its_log_once_it_is_closed(path, nodes):
    with open_store(f"sqlite:///{path}") as store:
        store.graph.merge(nodes(DEVICE, "key", ("d",)))
        assert store.graph.counts()["Device"] == 1
    assert not path.with_name(path.name + "-wal").exists()
