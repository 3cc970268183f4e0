"""One detection run on a store: read the graph, find rings, publish them in one step."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import polars as pl

from app.judged import judged
from app.score_spread import counted
from graph.errors import NotFoundError
from graph.kept_tables import KeptTables
from graph.projecting import project, project_latest
from graph.projection import Projection
from graph.results import Change, Ring, Run
from graph.store.contract import Store

if TYPE_CHECKING:
    from cases.casebook import Casebook
    from detectors.detection import Detection

STEPS = ("Reading the graph", "Finding rings", "Publishing")

NO_RINGS = pl.DataFrame(schema={"ring_id": pl.String, "applicant_id": pl.String})
"""What lived before the first run."""

Report = Callable[[str], None]
"""Is told the name of each step as it begins."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A published run and all its rings, those that are gone included."""

    run: Run
    rings: list[Ring]

    @property
    def changes(self) -> dict[str, int]:
        """Number of rings by how they changed, in the order of `Change`."""
        return {change.value: sum(ring.change is change for ring in self.rings) for change in Change}


def run_detection(  # noqa: PLR0913 (what a run needs, and what it may do without)
    store: Store,
    *,
    keep_runs: int,
    as_of: datetime | None = None,
    work_dir: Path | None = None,
    casebook: "Casebook | None" = None,
    report: Report = lambda _: None,
) -> Outcome:
    """Detect as of a moment (the latest time in the data if not given) and publish.

    What is read at the latest time is kept in `work_dir` for the next time; the result is the same without.
    What was judged in the `casebook` until the moment counts (without one: until now). The cases follow a run of now;
    one that looks back leaves them alone.
    Raises `BusyError` if another process detects on this store, `NotFoundError` if there is nobody in it. Whatever
    fails before the end leaves the published run in force.
    """
    with store.exclusive("detect"), _no_search_for_cycles(), ThreadPoolExecutor(1) as aside:
        detectors = aside.submit(_detectors)
        started = datetime.now(UTC)
        seconds = perf_counter()
        report(STEPS[0])
        projection = _projection(store, as_of, work_dir)
        if as_of is None and not len(projection.accounts):
            raise NotFoundError("Nobody is in the store", where=store.address, do="Load tables: `ringfence ingest`.")
        if casebook is not None:
            projection = judged(projection, casebook.standing(int((as_of or started).timestamp())))
        read = perf_counter() - seconds
        report(STEPS[1])
        run_id = f"{started:%Y%m%dT%H%M%S}{started.microsecond // 1000:03d}Z"
        found = detectors.result()(projection, _rings_before(store, projection.as_of), run_id)
        report(STEPS[2])
        run = Run(
            run_id=run_id,
            as_of=datetime.fromtimestamp(projection.as_of, UTC),
            started_at=started,
            finished_at=datetime.now(UTC),
            rings=sum(ring.change is not Change.GONE for ring in found.rings),
            applicants=int(projection.is_applicant.sum()),
            figures=found.figures | {"read_seconds": read} | _sizes(projection) | _outcome(found),
        )
        published = store.runs.publish(run, found.rings, found.scores, keep=keep_runs, learned=found.learned.to_bytes())
        outcome = Outcome(published, found.rings)
        if casebook is not None and as_of is None:
            casebook.follow(outcome.run, outcome.rings)
        return outcome


def _detectors() -> Callable[[Projection, pl.DataFrame, str], "Detection"]:
    """What takes seconds to load: other commands need not wait for it, and this one reads the graph meanwhile."""
    from detectors.detection import detect  # noqa: PLC0415

    return detect


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A run makes hundreds of thousands of objects and hardly a cycle; to look for some takes a tenth of its time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _projection(store: Store, as_of: datetime | None, work_dir: Path | None) -> Projection:
    if as_of is not None:
        return project(store.graph, int(as_of.timestamp()))
    if work_dir is None:
        return project(store.graph)
    return project_latest(store.graph, KeptTables.of(work_dir, store.address))


def _rings_before(store: Store, moment: int) -> pl.DataFrame:
    """The rings of the kept run that looked furthest, not beyond the moment: ids of later ones are not known yet."""
    earlier = [run for run in store.runs.runs() if run.as_of.timestamp() <= moment]
    if not earlier:
        return NO_RINGS
    return store.runs.members(run_id=max(earlier, key=lambda run: run.as_of).run_id)


def _outcome(found: "Detection") -> dict[str, float]:
    """What runs are compared by: how the scores spread, and how many honest people the rings are expected to hold."""
    return counted(found.scores["score"]) | {"false_kills": sum(ring.false_kills or 0.0 for ring in found.rings)}


def _sizes(projection: Projection) -> dict[str, float]:
    seen = sum(len(one.applicant) for one in projection.observations.values())
    return {"observations": seen, "transfers": len(projection.transfers.source)}
