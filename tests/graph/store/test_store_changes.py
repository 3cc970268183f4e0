"""What was written since: a store that can tell names every row, one that cannot says so."""

import shutil
from contextlib import closing

import pytest

from graph.errors import ForgottenError
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.ontology.nodes import ACCOUNT, APPLICANT, DEVICE
from graph.ontology.relationships import LISTS_CONTACT, TRANSFERRED, USED_DEVICE
from graph.store.opening import open_store
from graph.store.sqlite import journal

SEEN = "start end first_seen last_seen"


@pytest.fixture
def embedded(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        yield store


def written(store, since: str) -> dict[str, set[tuple]]:
    """Keys of the nodes, and ends or keys of the relationships, that were written after the position."""
    frames = {kind.label: list(store.graph.nodes(kind, since=since)) for kind in NODE_KINDS}
    found = {label: {name for one in frame for name in one["key"]} for label, frame in frames.items()}
    for kind in RELATIONSHIP_KINDS:
        rows = (row for one in store.graph.relationships(kind, since=since) for row in one.iter_rows(named=True))
        found[kind.type] = {row["key"] if kind.key else f"{row['start']}-{row['end']}" for row in rows}
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.neo4j
def test_a_store_that_others_write_to_does_not_know(empty_neo4j):
    with open_store(empty_neo4j) as store:
        assert store.graph.position() is None
        with pytest.raises(ForgottenError):
            store.graph.nodes(APPLICANT, since="0:1")
        with pytest.raises(ForgottenError):
            store.graph.relationships(USED_DEVICE, since="0:1")


def test_nothing_was_written(embedded, nodes):
    embedded.graph.merge(nodes(APPLICANT, "key name", ("a", "Ann")))
    assert written(embedded, embedded.graph.position()) == {}


def test_new_rows_are_named_with_the_nodes_at_their_ends(embedded, links):
    embedded.graph.merge(links(USED_DEVICE, SEEN, ("a", "d", 1, 2)))
    before = embedded.graph.position()
    embedded.graph.merge(links(USED_DEVICE, SEEN, ("a", "e", 1, 2), ("b", "d", 3, 4)))
    assert written(embedded, before) == {
        "Account": {"b"}, "Applicant": {"b"}, "Device": {"e"}, "USED_DEVICE": {"1-2", "2-1"},
    }  # fmt: skip


def test_changed_rows_come_as_they_are_now(embedded, nodes, links):
    embedded.graph.merge(nodes(DEVICE, "key model", ("d", "old"), ("e", "other")))
    embedded.graph.merge(links(USED_DEVICE, SEEN, ("a", "d", 5, 6), ("a", "e", 5, 6)))
    embedded.graph.merge(links(TRANSFERRED, "key start end amount ts", ("t", "a", "b", 1, 1), ("u", "a", "b", 1, 1)))
    before = embedded.graph.position()
    embedded.graph.merge(nodes(DEVICE, "key model", ("d", "new")))
    embedded.graph.merge(links(USED_DEVICE, SEEN, ("a", "d", 1, 9)))
    embedded.graph.merge(links(TRANSFERRED, "key start end amount ts", ("t", "a", "b", 7, 8)))
    [devices] = embedded.graph.nodes(DEVICE, ("model",), since=before)
    assert devices.drop("node_id").rows() == [("d", "new")]
    [used] = embedded.graph.relationships(USED_DEVICE, ("first_seen", "last_seen"), since=before)
    assert used.select("first_seen", "last_seen").rows() == [(1, 9)]
    [moved] = embedded.graph.relationships(TRANSFERRED, ("amount",), since=before)
    assert moved.columns == ["start", "end", "key", "amount"]
    assert moved.select("key", "amount").rows() == [("t", 7)]


def test_an_account_that_becomes_an_applicant_is_named(embedded, nodes, links):
    embedded.graph.merge(nodes(ACCOUNT, "key", ("a",), ("b",)))
    before = embedded.graph.position()
    embedded.graph.merge(links(LISTS_CONTACT, "start end", ("a", "123")))
    assert written(embedded, before)["Applicant"] == {"a"}


def test_what_was_read_already_is_not_in_the_question_what_was_known(embedded, links):
    before = embedded.graph.position()
    embedded.graph.merge(links(USED_DEVICE, SEEN, ("a", "d", 10, 10), ("a", "e", 30, 30)))
    [frame] = embedded.graph.relationships(USED_DEVICE, ("first_seen",), known_until=20, since=before)
    assert frame["first_seen"].to_list() == [10]


def test_many_rows_come_in_chunks(embedded, links):
    before = embedded.graph.position()
    embedded.graph.merge(links(USED_DEVICE, SEEN, *((f"a{n}", f"d{n}", 1, 2) for n in range(20_000))))
    frames = list(embedded.graph.relationships(USED_DEVICE, since=before))
    assert len(frames) > 1
    assert sum(frame.height for frame in frames) == sum(len(set(frame.rows())) for frame in frames) == 20_000


def test_a_merge_that_fails_is_not_in_the_journal(embedded, nodes, links, monkeypatch):
    embedded.graph.merge(nodes(APPLICANT, "key", ("a",)))
    before = embedded.graph.position()
    monkeypatch.setattr("graph.store.sqlite.graph.write_quarantine", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        embedded.graph.merge(links(USED_DEVICE, SEEN, ("b", "d", 1, 2)))
    assert embedded.graph.position() == before
    assert written(embedded, before) == {}


def test_the_journal_forgets(embedded, nodes, monkeypatch):
    monkeypatch.setattr(journal, "KEPT_ROWS", 5)
    first = embedded.graph.position()
    embedded.graph.merge(nodes(DEVICE, "key", ("a",), ("b",)))
    second = embedded.graph.position()
    embedded.graph.merge(nodes(DEVICE, "key", ("c",), ("d",)))
    assert written(embedded, second) == {"Device": {"c", "d"}}
    embedded.graph.merge(nodes(DEVICE, "key", ("e",), ("f",)))
    with pytest.raises(ForgottenError):
        list(embedded.graph.nodes(DEVICE, since=first))
    embedded.graph.merge(nodes(DEVICE, "key", *((f"x{n}",) for n in range(9))))
    assert written(embedded, embedded.graph.position()) == {}


def test_a_copy_that_went_another_way_does_not_know_the_position(embedded, nodes, tmp_path):
    embedded.graph.merge(nodes(DEVICE, "key", ("a",)))
    common = embedded.graph.position()
    embedded.close()
    shutil.copy(tmp_path / "store.db", tmp_path / "copy.db")
    positions = []
    for name in ("store", "copy"):
        with closing(open_store(f"sqlite:///{tmp_path}/{name}.db")) as store:
            store.graph.merge(nodes(DEVICE, "key", (f"only {name}",)))
            positions.append(store.graph.position())
            assert written(store, common) == {"Device": {f"only {name}"}}
            if name == "copy":
                with pytest.raises(ForgottenError):
                    list(store.graph.nodes(DEVICE, since=positions[0]))
    assert positions[0].partition(":")[0] == positions[1].partition(":")[0]
