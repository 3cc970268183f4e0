"""Scores are sums of parts that never reach their weight."""

import numpy as np
import pytest

from detectors.contract import Finding
from detectors.scoring import WEIGHTS, applicant_parts, calibrated, member_total, ring_parts, total

TRUSTED = {"transfer_cycle": 1.0}
STRONG = {"depth": 40.0, "families": 6, "roofs": 80, "size": 80, "tempo": 1.0, "taint": 1.0, "tainted": 80}
STRONG |= {"block": 80, "held": 2_000.0, "unusual": 90.0}
WEAK = {"depth": 3.0, "families": 1, "roofs": 2, "size": 3, "tempo": 0.34, "taint": 0.0, "tainted": 0}
WEAK |= {"block": 0, "held": 0.0, "unusual": 0.7}


def cycle(size: int) -> Finding:
    return Finding("cycles", "transfer_cycle", np.arange(size, dtype=np.int32), 0.8, ())


def test_weights_add_up_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_even_the_strongest_ring_stays_below_one():
    assert 0.9 < total(ring_parts(STRONG, [cycle(80)], TRUSTED)) < 1


def test_two_homes_with_some_evidence_score_nothing():
    assert total(ring_parts(WEAK, [], TRUSTED)) == 0


@pytest.mark.parametrize(
    ("figure", "more"),
    [("depth", 10.0), ("families", 3), ("roofs", 6), ("tempo", 0.9), ("taint", 0.5), ("unusual", 20.0)],
)
def test_more_of_anything_scores_more(figure, more):
    base = WEAK | {"depth": 5.0, "roofs": 4}
    assert total(ring_parts(base | {figure: more}, [], TRUSTED)) > total(ring_parts(base, [], TRUSTED))


def test_a_cycle_counts_by_the_share_of_members_it_covers():
    small, whole = (total(ring_parts(WEAK | {"size": 6}, [cycle(size)], TRUSTED)) for size in (3, 6))
    assert 0 < small < whole


def test_a_dense_block_counts_by_the_share_of_homes_in_it_from_three_homes_on():
    parts = [ring_parts(WEAK | {"roofs": 6, "block": homes, "held": 8.0 * homes}, [], {}) for homes in (2, 3, 6)]
    two, small, whole = ({part.name: part.value for part in one}.get("block", 0.0) for one in parts)
    assert two == 0
    assert small == pytest.approx(whole / 2, abs=1e-6)


def test_being_unusual_adds_little_to_an_applicants_score_and_makes_none():
    plain, odd = (total(applicant_parts(0.4, 0.0, unusual)) for unusual in (0.0, 0.99))
    assert plain < odd < plain + 0.02
    assert applicant_parts(0.4, 0.0, 0.99)[-1].detail == "more unusual than 99% of customers"


def test_details_tell_the_values():
    details = {part.name: part.detail for part in ring_parts(STRONG, [], TRUSTED)}
    assert details["reach"] == "80 homes"
    assert details["independence"] == "6 independent kinds of evidence"


def test_a_loosely_held_member_counts_for_less():
    loose, usual, firm = member_total(np.array([0.6] * 3), np.array([0.1, 0.6, 1.0]))
    assert usual == pytest.approx(0.6)
    assert loose < usual < firm


def test_no_total_of_a_member_exceeds_one():
    assert member_total(np.array([0.99]), np.array([1.0])) == 1


def test_calibrated_parts_add_up_to_the_chance_and_keep_their_proportions():
    parts = ring_parts(STRONG, [cycle(80)], TRUSTED)
    scaled = calibrated(parts, 0.3)
    assert total(scaled) == pytest.approx(0.3, abs=1e-5)
    share = 0.3 / total(parts)
    assert [part.value for part in scaled] == pytest.approx([part.value * share for part in parts], abs=1e-6)
    assert [part.detail for part in scaled] == [part.detail for part in parts]


def test_an_applicant_without_ring_scores_by_taint_alone():
    assert [part.name for part in applicant_parts(0.0, 0.5, 0.0)] == ["taint"]


def test_known_fraud_nearby_adds_to_what_the_ring_says_and_never_exceeds_one():
    alone, both = (total(applicant_parts(member, 1.0, 0.5)) for member in (0.0, 0.9))
    assert 0.5 < alone < both < 1
    assert total(applicant_parts(0.9, 0.0, 0.0)) == 0.9
