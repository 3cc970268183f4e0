"""Tables that were kept, with what was written since, are the tables that reading everything gives."""

import logging
import shutil
from pathlib import Path
from random import Random

import polars as pl
import pytest

from graph import kept_tables
from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.kept_tables import KeptTables
from graph.numbered_tables import NumberedTables, nothing
from graph.ontology.nodes import APPLICANT, APPLICATION, BLACKLIST_ENTRY, IP, LABEL
from graph.ontology.relationships import FROM_IP, HAS_PHONE, LISTS_CONTACT, SUBMITTED, TRANSFERRED, USED_DEVICE
from graph.projecting import project, project_latest
from graph.reading import read_tables
from graph.store.contract import GraphStore
from graph.store.opening import open_store
from graph.store.sqlite import journal


def some(random: Random, size: int) -> Chunk:
    """Rows of every kind that a projection is made of, new ones and other values for known ones."""

    def one(kind: str) -> str:
        return f"{kind}{random.randrange(12):02}"

    def frame(**columns) -> pl.DataFrame:
        rows = pl.DataFrame([{name: draw() for name, draw in columns.items()} for _ in range(size)])
        return rows.unique("key" if "key" in columns else ["start", "end"], keep="first", maintain_order=True)

    def time() -> int:
        return random.randrange(1000)

    seen = {"first_seen": time, "last_seen": lambda: 1000 + time()}
    nodes = (
        (APPLICANT, frame(key=lambda: one("a"), created_at=time, name=lambda: one("Name "))),
        (APPLICATION, frame(key=lambda: one("x"), amount=time, submitted_at=time)),
        (IP, frame(key=lambda: one("i"), net_type=lambda: random.choice(["mobile", "home"]))),
        (BLACKLIST_ENTRY, frame(key=lambda: one("b"), kind=lambda: "device", value=lambda: one("d"), listed_at=time)),
        (LABEL, frame(key=lambda: one("l"), applicant_id=lambda: one("a"), label=lambda: "fraud", decided_at=time)),
    )
    relationships = (
        (USED_DEVICE, frame(start=lambda: one("a"), end=lambda: one("d"), **seen)),
        (FROM_IP, frame(start=lambda: one("a"), end=lambda: one("i"), **seen)),
        (HAS_PHONE, frame(start=lambda: one("a"), end=lambda: one("p"), **seen)),
        (LISTS_CONTACT, frame(start=lambda: one("a"), end=lambda: one("p"))),
        (SUBMITTED, frame(start=lambda: one("a"), end=lambda: one("x"), submitted_at=time)),
        (
            TRANSFERRED,
            frame(
                key=lambda: one("t"),
                start=lambda: one("a"),
                end=lambda: one("o"),
                amount=time,
                ts=lambda: random.randrange(4),
            ),
        ),
    )
    chosen = random.sample([*nodes, *relationships], 4)
    return Chunk(
        nodes=tuple(NodeRows(*rows) for rows in chosen if rows in nodes),
        relationships=tuple(RelationshipRows(*rows) for rows in chosen if rows in relationships),
    )


@pytest.fixture
def store(tmp_path: Path):
    with open_store(f"sqlite:///{tmp_path}/store.db") as opened:
        for seed in range(5):
            opened.graph.merge(some(Random(seed), 30))
        yield opened


@pytest.fixture
def kept(tmp_path: Path) -> KeptTables:
    return KeptTables.of(tmp_path / "work", "sqlite:///store.db")


def numbered(graph: GraphStore) -> NumberedTables:
    return nothing().updated(read_tables(graph, None))


class Watched:
    """A store's graph that notes from which position on it is read."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph, self.asked = graph, set[str | None]()

    def __getattr__(self, name: str):
        return getattr(self._graph, name)

    def nodes(self, *args, since=None):
        self.asked.add(since)
        return self._graph.nodes(*args, since=since)

    def relationships(self, *args, since=None, **options):
        self.asked.add(since)
        return self._graph.relationships(*args, since=since, **options)


@pytest.mark.parametrize("seed", range(5))
def test_every_night_is_as_if_everything_were_read(store, kept, as_lists, seed):
    random = Random(100 + seed)
    for _ in range(4):
        assert as_lists(project_latest(store.graph, kept)) == as_lists(project(store.graph))
        for _ in range(random.randrange(3)):
            store.graph.merge(some(random, random.randrange(1, 5)))


def test_only_what_was_written_since_is_read(store, kept):
    before = store.graph.position()
    first, second = Watched(store.graph), Watched(store.graph)
    project_latest(first, kept)
    project_latest(second, kept)
    assert first.asked == {None}
    assert second.asked == {before}


def test_what_is_written_while_tables_are_read_is_read_again(store, kept, as_lists):
    class Growing(Watched):
        def relationships(self, *args, **options):
            self._graph.merge(some(Random(7), 5))
            return super().relationships(*args, **options)

    project_latest(Growing(store.graph), kept)
    assert as_lists(project_latest(store.graph, kept)) == as_lists(project(store.graph))


def test_a_store_that_has_forgotten_is_read_from_first_to_last(store, kept, as_lists, monkeypatch):
    project_latest(store.graph, kept)
    monkeypatch.setattr(journal, "KEPT_ROWS", 1)
    store.graph.merge(some(Random(8), 20))
    watched = Watched(store.graph)
    assert as_lists(project_latest(watched, kept)) == as_lists(project(store.graph))
    assert None in watched.asked


def test_an_older_copy_that_is_put_back_does_no_harm(tmp_path, kept, as_lists):
    path = tmp_path / "store.db"
    with open_store(f"sqlite:///{path}") as store:
        store.graph.merge(some(Random(1), 30))
    shutil.copy(path, tmp_path / "backup.db")
    with open_store(f"sqlite:///{path}") as store:
        store.graph.merge(some(Random(2), 30))
        project_latest(store.graph, kept)
    shutil.copy(tmp_path / "backup.db", path)
    with open_store(f"sqlite:///{path}") as store:
        store.graph.merge(some(Random(3), 30))
        assert as_lists(project_latest(store.graph, kept)) == as_lists(project(store.graph))


def test_a_damaged_file_is_noticed_wherever_it_is_damaged(store, kept, as_lists, caplog):
    project_latest(store.graph, kept)
    good = kept.file.read_bytes()
    expected = as_lists(project(store.graph))
    random = Random(4)
    for _ in range(25):
        bad = bytearray(good)
        at = random.randrange(len(bad))
        bad[at] ^= 1 << random.randrange(8)
        kept.file.write_bytes(bad)
        assert as_lists(project_latest(store.graph, kept)) == expected, at
    for length in (0, 10, len(good) // 2, len(good) - 1):
        kept.file.write_bytes(good[:length])
        caplog.clear()
        assert as_lists(project_latest(store.graph, kept)) == expected
        assert "cannot be used" in caplog.text


def test_tables_of_another_version_are_not_used(store, kept, monkeypatch, caplog):
    tables = numbered(store.graph)
    tables.nodes["Applicant"] = tables.nodes["Applicant"].drop("name")
    kept.save(store.graph.position(), tables)
    assert kept.load() is None
    assert "another version" in caplog.text


def test_what_another_release_has_kept_is_not_used(store, kept, monkeypatch, caplog):
    kept.save(store.graph.position(), numbered(store.graph))
    monkeypatch.setattr(kept_tables, "_VERSION", "0")
    assert kept.load() is None
    assert "another version" in caplog.text


def test_a_crash_while_saving_leaves_the_last_tables(store, kept, monkeypatch):
    kept.save("0:1", numbered(store.graph))
    monkeypatch.setattr(kept_tables, "_write", lambda aside, *_: aside.write(b"half") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        kept.save("0:2", numbered(store.graph))
    monkeypatch.undo()
    assert kept.load()[0] == "0:1"
    assert len(list(kept.file.parent.iterdir())) == 2
    kept.save("0:3", numbered(store.graph))
    assert kept.load()[0] == "0:3"
    assert [path.name for path in kept.file.parent.iterdir()] == [kept.file.name]


def test_where_nothing_can_be_written_detection_goes_on(store, tmp_path, as_lists, caplog):
    (tmp_path / "work").write_text("a file, where a folder should be", encoding="utf-8")
    kept = KeptTables.of(tmp_path / "work", "sqlite:///store.db")
    assert as_lists(project_latest(store.graph, kept)) == as_lists(project(store.graph))
    assert "was not written" in caplog.text


def test_the_file_is_for_its_owner_alone(store, kept):
    project_latest(store.graph, kept)
    assert kept.file.stat().st_mode & 0o077 == 0
    assert kept.file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.neo4j
def test_a_store_without_positions_is_read_as_ever(empty_neo4j, kept, as_lists, caplog):
    caplog.set_level(logging.INFO)
    with open_store(empty_neo4j) as store:
        store.graph.merge(some(Random(1), 30))
        assert as_lists(project_latest(store.graph, kept)) == as_lists(project(store.graph))
    assert not kept.file.exists()
