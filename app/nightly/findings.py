"""Reads back from the store what the published run found, for the report."""

from collections.abc import Iterator

from app.nightly.report import Changes, Findings
from app.score_spread import bins_of, clear_of
from app.telling import summary_in
from graph.language import Language
from graph.results import LIVING, Change, RingSummary, Run
from graph.store.contract import RingFilter, RingOrder, Store

TOP = 20
"""How many rings the report shows."""

_PAGE = 1000


def findings_of(store: Store, run: Run, language: Language) -> Findings:
    """What the run found, its rings' reasons in this language; `run` must be the published one."""
    top = store.runs.rings(RingFilter(change=LIVING), limit=TOP, run_id=run.run_id)
    return Findings(
        run=run,
        changes=tuple(_changes(store, run, change) for change in Change),
        top=tuple(summary_in(ring, language) for ring in top),
        language=language,
        clear=clear_of(run),
        scores=bins_of(run),
    )


def _changes(store: Store, run: Run, change: Change) -> Changes:
    where = RingFilter(change=(change.value,))
    count = store.runs.count_rings(where, run_id=run.run_id)
    if change is Change.SAME:
        return Changes(change=change, count=count)
    return Changes(change=change, count=count, ring_ids=tuple(ring.ring_id for ring in _every(store, run, where)))


def _every(store: Store, run: Run, where: RingFilter) -> Iterator[RingSummary]:
    """All rings that the filter lets through, highest score first."""
    offset = 0
    while page := store.runs.rings(where, order=RingOrder.SCORE, offset=offset, limit=_PAGE, run_id=run.run_id):
        yield from page
        offset += len(page)
