"""The whole detection: from a projection to rings and applicant scores."""

from dataclasses import dataclass
from functools import partial
from time import perf_counter

import polars as pl

from detectors.assembly import Assembly
from detectors.context import context_of
from detectors.contract import Context, Detector, Finding
from detectors.learning import learned
from detectors.registry import DETECTORS
from detectors.rings import gather
from graph.learned import Learned
from graph.projection import Projection
from graph.results import Ring
from graph.threads import in_threads


@dataclass(frozen=True, slots=True)
class Detection:
    """What a run found.

    `scores` as `RunStore.publish` wants them; `learned`: what decisions until the next run look up; `figures`: seconds,
    counts and what is usual, by name.
    """

    rings: list[Ring]
    scores: pl.DataFrame
    learned: Learned
    figures: dict[str, float]


def detect(projection: Projection, previous: pl.DataFrame, run_id: str) -> Detection:
    """Find the rings in a projection. `previous`: `ring_id`, `applicant_id` of the rings that lived in the run before.

    The same projection, previous rings and run id give the same result, whatever the number of threads.
    """
    figures: dict[str, float] = {}
    assembly = assemble(projection, figures)
    start = perf_counter()
    before = previous.group_by("ring_id").agg("applicant_id").iter_rows()
    rings = assembly.rings(run_id, {ring: frozenset(members) for ring, members in before})
    scores = assembly.scores(rings)
    figures["rings_seconds"] += perf_counter() - start
    start = perf_counter()
    known = learned(assembly.context, rings, scores)
    figures["learning_seconds"] = perf_counter() - start
    return Detection(rings, scores, known, figures | assembly.norms.figures() | assembly.chances.figures())


def assemble(projection: Projection, figures: dict[str, float]) -> Assembly:
    """What all detectors find in a projection, gathered and measured; seconds and counts are added to `figures`."""
    context = context_of(projection, figures)
    findings: list[Finding] = []
    for detector, (found, seconds) in zip(DETECTORS, in_threads(partial(_timed, context), DETECTORS), strict=True):
        findings += found
        figures[f"{detector.name}_seconds"] = seconds
    start = perf_counter()
    assembly = Assembly(context, gather(findings))
    figures["rings_seconds"] = perf_counter() - start
    figures["links"] = len(context.links.low)
    figures["findings"] = len(findings)
    return assembly


def _timed(context: Context, detector: Detector) -> tuple[list[Finding], float]:
    """What it found, and the seconds that it took (while another was at work beside it)."""
    start = perf_counter()
    return list(detector.find(context)), perf_counter() - start
