"""What the tabs under a ring's picture hold: money in order, hours, the score, history, and rings like it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.explorer.ring.flow import LINES, chart, lines_of
from app.explorer.ring.history import frame
from app.explorer.ring.hours import counted
from app.ring_graph import read_ring
from graph.results import Change
from graph.store.contract import Store
from graph.store.opening import open_store

SCRIPT = Path("app/explorer/entry.py").resolve()
START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def store(sample_url: str) -> Iterator[Store]:
    with open_store(sample_url) as opened:
        yield opened


@pytest.fixture
def page(open_page: Callable[..., AppTest], sample_url: str) -> Callable[[str], AppTest]:
    """Opens a ring."""
    return lambda ring_id: open_page(sample_url, ring=ring_id)


def graph_of(store: Store, ring_id: str):
    run = store.runs.current()
    return read_ring(store, store.runs.ring(ring_id), as_of=int(run.as_of.timestamp()))


def test_money_is_drawn_in_order_of_time(store: Store) -> None:
    found = lines_of(graph_of(store, "R-PLAIN"))
    assert found["at"].is_sorted()
    assert found["payer"].to_list() == [f"A-00{number}" for number in range(1, 7)]
    assert found["payee"].to_list() == [f"A-00{number}" for number in (2, 3, 4, 5, 6, 1)]
    assert found["text"][0] == "1,250.00"
    assert "tooltip" in chart(found).to_dict()["layer"][0]["encoding"]
    assert found.height < LINES


def test_hours_count_a_moment_of_one_person_once(store: Store) -> None:
    counts = counted(graph_of(store, "R-PLAIN"))
    assert sum(counts.values()) == 17, "6 people first and last seen, and 6 transfers, one as its payer is first seen"
    assert counts[START.weekday(), 0] >= 6
    assert {hour for _, hour in counts} == {0}


def test_history_tells_who_joined_and_left(store: Store) -> None:
    now = store.runs.ring("R-PLAIN")
    before = now.model_copy(update={"members": now.members[1:], "change": Change.NEW, "size": 5, "previous": ("R-X",)})
    run = store.runs.current()
    earlier = run.model_copy(update={"run_id": "RUN-0", "as_of": run.as_of - timedelta(days=1)})
    told = frame([(run, now), (earlier, before)])
    assert told["Joined"].to_list() == [now.members[0].applicant_id, ""]
    assert told["Left"].to_list() == ["", ""]
    assert told["Came from"].to_list() == ["", "R-X"]


def test_the_ring_page_shows_its_score_history_and_similar_rings(page: Callable[[str], AppTest]) -> None:
    opened = page("R-PLAIN")
    assert not opened.exception
    assert not opened.error
    frames = [element.value for element in opened.dataframe]
    parts = next(each for each in frames if "Part" in each)
    assert parts.to_numpy().tolist() == [["Links", 0.8, ""]]
    usual = next(each for each in frames if "A normal customer" in each)
    assert usual["A normal customer"][0] == "94.8% do not."
    past = next(each for each in frames if "Came from" in each)
    assert list(past["Run"]) == ["RUN-1"]
    alike = next(each for each in frames if "Why" in each)
    assert "R-PLAIN" not in list(alike["Ring"])
    assert set(alike["Why"]) == {"Joined in the same way, of like size and score"}


def test_a_similar_ring_is_opened_by_its_id(page: Callable[[str], AppTest]) -> None:
    opened = page("R-PLAIN")
    alike = next(each.value for each in opened.dataframe if "Why" in each.value)
    opened.session_state["similar clicked"] = {"label": alike["Ring"][1]}
    assert opened.run().query_params["ring"] == alike["Ring"][1]


def test_hostile_rings_have_all_tabs(page: Callable[[str], AppTest]) -> None:
    for ring_id in ("R-HOSTILE", "R-LARGE"):
        opened = page(ring_id)
        assert not opened.exception
        assert not opened.error
