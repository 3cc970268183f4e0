"""`ringfence detect` on an embedded store: publishes, keeps ids, looks no further than asked."""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from app.cli.main import app
from app.detection import Outcome, run_detection
from app.settings import Settings
from app.wiring import store_of
from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.errors import BusyError
from graph.learned import Learned
from graph.ontology.nodes import APPLICANT, LABEL
from graph.ontology.relationships import HAS_CARD, TRANSFERRED, USED_DEVICE
from graph.results import Change

DAY = 86_400
START = 1_700_000_000
RING = [f"ring-{n}" for n in range(6)]
PEOPLE = RING + [f"p{n:03d}" for n in range(400)]
THEN = datetime.fromtimestamp(START + 30 * DAY, UTC)


def seen(kind, pairs, first: int = START) -> RelationshipRows:
    start, end = zip(*pairs, strict=True)
    rows = pl.DataFrame({"start": start, "end": end, "first_seen": first, "last_seen": first + 20 * DAY})
    return RelationshipRows(kind, rows)


def known() -> Chunk:
    """Six people on two devices and two cards among four hundred with their own."""
    own = [(kind, [(who, f"{kind.type} of {who}") for who in PEOPLE]) for kind in (USED_DEVICE, HAS_CARD)]
    shared = [(who, f"ring's {n % 2}") for n, who in enumerate(RING)]
    crossed = [(who, f"ring's {n // 3}") for n, who in enumerate(RING)]
    people = pl.DataFrame({"key": PEOPLE, "created_at": START})
    rows = [seen(kind, pairs) for kind, pairs in own] + [seen(USED_DEVICE, shared), seen(HAS_CARD, crossed)]
    return Chunk(nodes=(NodeRows(APPLICANT, people),), relationships=tuple(rows))


def later() -> Chunk:
    """After `THEN`: more people on the ring's devices, a new circle of money, a label."""
    joined = seen(USED_DEVICE, [(f"p{n:03d}", "ring's 0") for n in range(20)], START + 40 * DAY)
    moved = pl.DataFrame(
        {"start": PEOPLE[9:13], "end": [*PEOPLE[10:13], PEOPLE[9]], "key": ["t1", "t2", "t3", "t4"],
         "amount": 1000, "ts": [START + (41 + n) * DAY for n in range(4)]}
    )  # fmt: skip
    label = pl.DataFrame(
        {"key": ["x"], "applicant_id": RING[:1], "label": ["fraud"], "source": ["x"], "decided_at": [START + 50 * DAY]}
    )
    return Chunk(nodes=(NodeRows(LABEL, label),), relationships=(joined, RelationshipRows(TRANSFERRED, moved)))


def crowded() -> Chunk:
    """Afterwards everybody uses what the ring shares: it says nothing any more."""
    everybody = [(who, f"ring's {n % 2}") for n, who in enumerate(PEOPLE)]
    return Chunk(relationships=tuple(seen(kind, everybody, START + 40 * DAY) for kind in (USED_DEVICE, HAS_CARD)))


def said(outcome: Outcome) -> list[dict]:
    """What was found, without the names of the run and the rings."""
    return [ring.model_dump(exclude={"run_id", "ring_id", "change", "previous"}) for ring in outcome.rings]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(store=f"sqlite:///{tmp_path}/store.db")
    with store_of(settings) as store:
        store.graph.merge(known())
    return settings


def test_the_ring_is_found_and_published(settings):
    with store_of(settings) as store:
        outcome = run_detection(store, keep_runs=3)
        assert store.runs.current() == outcome.run
        (ring,) = store.runs.rings()
        assert sorted(store.runs.members()["applicant_id"]) == RING
        score = store.runs.score(RING[0])
        assert score is not None
        assert score.ring_id == ring.ring_id
        assert score.reasons
    assert outcome.run.rings == 1
    assert outcome.run.applicants == len(PEOPLE)
    assert outcome.changes["new"] == 1


def test_a_ring_keeps_its_id_and_one_that_is_gone_is_told_once(settings):
    with store_of(settings) as store:
        (first,) = run_detection(store, keep_runs=3).rings
        (second,) = run_detection(store, keep_runs=3).rings
        store.graph.merge(crowded())
        (gone,) = run_detection(store, keep_runs=5).rings
        assert run_detection(store, keep_runs=5).rings == []
    assert (second.ring_id, second.change) == (first.ring_id, Change.SAME)
    assert (gone.ring_id, gone.change, gone.size) == (first.ring_id, Change.GONE, len(RING))


def test_a_ring_that_is_gone_is_not_in_the_queue(settings):
    with store_of(settings) as store:
        run_detection(store, keep_runs=3)
        store.graph.merge(crowded())
        run_detection(store, keep_runs=3)
    answer = json.loads(CliRunner().invoke(app, ["rings", "--json", "--store", settings.store]).stdout)
    assert (answer["total"], answer["rings"]) == (0, [])


def test_a_run_that_looks_back_takes_no_ids_from_later_ones(settings):
    early = datetime.fromtimestamp(START - DAY, UTC)
    with store_of(settings) as store:
        (never_seen_before,) = run_detection(store, keep_runs=5, as_of=THEN).rings
        store.graph.merge(later())
        run_detection(store, keep_runs=5)
        assert run_detection(store, keep_runs=5, as_of=early).rings == []
        (ring,) = run_detection(store, keep_runs=5, as_of=THEN).rings
    assert (ring.ring_id, ring.change) == (never_seen_before.ring_id, Change.SAME)


def test_nothing_later_than_the_moment_influences_the_result(settings):
    with store_of(settings) as store:
        before = said(run_detection(store, keep_runs=3, as_of=THEN))
        store.graph.merge(later())
        assert said(run_detection(store, keep_runs=3, as_of=THEN)) == before
        assert said(run_detection(store, keep_runs=3)) != before


def test_two_at_once_are_refused(settings):
    with store_of(settings) as one, store_of(settings) as other, one.exclusive("detect"):
        with pytest.raises(BusyError):
            run_detection(other, keep_runs=3)
        assert other.runs.current() is None


def test_the_command_tells_run_rings_and_time(settings):
    result = CliRunner().invoke(app, ["detect", "--store", settings.store])
    assert result.exit_code == 0, result.output
    assert "1 rings among 406 applicants" in result.stdout
    assert "1 new" in result.stdout


def test_the_command_answers_programs_in_json(settings):
    result = CliRunner().invoke(app, ["detect", "--store", settings.store, "--as-of", "2023-12-14", "--json"])
    answer = json.loads(result.stdout)
    assert answer["run"]["as_of"] == "2023-12-14T00:00:00Z"
    assert answer["changes"]["new"] == 1
    assert answer["seconds"] > 0


def test_a_run_that_looks_back_says_what_it_replaces_and_ids_survive_it(settings):
    def rings() -> set[str]:
        with store_of(settings) as store:
            return {ring.ring_id for ring in store.runs.rings() if ring.change is not Change.GONE}

    CliRunner().invoke(app, ["detect", "--store", settings.store])
    today = rings()
    back = CliRunner().invoke(app, ["detect", "--store", settings.store, "--as-of", "2023-11-01"])
    assert "stands in its place" in back.stderr
    assert rings() != today
    again = CliRunner().invoke(app, ["detect", "--store", settings.store])
    assert "stands in its place" not in again.stderr
    assert rings() == today


def test_what_the_run_has_learned_is_published_with_it(settings):
    with store_of(settings) as store:
        outcome = run_detection(store, keep_runs=3)
        learned = Learned.from_bytes(store.runs.learned(outcome.run.run_id))
        [ring] = [ring for ring in outcome.rings if {member.applicant_id for member in ring.members} == set(RING)]
        one = learned.person(RING[0])
        assert learned.ring_ids[learned.people.ring[one]] == ring.ring_id
        assert learned.people.score[one] == np.float32(store.runs.score(RING[0]).score)
        assert {learned.person(who) for who in RING[1:]} == set(learned.within_two([one]).tolist())
        assert learned.identifier("device", "ring's 0").users == 3
        assert learned.identifier("device", f"USED_DEVICE of {RING[0]}") is None
