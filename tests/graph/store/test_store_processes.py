"""Several processes on one store: nobody sees half of anything, and one that is killed harms nothing."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from graph.errors import BusyError
from graph.ontology.nodes import APPLICANT, DEVICE
from graph.store.contract import Store
from graph.store.opening import open_store

CHUNKS, ROWS = 12, 400

COMMON = f"""
import sys
import time
import polars as pl
from datetime import datetime, timezone
from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ledger import Load
from graph.ontology.nodes import APPLICANT, DEVICE
from graph.ontology.relationships import USED_DEVICE
from graph.results import Member, Ring, Run
from graph.store.opening import open_store

CHUNKS, ROWS = {CHUNKS}, {ROWS}
NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)

def say(word):
    print(word, flush=True)
"""

WRITER = (
    COMMON
    + """
def chunk(number):
    users = [f"a{number * 7 + row}" for row in range(ROWS)]
    times = list(range(ROWS))
    seen = pl.DataFrame({"start": users, "end": [f"d{number}"] * ROWS, "first_seen": times, "last_seen": times})
    names = pl.DataFrame({"key": users, "name": [f"of {number}"] * ROWS, "created_at": [number + 1] * ROWS})
    return Chunk((NodeRows(APPLICANT, names),), (RelationshipRows(USED_DEVICE, seen),))

with open_store(sys.argv[1]) as store:
    done = store.ledger.load("l1")
    load = done or Load(load_id="l1", table="t", file="f", status="loading", started_at=NOON)
    say("ready")
    for number in range(load.chunks_done, CHUNKS):
        step = load.model_copy(update={"chunks_done": number + 1, "rows_read": (number + 1) * ROWS})
        store.graph.merge(chunk(number), step)
        load = store.ledger.load("l1")
        say(number)
"""
)

READER = (
    COMMON
    + """
with open_store(sys.argv[1]) as store:
    say("ready")
    looks = whole = 0
    while whole < CHUNKS:
        counts = [len(store.graph.users(DEVICE, f"d{number}")) for number in range(CHUNKS)]
        assert set(counts) <= {0, ROWS}, counts
        whole = counts.count(ROWS)
        done = store.ledger.load("l1")
        assert done is None or done.chunks_done >= whole, (done, whole)
        store.graph.node(APPLICANT, "a7")
        looks += 1
        time.sleep(0.01)
    say(looks)
"""
)

PUBLISHER = (
    COMMON
    + """
with open_store(sys.argv[1]) as store:
    run = Run(run_id=sys.argv[2], as_of=NOON, started_at=NOON)
    def ring(number):
        members = (Member(applicant_id=f"a{number}", score=0.5),)
        return Ring(ring_id=f"r{number:05}", run_id=run.run_id, score=0.5, size=1, change="new", kind="k", exposure=1,
                    expected_loss=1, headline="h", members=members, parts=(), reasons=(), evidence=())
    rings = [ring(number) for number in range(ROWS)]
    scores = pl.DataFrame({"applicant_id": [f"a{number}" for number in range(ROWS)], "score": [0.5] * ROWS,
                           "ring_id": [None] * ROWS, "parts": ["[]"] * ROWS, "reasons": ["[]"] * ROWS})
    say("ready")
    store.runs.publish(run, rings, scores, keep=2, learned=run.run_id.encode() * 1_000_000)
    say("published")
"""
)

HOLDER = (
    COMMON
    + """
with open_store(sys.argv[1]) as store, store.exclusive("nightly"):
    say("ready")
    sys.stdin.read()
"""
)


@pytest.fixture
def start(store_url):
    """start(SCRIPT, ...): a process of its own on the same store, which has opened it when this returns."""
    running: list[subprocess.Popen[str]] = []

    def launch(script: str, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", script, store_url, *arguments]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        running.append(subprocess.Popen(command, text=True, **pipes))
        line = running[-1].stdout.readline()
        assert line == "ready\n", line + running[-1].stderr.read()
        return running[-1]

    yield launch
    for process in running:
        process.kill()
        process.communicate()


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for the process; its output, if all went well."""
    out, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    return out


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.fixture
def clean(tmp_path, contents):
    """What the graph looks like after one clean run of the writer (the embedded store serves as the reference)."""
    url = f"sqlite:///{tmp_path / 'clean.db'}"
    subprocess.run([sys.executable, "-c", WRITER, url], check=True, capture_output=True)
    with open_store(url) as store:
        return contents(store)


def test_readers_see_each_chunk_whole_or_not_at_all(store, start, contents, clean):
    readers = [start(READER), start(READER)]
    writer = start(WRITER)
    finish(writer)
    assert all(int(finish(reader)) > 0 for reader in readers)
    assert contents(store) == clean


def test_a_writer_killed_in_the_middle_and_run_again_gives_the_same_graph(store, start, contents, clean):
    for stop_after in ("1\n", "4\n", "8\n"):
        writer = start(WRITER)
        while writer.stdout.readline() != stop_after:
            assert writer.poll() is None
        kill(writer)
    finish(start(WRITER))
    assert contents(store) == clean
    load = store.ledger.load("l1")
    assert (load.chunks_done, load.rows_read) == (CHUNKS, CHUNKS * ROWS)
    assert load.loaded == len(clean["Applicant"]) + len(clean["USED_DEVICE"])
    assert load.loaded + load.merged == 2 * CHUNKS * ROWS


def test_a_publisher_killed_at_any_moment_leaves_the_earlier_run_or_the_whole_new_one(store, start):
    finish(start(WRITER))
    finish(start(PUBLISHER, "first"))
    for number, delay in enumerate((0, 0.002, 0.005, 0.01, 0.02, 0.05)):
        publisher = start(PUBLISHER, f"killed-{number}")
        time.sleep(delay)
        kill(publisher)
        current = store.runs.current().run_id
        assert store.runs.count_rings() == ROWS
        assert store.runs.members().height == ROWS
        assert store.runs.learned(current) == current.encode() * 1_000_000
        assert {score.score for score in store.runs.scores(["a0", f"a{ROWS - 1}"]).values()} == {0.5}
        assert {kept.run_id for kept in store.runs.runs()} >= {current}
    finish(start(PUBLISHER, "last"))
    assert store.runs.current().run_id == "last"
    assert len(store.runs.runs()) == 2


def test_a_run_that_was_cut_off_can_be_published_again_under_its_own_id(store, start):
    finish(start(WRITER))
    publisher = start(PUBLISHER, "again")
    kill(publisher)
    if store.runs.current() is None:
        finish(start(PUBLISHER, "again"))
    assert store.runs.current().run_id == "again"


def test_the_lock_holds_between_processes_and_dies_with_its_holder(store, start):
    holder = start(HOLDER)
    with pytest.raises(BusyError, match="nightly"), store.exclusive("nightly"):
        raise AssertionError("the lock was given twice")
    with store.exclusive("ingest"):
        pass
    kill(holder)
    assert soon_free(store)


def test_the_lock_is_free_after_use_and_after_an_error(store):
    with pytest.raises(ZeroDivisionError), store.exclusive("nightly"):
        raise ZeroDivisionError
    with store.exclusive("nightly"), pytest.raises(BusyError), store.exclusive("nightly"):
        pass
    assert soon_free(store)


def soon_free(store: Store) -> bool:
    """Can the lock be had within a while? (A server may need a moment to notice that a client is gone.)"""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with store.exclusive("nightly"):
                return True
        except BusyError:
            time.sleep(0.2)
    return False


def test_a_store_answers_several_threads(store, nodes):
    store.graph.merge(nodes(DEVICE, "key model", *((f"d{number}", f"X{number}") for number in range(50))))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: store.graph.node(DEVICE, f"d{number}"), range(50)))
        writes = list(pool.map(lambda number: store.graph.merge(nodes(APPLICANT, "key", (f"a{number}",))), range(20)))
    assert [node.properties["model"] for node in found] == [f"X{number}" for number in range(50)]
    assert sum(counts.loaded for counts in writes) == store.graph.counts()["Applicant"] == 20


def test_a_closed_store_can_be_opened_again(store, store_url, nodes):
    store.graph.merge(nodes(DEVICE, "key", ("d",)))
    with closing(open_store(store_url)) as again:
        again.ping()
        assert again.graph.counts()["Device"] == 1
    store.ping()
    assert "password" not in store.address
