"""What the canvas is answered: what it was shown and no more, once for each operation, whatever the browser sends."""

import json

import pytest

from app.explorer.canvas.board import Board
from app.explorer.canvas.picture import Picture, picture
from app.ring_graph import read_ring
from graph.errors import StoreUnavailableError
from graph.store.contract import Store

AS_OF = 1_775_000_000


@pytest.fixture
def drawn(sample: Store) -> Picture:
    ring = sample.runs.ring("R-PLAIN")
    assert ring
    return picture(ring, read_ring(sample, ring, as_of=AS_OF))


def short(drawn: Picture, key: str) -> str:
    return next(name for name, node in drawn.nodes.items() if node[1] == key)


def answers(board: Board, store: Store, *asked: object, as_of: int = AS_OF) -> dict[str, dict[str, object]]:
    return board.answers(list(asked), store, as_of=as_of, say=lambda saying: saying.en)


def test_kinds_are_counted_by_what_was_known(sample: Store, drawn: Picture) -> None:
    count = {"id": "1", "op": "count", "node": short(drawn, "A-003")}
    now = answers(Board(drawn), sample, count)
    assert now["1"] == {"counts": {"USED_DEVICE": 1, "ON_WIFI": 1, "HAS_PHONE": 1, "TRANSFERRED": 2}}
    then = answers(Board(drawn), sample, count, as_of=0)
    assert then["1"] == {"counts": {}}


def test_an_expansion_brings_chosen_kinds_masked_under_new_ids(sample: Store, drawn: Picture) -> None:
    grow = {"id": "2", "op": "expand", "node": short(drawn, "a1b2c3d4e5f60710"), "types": ["USED_DEVICE"], "cap": 2}
    [answer] = answers(Board(drawn), sample, grow).values()
    assert answer["left_out"] == {"USED_DEVICE": 1}
    known = [node for node in answer["nodes"] if node["id"] in drawn.nodes]  # type: ignore[attr-defined]
    assert len(known) == 2, "members keep the ids by which the picture has them"
    phone = {"id": "3", "op": "expand", "node": short(drawn, "A-003"), "types": ["HAS_PHONE"]}
    [answer] = answers(Board(drawn), sample, phone).values()
    [number] = answer["nodes"]  # type: ignore[misc]
    assert (number["title"], number["users"]) == ("****803", 3)
    assert "13925716803" not in json.dumps(answer)


def test_an_operation_is_done_once_and_told_until_nobody_asks(sample: Store, drawn: Picture) -> None:
    board = Board(drawn)
    count = {"id": "1", "op": "count", "node": short(drawn, "A-001")}
    first = answers(board, sample, count)["1"]
    other = {"id": "2", "op": "count", "node": short(drawn, "A-002")}
    both = answers(board, sample, count, other)
    assert both["1"] is first
    assert list(answers(board, sample, other)) == ["2"]


def test_boards_give_new_nodes_ids_of_their_own(sample: Store, drawn: Picture) -> None:
    wifi = {"id": "1", "op": "expand", "node": short(drawn, "A-001"), "types": ["ON_WIFI", "TRANSFERRED"]}
    smaller = Picture(
        drawn.version, drawn.sent, {name: node for name, node in drawn.nodes.items() if node[1] == "A-001"}
    )
    ids = [
        {node["id"] for node in answers(Board(smaller), sample, wifi)["1"]["nodes"]}  # type: ignore[attr-defined]
        for _ in range(2)
    ]
    assert ids[0].isdisjoint(ids[1])
    [told] = answers(Board(drawn), sample, {"id": "2", "op": "count", "node": ids[0].pop()}).values()
    assert str(told["sorry"]).startswith("The server has forgotten this node.")


@pytest.mark.parametrize(
    "asked",
    [
        None, "x", {"id": "1"}, [None], [{"id": "1", "op": "drop", "node": "n1"}], [{"id": "1", "op": "expand"}],
        [{"id": "x" * 99, "op": "count", "node": "n1"}], [{"id": "1", "op": "expand", "node": "n1", "cap": 10**9}],
    ],
)  # fmt: skip
def test_what_is_no_operation_is_passed_over(sample: Store, drawn: Picture, asked: object) -> None:
    assert Board(drawn).answers(asked, sample, as_of=AS_OF, say=str) == {}


def test_no_types_but_those_of_the_ontology_are_read(sample: Store, drawn: Picture) -> None:
    grow = {"id": "1", "op": "expand", "node": short(drawn, "A-001"), "types": ["x`) DETACH DELETE n //"]}
    assert answers(Board(drawn), sample, grow)["1"] == {"nodes": [], "edges": [], "left_out": {}}


def test_a_fault_of_the_store_is_told_without_its_text(
    sample: Store, drawn: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreUnavailableError("secret", do="Nothing.")

    monkeypatch.setattr(sample.graph, "neighbourhood", fail)
    count = {"id": "1", "op": "count", "node": short(drawn, "A-001")}
    assert answers(Board(drawn), sample, count) == {"1": {"sorry": "The store did not answer. Try again."}}
