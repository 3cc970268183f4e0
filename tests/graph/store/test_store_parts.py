"""The parts of a file, merged one after another while the next is made ready."""

from contextlib import closing

import pytest

from graph.chunk import Chunk
from graph.errors import BadInputError
from graph.ontology.nodes import APPLICANT, DEVICE
from graph.ontology.relationships import TRANSFERRED, USED_DEVICE
from graph.store.contract import Part


@pytest.fixture
def parts(links, bad_row):
    """Each part meets relationships and nodes of the one before it."""
    seen, paid = "start end first_seen", "key start end amount"
    chunks = [
        Chunk(
            relationships=(
                *links(USED_DEVICE, seen, (f"a{n}", "d", n), (f"a{n + 1}", "d", n)).relationships,
                *links(TRANSFERRED, paid, (f"t{n}", "a0", "a1", n), (f"t{n + 1}", "a0", "a1", n)).relationships,
            )
        )
        for n in range(6)
    ]
    return [Part(chunk, [bad_row("l1", n)] if n % 2 else []) for n, chunk in enumerate(chunks)]


def test_parts_make_the_graph_that_they_make_one_by_one(store, load, parts, contents):
    lines = list(store.graph.merge_all(iter(parts), load("l1")))
    together = contents(store)
    assert [(line.chunks_done, line.loaded, line.merged, line.quarantined) for line in lines] == [
        (n + 1, 4 + 2 * n, 2 * n, (n + 1) // 2) for n in range(6)
    ]
    assert store.ledger.load("l1") == lines[-1]
    assert [row.line for row in store.ledger.quarantine()] == [1, 3, 5]
    for part in parts:
        store.graph.merge(part.chunk)
    assert contents(store) == together


def test_what_came_before_a_part_that_cannot_be_merged_stays(store, load, parts, nodes):
    broken = Part(nodes(APPLICANT, "key created_at", ("nul\0", 1)))
    lines = []
    with pytest.raises(BadInputError):
        lines.extend(store.graph.merge_all(iter([*parts[:3], broken, *parts[3:]]), load("l1")))
    told = store.ledger.load("l1")
    assert told.chunks_done == 3
    assert store.graph.counts()["TRANSFERRED"] == 4
    lines = list(store.graph.merge_all(iter(parts[3:]), told))
    assert lines[-1].chunks_done == 6
    assert store.graph.counts()["TRANSFERRED"] == 7


def test_whoever_stops_early_can_go_on(store, load, parts):
    with closing(store.graph.merge_all(iter(parts), load("l1"))) as merging:
        first = next(merging)
    assert first.chunks_done == 1
    told = store.ledger.load("l1")
    assert 1 <= told.chunks_done <= 2
    assert store.graph.counts()["TRANSFERRED"] == 1 + told.chunks_done
    *_, last = store.graph.merge_all(iter(parts[told.chunks_done :]), told)
    assert (last.chunks_done, last.loaded, last.merged) == (6, 14, 10)
    assert store.graph.node(DEVICE, "d") is not None
