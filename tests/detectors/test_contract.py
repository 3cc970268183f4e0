"""What every registered detector must do. A new one is found here by itself."""

import networkit
import networkx as nx
import numpy as np
import polars as pl
import pytest

from detectors.context import context_of
from detectors.contract import Detector, Finding
from detectors.reasons import CODES
from detectors.registry import DETECTORS
from graph.results import Evidence

HONEST = 0.45
"""On honest sharing alone no finding may look more suspicious than this."""

each_detector = pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)


def _as_text(findings: list[Finding]) -> list[tuple]:
    return [
        (one.detector, one.code, one.members.tolist(), one.score, [e.model_dump_json() for e in one.evidence])
        for one in findings
    ]


@pytest.fixture(scope="module")
def context(small_world):
    return context_of(small_world.projection)


def test_names_are_unique():
    assert len({detector.name for detector in DETECTORS}) == len(DETECTORS)


@each_detector
def test_is_documented_as_product_text(detector: Detector):
    text = type(detector).__doc__ or ""
    assert len(text) > 40
    assert text.endswith(".")
    assert type(detector).find.__doc__


@each_detector
def test_finds_something_in_the_small_world(detector: Detector, context):
    assert list(detector.find(context))


@each_detector
def test_findings_are_well_formed(detector: Detector, context):
    ids = context.projection.accounts
    for finding in detector.find(context):
        assert finding.detector == detector.name
        assert finding.code in CODES
        assert len(finding.members) >= 2
        assert (np.diff(finding.members) > 0).all()
        assert context.projection.is_applicant[finding.members].all()
        assert 0 <= finding.score <= 1
        assert finding.evidence
        members = set(ids.gather(finding.members))
        assert all(set(one.applicants) <= members for one in finding.evidence)


@each_detector
def test_evidence_connects_the_members(detector: Detector, context):
    for finding in detector.find(context):
        graph = nx.Graph([(number, end) for number, one in enumerate(finding.evidence) for end in one.joins])
        members = set(context.projection.accounts.gather(finding.members))
        assert members <= nx.node_connected_component(graph, min(members))


@each_detector
def test_evidence_is_serialisable(detector: Detector, context):
    for finding in detector.find(context):
        for one in finding.evidence:
            assert Evidence.model_validate_json(one.model_dump_json()) == one


@each_detector
def test_says_the_same_twice_and_on_any_number_of_threads(detector: Detector, context):
    threads = networkit.getMaxNumberOfThreads()
    first = _as_text(list(detector.find(context)))
    try:
        for number in (1, 2):
            networkit.setNumberOfThreads(number)
            assert _as_text(list(detector.find(context))) == first
    finally:
        networkit.setNumberOfThreads(threads)


@each_detector
def test_does_not_depend_on_the_order_of_the_input(detector: Detector, context, small_world):
    shuffled = context_of(small_world.sketch.projection(shuffle=11))
    assert _as_text(list(detector.find(shuffled))) == _as_text(list(detector.find(context)))


@each_detector
def test_is_silent_on_an_empty_graph(detector: Detector, sketch):
    assert list(detector.find(context_of(sketch.projection()))) == []


@each_detector
def test_is_quiet_about_honest_sharing(detector: Detector, honest_world):
    loud = [finding for finding in detector.find(context_of(honest_world.projection)) if finding.score > HONEST]
    assert _as_text(loud) == []


@each_detector
def test_ranks_ring_members_above_others(detector: Detector, context, small_world):
    score = np.zeros(len(context.roof))
    for finding in detector.find(context):
        score[finding.members] = np.maximum(score[finding.members], finding.score)
    people = context.projection.accounts.filter(pl.Series(context.projection.is_applicant))
    in_ring = people.is_in([one for ring in small_world.rings for one in ring]).to_numpy()
    score = score[context.projection.is_applicant]
    assert score[in_ring].mean() > 5 * score[~in_ring].mean()
