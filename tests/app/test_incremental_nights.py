"""A night that reads only what is new gives what a full run on a fresh store gives: rings, ids, scores, reasons."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from app.detection import Outcome, run_detection
from app.settings import Settings
from app.wiring import store_of
from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ontology.nodes import APPLICANT, LABEL
from graph.ontology.relationships import HAS_CARD, USED_DEVICE
from graph.results import Change
from graph.store.contract import Store
from graph.store.sqlite import graph as sqlite_graph
from ingest.options import Options
from ingest.pipeline import load_folder

KEEP = 9


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two empty stores that are given the same."""
    with ExitStack() as stack:
        urls = (f"sqlite:///{tmp_path}/{name}.db" for name in ("one", "other"))
        one, other = (stack.enter_context(store_of(Settings(store=url))) for url in urls)
        yield one, other


@pytest.fixture
def read_whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which tables were read from their first row to their last."""
    read: list[str] = []
    pages = sqlite_graph.pages
    monkeypatch.setattr(sqlite_graph, "pages", lambda *args: read.append(args[1]) or pages(*args))
    return read


def load(folder: Path, stores: tuple[Store, Store], tmp_path: Path) -> None:
    for store in stores:
        outcome = load_folder(store, folder, Options(work_dir=tmp_path / "ingest", max_bad_share=1.0))
        assert outcome.loads
        assert not outcome.refused


def said(store: Store, outcome: Outcome) -> dict[str, Any]:
    """Everything that was found and published, without the name of the run."""
    scores = [row for frame in store.runs.all_scores() for row in frame["applicant_id"]]
    return {
        "rings": [ring.model_dump(exclude={"run_id"}) for ring in outcome.rings],
        "kept": [store.runs.ring(ring.ring_id).model_dump(exclude={"run_id"}) for ring in outcome.rings],
        "scores": {who: one.model_dump(exclude={"run_id"}) for who, one in store.runs.scores(scores).items()},
        "figures": {name: value for name, value in outcome.run.figures.items() if not name.endswith("_seconds")},
        "as_of": outcome.run.as_of,
    }


def joined(ring: list[str], day: int) -> Chunk:
    """Somebody new uses what a ring uses, and three others have met."""
    pairs = [("new", "phone of the ring"), *((who, "phone of the ring") for who in ring)]
    seen = {"first_seen": day, "last_seen": day + 9 * 86_400}
    rows = pl.DataFrame({"start": [who for who, _ in pairs], "end": [what for _, what in pairs]})
    observed = rows.with_columns(pl.lit(value).alias(name) for name, value in seen.items())
    return Chunk(relationships=(RelationshipRows(USED_DEVICE, observed), RelationshipRows(HAS_CARD, observed)))


def labelled(applicant_id: str, label: str, day: int) -> Chunk:
    columns = {"key": applicant_id, "applicant_id": applicant_id, "label": label, "source": "x", "decided_at": day}
    return Chunk(nodes=(NodeRows(LABEL, pl.DataFrame([columns])),))


def renamed(applicant_id: str, day: int) -> Chunk:
    return Chunk(
        nodes=(NodeRows(APPLICANT, pl.DataFrame([{"key": applicant_id, "name": "N. N.", "created_at": day}])),)
    )


def test_nights_are_what_full_runs_on_a_fresh_store_are(small_world, stores, tmp_path, read_whole):
    fast, full = stores
    load(small_world / "initial", stores, tmp_path)
    first = run_detection(fast, keep_runs=KEEP, work_dir=tmp_path / "work")
    assert said(fast, first) == said(full, run_detection(full, keep_runs=KEEP))

    day = int(first.run.as_of.timestamp())
    (suspect, *others) = [member.applicant_id for member in first.rings[0].members]
    load(small_world / "night-01", stores, tmp_path)
    for store in stores:
        store.graph.merge(joined(others, day))
        store.graph.merge(labelled(suspect, "fraud", day))
    assert read_whole
    read_whole.clear()
    second = run_detection(fast, keep_runs=KEEP, work_dir=tmp_path / "work")
    assert not read_whole
    assert said(fast, second) == said(full, run_detection(full, keep_runs=KEEP))
    assert {ring.change for ring in second.rings} >= {Change.SAME, Change.GROWN}

    load(small_world / "night-02", stores, tmp_path)
    for store in stores:
        store.graph.merge(labelled(suspect, "legit", day + 86_400))
        store.graph.merge(renamed(others[0], day + 86_400))
    read_whole.clear()
    third = run_detection(fast, keep_runs=KEEP, work_dir=tmp_path / "work")
    assert not read_whole
    assert said(fast, third) == said(full, run_detection(full, keep_runs=KEEP))
    assert tainted(second, suspect)
    assert not tainted(third, suspect)


def tainted(outcome: Outcome, applicant_id: str) -> bool:
    """Does a ring say that the applicant is known fraud?"""
    return any(
        one.code == "known_fraud" and applicant_id in one.applicants for ring in outcome.rings for one in ring.evidence
    )


def test_a_look_back_neither_uses_what_is_kept_nor_spoils_it(small_world, stores, tmp_path):
    store, other = stores
    load(small_world / "initial", stores, tmp_path)
    now = run_detection(store, keep_runs=KEEP, work_dir=tmp_path / "work")
    (kept,) = (tmp_path / "work" / "detect").iterdir()
    before = kept.read_bytes()
    then = datetime.fromtimestamp(now.run.as_of.timestamp() - 30 * 86_400, UTC)
    for chosen in stores:
        run_detection(chosen, keep_runs=KEEP, as_of=then, work_dir=tmp_path / "work")
    assert kept.read_bytes() == before
    assert list(kept.parent.iterdir()) == [kept]
    kept.write_bytes(b"damaged")
    again = run_detection(store, keep_runs=KEEP, as_of=then, work_dir=tmp_path / "work")
    assert said(store, again) == said(other, run_detection(other, keep_runs=KEEP, as_of=then))
    assert kept.read_bytes() == b"damaged"
