"""A load that is killed at any moment goes on where it was: in the end the graph is that of one clean run."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.errors import StoreUnavailableError
from graph.ledger import LoadStatus
from graph.store.neo4j.graph import Neo4jGraph
from graph.store.opening import open_store
from graph.store.sqlite.graph import SqliteGraph
from ingest.options import Options
from ingest.pipeline import load_folder
from ingest.reading import READERS
from ingest.reading.csv import read_csv

ROWS = 3_000

# A process of its own, with small chunks so that there are many moments to die in.
PROGRAM = """
import sys
from pathlib import Path
from graph.store.neo4j.graph import Neo4jGraph
from graph.store.opening import open_store
from graph.store.sqlite.graph import SqliteGraph
from ingest.options import Options
from ingest.pipeline import load_folder
from ingest.reading import READERS
from ingest.reading.csv import read_csv
SqliteGraph.chunk_rows = Neo4jGraph.chunk_rows = 100
READERS[".csv"] = lambda path, encoding: read_csv(path, encoding, 4_000)
url, folder, work = sys.argv[1:]
print("ready", flush=True)
with open_store(url) as store:
    load_folder(store, Path(folder), Options(work_dir=Path(work)), lambda step: print(step.phase, flush=True))
"""


@pytest.fixture
def source(folder: Path) -> Path:
    """Applicants and their devices, with a bad row now and then."""
    chance = random.Random(7)
    seen = [
        f"a{chance.randrange(900)},{chance.randbytes(8).hex()},{chance.randrange(100)},{chance.randrange(90, 190)}"
        for _ in range(ROWS)
    ]
    (folder / "applicant_device.csv").write_text("applicant_id,fingerprint,first_seen,last_seen\n" + "\n".join(seen))
    people = [f"a{n},1{chance.randrange(10**9, 10**10)},{n}" for n in range(900)]
    (folder / "applicants.csv").write_text("applicant_id,id_hash,created_at\n" + "\n".join(people))
    return folder


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SqliteGraph, "chunk_rows", 100)
    monkeypatch.setattr(Neo4jGraph, "chunk_rows", 100)
    monkeypatch.setitem(READERS, ".csv", lambda path, encoding: read_csv(path, encoding, 4_000))


@pytest.fixture
def clean(source: Path, tmp_path: Path, graph_of, small_chunks):
    """Graph, ledger figures and quarantine of one undisturbed run."""
    with open_store(f"sqlite:///{tmp_path / 'clean.db'}") as store:
        load_folder(store, source, Options(work_dir=tmp_path / "clean-work"))
        return everything(store, graph_of)


def everything(store, graph_of):
    figures = [
        (load.load_id, load.status, load.rows_read, load.loaded, load.merged, load.quarantined, load.chunks_done)
        for load in store.ledger.loads()
    ]
    return graph_of(store), sorted(figures), list(store.ledger.quarantine())


def run_and_kill(url: str, source: Path, work: Path, steps: int, delay: float) -> bool:
    """Kill the process so many reports and seconds after its start; whether it was killed before it was done."""
    command = [sys.executable, "-c", PROGRAM, url, str(source), str(work)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for _, _line in zip(range(steps), process.stdout, strict=False):
            pass
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def test_killed_again_and_again(store_url, source, tmp_path, graph_of, clean):
    chance = random.Random(11)
    killed = [
        run_and_kill(store_url, source, tmp_path / "work", chance.randrange(1, 60), chance.random() / 50)
        for _ in range(6)
    ]
    assert any(killed)
    with open_store(store_url) as store:
        load_folder(store, source, Options(work_dir=tmp_path / "work"))
        graph, figures, quarantine = everything(store, graph_of)
    assert graph == clean[0]
    assert figures == clean[1]
    assert quarantine == clean[2]


def test_work_files_that_were_lost_are_made_again(store, source, tmp_path, graph_of, clean, options):
    url = f"sqlite:///{tmp_path / 'ringfence.db'}"
    assert run_and_kill(url, source, tmp_path / "work", 45, 0.0)
    [half] = [load for load in store.ledger.loads() if load.status is LoadStatus.LOADING]
    assert half.chunks_done > 0
    load_folder(store, source, Options(work_dir=tmp_path / "other-work"))
    assert everything(store, graph_of) == clean


def test_a_file_that_is_replaced_when_half_of_it_is_loaded_is_settled(store, source, tmp_path, clean, options):
    url = f"sqlite:///{tmp_path / 'ringfence.db'}"
    assert run_and_kill(url, source, tmp_path / "work", 45, 0.0)
    [half] = [load for load in store.ledger.loads() if load.status is LoadStatus.LOADING]
    stopped, whole = source / half.file, (source / half.file).read_text()
    stopped.write_text(whole.splitlines()[0] + "\n" + whole.splitlines()[-1])
    load_folder(store, source, options)
    settled = store.ledger.load(half.load_id)
    assert (settled.status, settled.chunks_done) == (LoadStatus.SUPERSEDED, half.chunks_done)
    assert "replaced by another" in settled.reason
    assert list(store.ledger.quarantine(load_id=half.load_id)) == []
    assert {load.status for load in store.ledger.loads()} == {LoadStatus.DONE, LoadStatus.SUPERSEDED}

    stopped.write_text(whole)
    [again] = load_folder(store, source, options).loads
    assert (again.load_id, again.status, again.rows_read) == (half.load_id, LoadStatus.DONE, half.rows_read)


def test_a_file_that_is_moved_when_half_of_it_is_loaded_goes_on(store, source, tmp_path, clean, options):
    url = f"sqlite:///{tmp_path / 'ringfence.db'}"
    assert run_and_kill(url, source, tmp_path / "work", 45, 0.0)
    [half] = [load for load in store.ledger.loads() if load.status is LoadStatus.LOADING]
    old = source / half.file
    parts = source / half.table
    parts.mkdir()
    (parts / "1.csv").write_text(old.read_text())
    old.write_text(old.read_text().splitlines()[0] + "\na1,b2c3d4e5f6a7b8c9,1,2\n")
    load_folder(store, source, options)
    assert store.ledger.load(half.load_id).status is LoadStatus.DONE
    assert {load.status for load in store.ledger.loads()} == {LoadStatus.DONE}


def test_a_store_that_goes_away_loses_nothing(store, source, tmp_path, graph_of, clean, monkeypatch):
    merge_all, lines = store.graph.merge_all, []

    def failing(parts, load):
        for line in merge_all(parts, load):
            lines.append(line)
            if len(lines) == 15:
                raise StoreUnavailableError("The store does not answer")
            yield line

    options = Options(work_dir=tmp_path / "work")
    with monkeypatch.context() as patch:
        patch.setattr(store.graph, "merge_all", failing)
        with pytest.raises(StoreUnavailableError):
            load_folder(store, source, options)
    load_folder(store, source, options)
    assert everything(store, graph_of) == clean
