"""The ledger and the quarantine."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from graph.chunk import MergeCounts
from graph.errors import BadInputError
from graph.ledger import LoadStatus, NightLine
from graph.ontology.nodes import APPLICANT


def test_a_load_is_found_by_its_id(store, load):
    line = load("l1", rows_read=10, unknown_columns=("x'y", "漢字"))
    store.ledger.record(line)
    assert store.ledger.load("l1") == line
    assert store.ledger.load("l2") is None


def test_a_later_word_on_a_load_replaces_the_earlier_one(store, load):
    store.ledger.record(load("l1"))
    done = load("l1", status=LoadStatus.DONE, rows_read=7)
    store.ledger.record(done)
    assert store.ledger.loads() == [done]


def test_the_ledger_shows_the_latest_load_first(store, load):
    first = load("z")
    second = load("a", started_at=first.started_at + timedelta(hours=1))
    for line in (first, second):
        store.ledger.record(line)
    assert [line.load_id for line in store.ledger.loads()] == ["a", "z"]


def test_a_merge_writes_the_load_with_its_counts(store, nodes, load, bad_row):
    chunk = nodes(APPLICANT, "key created_at", ("a", 1), ("b", 1), ("b", 2))
    counts = store.graph.merge(chunk, load("l1", chunks_done=1, loaded=5, merged=3), [bad_row("l1", 3)])
    assert counts == MergeCounts(2, 1)
    assert store.ledger.load("l1") == load("l1", chunks_done=1, loaded=7, merged=4)
    assert list(store.ledger.quarantine()) == [bad_row("l1", 3)]


@pytest.mark.parametrize("impossible", [None, "nul\0"])
def test_a_merge_that_fails_writes_nothing(store, nodes, load, bad_row, impossible):
    chunk = nodes(APPLICANT, "key created_at", ("good", 1), (impossible, 1))
    with pytest.raises(BadInputError):
        store.graph.merge(chunk, load("l1"), [bad_row("l1", 1)])
    assert store.ledger.load("l1") is None
    assert list(store.ledger.quarantine()) == []
    assert store.graph.node(APPLICANT, "good") is None


def test_quarantine_is_in_order_and_the_same_row_stands_there_once(store, load, bad_row):
    rows = [
        bad_row("l2", 1),
        bad_row("l1", 10),
        bad_row("l1", 9, "phone"),
        bad_row("l1", 9, "name"),
        bad_row("l1", 9, ""),
    ]
    store.ledger.record(load("l1"), rows)
    store.ledger.record(load("l1"), rows[1:3])
    places = [(row.load_id, row.line, row.column) for row in store.ledger.quarantine()]
    assert places == [("l1", 9, ""), ("l1", 9, "name"), ("l1", 9, "phone"), ("l1", 10, "phone"), ("l2", 1, "phone")]


def test_quarantine_can_be_asked_by_table_and_by_load(store, load, bad_row):
    rows = [bad_row("l1", 1), bad_row("l2", 1), bad_row("l2", 2, table="devices")]
    store.ledger.record(load("l1"), rows)
    assert list(store.ledger.quarantine(load_id="l2")) == rows[1:]
    assert list(store.ledger.quarantine(table="devices")) == rows[2:]
    assert list(store.ledger.quarantine(table="devices", load_id="l1")) == []


def test_released_rows_are_gone(store, load, bad_row):
    rows = [bad_row("l1", number, raw='{"name":"O\'Brien"}') for number in range(5)]
    store.ledger.record(load("l1"), rows)
    assert store.ledger.release(rows[:2]) == 2
    assert store.ledger.release(rows[:3]) == 1
    assert list(store.ledger.quarantine()) == rows[3:]
    assert store.ledger.release([]) == 0


def test_the_latest_nights_are_kept(store):
    first = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=8)))
    nights = [NightLine(started_at=first + timedelta(hours=24 * n), report=f'{{"n": "{n} 夜"}}') for n in range(4)]
    for night in (nights[1], nights[0], nights[3], nights[2]):
        store.ledger.keep_night(night, keep=3)
    assert store.ledger.nights() == [nights[3], nights[2], nights[1]]
    again = NightLine(started_at=nights[3].started_at.astimezone(UTC), report="{}")
    store.ledger.keep_night(again, keep=3)
    assert store.ledger.nights() == [again, nights[2], nights[1]]
