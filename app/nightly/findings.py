"""Reads back from the store what the published run found, for the report."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from app.nightly.report import Changes, Findings, ScoreBin
from app.telling import summary_in
from graph.language import Language
from graph.results import LIVING, Change, RingSummary, Run
from graph.store.contract import RingFilter, RingOrder, Store

TOP = 20
"""How many rings the report shows."""

_EDGES = np.linspace(0.0, 1.0, 11)
_PAGE = 1000


def findings_of(store: Store, run: Run, language: Language) -> Findings:
    """What the run found, its rings' reasons in this language; `run` must be the published one."""
    clear, scores = _distribution(store)
    top = store.runs.rings(RingFilter(change=LIVING), limit=TOP, run_id=run.run_id)
    return Findings(
        run=run,
        changes=tuple(_changes(store, run, change) for change in Change),
        top=tuple(summary_in(ring, language) for ring in top),
        language=language,
        clear=clear,
        scores=scores,
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


def _distribution(store: Store) -> tuple[int, tuple[ScoreBin, ...]]:
    """How many applicants have a score of 0, and how many are in each tenth above it."""
    counts: Counter[int] = Counter()
    clear = 0
    for chunk in store.runs.all_scores():
        scores = chunk["score"].to_numpy()
        clear += int((scores <= 0).sum())
        found, _ = np.histogram(scores[scores > 0], _EDGES)
        counts.update(dict(enumerate(found.tolist())))
    bins = (
        ScoreBin(low=round(float(low), 1), high=round(float(high), 1), applicants=counts[number])
        for number, (low, high) in enumerate(pairwise(_EDGES))
    )
    return clear, tuple(bins)
