"""What a run has learned comes back byte for byte, of the published run alone."""

import pytest

from graph.store.neo4j import publishing as neo4j_publishing
from graph.store.sqlite import publishing as sqlite_publishing


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    for module in (sqlite_publishing, neo4j_publishing):
        monkeypatch.setattr(module, "STEP_BYTES", 100)


@pytest.fixture
def publish(store, run, scores):
    """publish("run1", b"..."): a run without rings that has learned this."""

    def build(run_id, learned=b"", keep=14):
        return store.runs.publish(run(run_id), [], scores(), keep=keep, learned=learned)

    return build


@pytest.mark.parametrize("length", [1, 99, 100, 101, 1700])
def test_it_comes_back_whole_whatever_its_length(publish, store, length):
    learned = bytes(number * 7 % 256 for number in range(length))
    publish("run1", learned)
    assert store.runs.learned("run1") == learned


def test_before_the_first_run_and_of_unknown_runs_there_is_none(publish, store):
    assert store.runs.learned("run1") is None
    publish("run1", b"learned")
    assert store.runs.learned("run2") is None
    assert store.runs.learned("") is None


def test_a_run_may_come_without(publish, store):
    publish("run1", b"learned")
    publish("run2")
    assert store.runs.current().run_id == "run2"
    assert store.runs.learned("run2") is None
    assert store.runs.learned("run1") is None


def test_the_next_run_takes_its_place(publish, store):
    publish("run1", b"1" * 450)
    publish("run2", b"2" * 150)
    assert store.runs.learned("run2") == b"2" * 150
    assert store.runs.learned("run1") is None
    assert [kept.run_id for kept in store.runs.runs()] == ["run2", "run1"]


def test_a_publication_that_fails_leaves_the_earlier_one_in_force(publish, store, monkeypatch):
    publish("run1", b"1" * 450)
    for module in (sqlite_publishing, neo4j_publishing):
        monkeypatch.setattr(module.Publication, "show", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish("run2", b"2" * 950)
    assert store.runs.learned("run1") == b"1" * 450
    assert store.runs.learned("run2") is None
    monkeypatch.undo()
    publish("run3", b"3" * 150)
    assert store.runs.learned("run3") == b"3" * 150
