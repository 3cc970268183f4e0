"""The whole detection: rings and scores that add up, the same on any order and number of threads."""

import json

import networkit
import networkx as nx
import numpy as np
import polars as pl
import pytest

from detectors.detection import Detection, assemble, detect
from detectors.reasons import CODES
from detectors.sentences import comparison, reason_text
from graph.language import Language
from graph.results import Change, Ring

NOTHING = pl.DataFrame(schema={"ring_id": pl.String, "applicant_id": pl.String})


@pytest.fixture(scope="module")
def found(small_world) -> Detection:
    return detect(small_world.projection, NOTHING, "run-1")


def as_text(detection: Detection) -> list[str]:
    return [ring.model_dump_json() for ring in detection.rings] + detection.scores.write_json().splitlines()


def test_finds_every_ring_before_anything_else(found, small_world):
    best = [{member.applicant_id for member in ring.members} for ring in found.rings[: len(small_world.rings) + 2]]
    for ring in map(set, small_world.rings):
        assert max(len(ring & one) / len(ring | one) for one in best) >= 0.8


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_on_any_order_and_number_of_threads(threads, found, small_world):
    before = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(threads)
    try:
        again = detect(small_world.sketch.projection(shuffle=threads), NOTHING, "run-1")
    finally:
        networkit.setNumberOfThreads(before)
    assert as_text(again) == as_text(found)


def test_scores_are_sums_of_their_parts_and_spread(found):
    scores = [ring.score for ring in found.rings]
    for ring in found.rings:
        assert ring.score == pytest.approx(sum(part.value for part in ring.parts), abs=1e-8)
        assert 0 < ring.score < 1
    assert scores == sorted(scores, reverse=True)


def test_calibration_keeps_the_order_of_totals_and_makes_no_ties(small_world):
    assembly = assemble(small_world.projection, {})
    total, score = assembly.totals.total, assembly.chances.ring
    order = np.argsort(total, kind="stable")
    assert (np.diff(score[order]) >= 0).all()
    assert len(np.unique(score)) == len(np.unique(total)) > len(total) / 2


def test_no_hundredth_of_the_scale_holds_a_third_of_the_rings(found):
    hundredths, _ = np.histogram([ring.score for ring in found.rings], np.linspace(0, 1, 101))
    assert hundredths.max() < len(found.rings) / 3


def test_every_ring_tells_whom_acting_on_it_would_harm(found):
    for ring in found.rings:
        assert 0 <= ring.false_kills_low <= ring.false_kills_high <= ring.size
        assert 0 <= ring.false_kills <= ring.size
        assert ring.false_kill_share == pytest.approx(ring.false_kills / ring.size, abs=1e-6)


def test_a_cleared_member_is_an_honest_one(small_world):
    ring = small_world.rings[0]
    small_world.sketch.labels += [(who, "legit", 1_700_000_000 + 200 * 86_400) for who in ring[:2]]
    try:
        cleared = detect(small_world.projection, NOTHING, "run-1")
    finally:
        del small_world.sketch.labels[-2:]
    (same,) = (one for one in cleared.rings if {*ring} <= {member.applicant_id for member in one.members})
    assert same.false_kills_low >= 2


def test_the_calibration_is_kept_with_the_run(found, small_world):
    assert 0 < found.figures["calibration_half"] < 1
    assert found.figures["calibration_verdicts"] == len(small_world.rings)


def test_rings_are_valid_results(found):
    for ring in found.rings:
        assert Ring.model_validate(ring.model_dump()) == ring
        assert ring.size == len(ring.members)
        assert ring.kind == ring.reasons[0].code
        assert ring.headline == ring.reasons[0].text
        assert {reason.code for reason in ring.reasons} <= set(CODES)


def test_reasons_hold_no_personal_data(found, small_world):
    for ring in found.rings:
        text = " ".join([ring.headline, *(reason.text for reason in ring.reasons), *(one.detail for one in ring.parts)])
        assert not any(member.applicant_id in text for member in ring.members)


def test_every_reason_opens_evidence_and_all_evidence_belongs_to_a_reason(found):
    for ring in found.rings:
        assert {one.code for one in ring.evidence} == {reason.code for reason in ring.reasons}


def test_a_burst_opens_as_many_applications_as_it_counts(found):
    bursts = [(ring, reason) for ring in found.rings for reason in ring.reasons if reason.code == "burst"]
    assert bursts
    for ring, reason in bursts:
        assert sum(one.code == "burst" for one in ring.evidence) == reason.figures["quick"]


def test_evidence_connects_all_members(found):
    for ring in found.rings:
        graph = nx.Graph([(number, end) for number, one in enumerate(ring.evidence) for end in one.joins])
        members = {member.applicant_id for member in ring.members}
        assert members <= nx.node_connected_component(graph, ring.members[0].applicant_id)


def test_sentences_are_made_of_the_stored_figures(found):
    for ring in found.rings:
        assert ring.headline == reason_text(ring.kind, ring.headline_figures, Language.EN)
        for reason in ring.reasons:
            assert reason.text == reason_text(reason.code, reason.figures, Language.EN)
            assert reason.compared == comparison(reason.code, reason.figures, Language.EN) != ""


def test_an_applicant_is_told_first_what_names_him(found):
    told = {one: json.loads(reasons) for one, reasons in found.scores.select("applicant_id", "reasons").iter_rows()}
    for ring in found.rings:
        for member in ring.members:
            named = {one.code for one in ring.evidence if member.applicant_id in one.applicants}
            is_named = [reason["code"] in named for reason in told[member.applicant_id]]
            assert is_named == sorted(is_named, reverse=True)


def test_what_is_usual_is_kept_with_the_run(found):
    assert 0 < found.figures["usual_shared_device"] < 1


def test_applicant_scores_are_what_a_store_publishes(found):
    assert found.scores.schema == {
        "applicant_id": pl.String, "score": pl.Float64, "ring_id": pl.String, "parts": pl.String, "reasons": pl.String,
    }  # fmt: skip
    assert found.scores["applicant_id"].is_sorted()
    assert found.scores["applicant_id"].is_unique().all()
    for score, parts, reasons in found.scores.select("score", "parts", "reasons").iter_rows():
        assert score == pytest.approx(sum(part["value"] for part in json.loads(parts)), abs=1e-5)
        assert json.loads(reasons)[0]["text"]


def test_a_ring_keeps_its_id_in_the_next_run(found, small_world):
    previous = pl.DataFrame(
        [(ring.ring_id, member.applicant_id) for ring in found.rings for member in ring.members]
        + [("R-old", "nobody")],
        schema=NOTHING.schema, orient="row",
    )  # fmt: skip
    again = detect(small_world.projection, previous, "run-2")
    assert [ring.ring_id for ring in again.rings[:-1]] == [ring.ring_id for ring in found.rings]
    assert {ring.change for ring in again.rings[:-1]} == {Change.SAME}
    assert (again.rings[-1].ring_id, again.rings[-1].change) == ("R-old", Change.GONE)
    assert [member.applicant_id for member in again.rings[-1].members] == ["nobody"]


def test_an_empty_graph_has_no_rings(sketch):
    empty = detect(sketch.projection(), NOTHING, "run-1")
    assert empty.rings == []
    assert empty.scores.height == 0


def test_a_label_raises_a_score(found, small_world):
    ring = small_world.rings[0]
    small_world.sketch.labels.append((ring[1], "fraud", 1_700_000_000))
    try:
        raised = detect(small_world.projection, NOTHING, "run-1")
    finally:
        small_world.sketch.labels.pop()
    before, after = (dict(one.scores.select("applicant_id", "score").iter_rows()) for one in (found, raised))
    assert after[ring[1]] > before[ring[1]]
    assert np.mean([after[one] for one in ring]) > np.mean([before[one] for one in ring])
