"""What analysts judge reaches the next detection, as of its moment; a household is not asked about again."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from app.detection import Outcome, run_detection
from app.judged import judged
from app.settings import Settings
from app.wiring import store_of
from cases.casebook import Casebook, open_casebook
from cases.desk import Rules
from cases.model import Scope, State, Verdict
from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.errors import StoreUnavailableError
from graph.ontology.nodes import APPLICANT
from graph.ontology.relationships import HAS_CARD, USED_DEVICE
from graph.projecting import project
from graph.results import Change
from graph.store.contract import Store

DAY = 86_400
START = 1_700_000_000
RING = [f"ring-{n}" for n in range(6)]
PEOPLE = RING + [f"p{n:03d}" for n in range(400)]


def seen(kind, pairs) -> RelationshipRows:
    start, end = zip(*pairs, strict=True)
    rows = pl.DataFrame({"start": start, "end": end, "first_seen": START, "last_seen": START + 20 * DAY})
    return RelationshipRows(kind, rows)


def people() -> Chunk:
    """Six people on two devices and two cards among four hundred with their own."""
    own = [seen(kind, [(who, f"{kind.type} of {who}") for who in PEOPLE]) for kind in (USED_DEVICE, HAS_CARD)]
    shared = seen(USED_DEVICE, [(who, f"ring's {n % 2}") for n, who in enumerate(RING)])
    crossed = seen(HAS_CARD, [(who, f"ring's {n // 3}") for n, who in enumerate(RING)])
    nodes = NodeRows(APPLICANT, pl.DataFrame({"key": PEOPLE, "created_at": START}))
    return Chunk(nodes=(nodes,), relationships=(*own, shared, crossed))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_of(Settings(store=f"sqlite:///{tmp_path}/store.db")) as opened:
        opened.graph.merge(people())
        yield opened


@pytest.fixture
def clock() -> SimpleNamespace:
    return SimpleNamespace(time=START + 30 * DAY)


@pytest.fixture
def book(tmp_path: Path, clock: SimpleNamespace) -> Iterator[Casebook]:
    with open_casebook(f"sqlite:///{tmp_path}/cases.db", Rules(four_eyes=5), lambda: clock.time) as opened:
        yield opened


@pytest.fixture
def detect(store: Store, book: Casebook) -> Callable[..., Outcome]:
    def run(at: int | None = None) -> Outcome:
        return run_detection(
            store, keep_runs=5, casebook=book, as_of=None if at is None else datetime.fromtimestamp(at, UTC)
        )

    return run


def living(outcome: Outcome) -> list[str]:
    return [ring.ring_id for ring in outcome.rings if ring.change is not Change.GONE]


def scores(store: Store) -> list[float]:
    return [score.score for _, score in sorted(store.runs.scores(RING).items())]


def test_detection_opens_a_case_for_what_it_finds(detect, book):
    (ring_id,) = living(detect())
    assert book.cases.members(ring_id) == tuple(RING)


def test_a_household_is_no_ring_from_then_on_and_is_one_again_when_that_is_undone(detect, book, store, clock):
    (ring_id,) = living(detect())
    assert min(scores(store)) > 0
    said = book.judgements.judge(ring_id, Verdict.HOUSEHOLD, "One flat.", author="ann")
    assert living(detect()) == []
    assert scores(store) == [0.0] * 6
    assert living(detect(clock.time - 1)) == [ring_id]
    clock.time += 10
    book.judgements.withdraw(said.id, "Two flats.", author="ann")
    assert living(detect()) == [ring_id]
    assert living(detect(clock.time - 1)) == []


def test_fraud_and_its_opposite_move_the_scores_once_they_count(detect, book, store, clock):
    (ring_id,) = living(detect())
    before = scores(store)
    said = book.judgements.judge(ring_id, Verdict.FRAUD, "They met.", author="ann")
    detect()
    assert scores(store) == before
    clock.time += 10
    book.judgements.confirm(said.id, author="bob")
    detect()
    assert min(scores(store)) > max(before)
    detect(clock.time - 1)
    assert scores(store) == before
    clock.time += 10
    book.judgements.judge(ring_id, Verdict.NOT_FRAUD, "They did not.", author="ann")
    detect()
    assert max(scores(store)) < min(before)


def test_watch_changes_no_score(detect, book, store):
    (ring_id,) = living(detect())
    before = scores(store)
    book.judgements.judge(ring_id, Verdict.WATCH, "Hm.", author="ann")
    detect()
    assert scores(store) == before
    assert book.cases.case(ring_id).state is State.IN_REVIEW


def test_a_run_that_looks_back_leaves_the_cases_alone(detect, book, clock):
    detect()
    before = book.audit.changes()
    assert living(detect(START - DAY)) == []
    assert book.audit.changes() == before


def test_a_casebook_that_fails_leaves_the_published_run_in_force(detect, book, store, monkeypatch):
    detect()
    before = store.runs.current()

    def fails(_: int) -> None:
        raise StoreUnavailableError("Down")

    monkeypatch.setattr(book, "standing", fails)
    with pytest.raises(StoreUnavailableError):
        detect()
    assert store.runs.current() == before


def test_judgements_become_labels_and_homes_of_people_who_are_known(detect, book, store, clock):
    (ring_id,) = living(detect())
    book.judgements.judge(ring_id, Verdict.NOT_FRAUD, "x", author="ann", scope=Scope.MEMBERS, members=RING[:1])
    book.judgements.judge(ring_id, Verdict.HOUSEHOLD, "x", author="ann", scope=Scope.MEMBERS, members=RING[2:5])
    plain = project(store.graph)
    found = judged(plain, book.standing(clock.time))
    ids = found.accounts
    labels = found.labels.select("applicant", "label", "decided_at").rows()
    assert [(ids[number], label, at) for number, label, at in labels] == [("ring-0", "legit", clock.time)]
    assert found.labels.schema == plain.labels.schema
    pairs = [(ids[pair >> 32], ids[pair & 0xFFFFFFFF]) for pair in found.homes.tolist()]
    assert pairs == [("ring-2", "ring-3"), ("ring-3", "ring-4")]
    before_anybody = judged(project(store.graph, START - DAY), book.standing(clock.time))
    assert len(before_anybody.labels) == len(before_anybody.homes) == 0
