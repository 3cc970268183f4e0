"""Honest people whom acting on a ring would harm: how many, and how surely."""

import numpy as np
import pytest
from scipy.stats import betabinom

from detectors.calibration import ALIKE
from detectors.false_kills import TAIL, false_kills

SCORES = np.array([0.02, 0.1, 0.5, 0.77, 0.95, 0.999])
SIZES = np.array([3, 8, 10, 25, 60, 100])


def test_the_interval_is_that_of_the_beta_binomial():
    _, low, high = false_kills(SCORES, SIZES, np.zeros(6, np.int64))
    shape = ((1 - SCORES) * (1 / ALIKE - 1), SCORES * (1 / ALIKE - 1))
    assert low.tolist() == betabinom.ppf(TAIL, SIZES, *shape).tolist()
    assert high.tolist() == betabinom.ppf(1 - TAIL, SIZES, *shape).tolist()


def test_the_expected_number_is_within_the_interval():
    expected, low, high = false_kills(SCORES, SIZES, np.zeros(6, np.int64))
    assert expected.tolist() == pytest.approx((SIZES * (1 - SCORES)).tolist())
    assert (low <= np.ceil(expected)).all()
    assert (expected <= high + 1).all()


def test_a_likelier_ring_harms_fewer():
    expected, _, high = false_kills(np.array([0.3, 0.6, 0.9]), np.full(3, 20), np.zeros(3, np.int64))
    assert (np.diff(expected) < 0).all()
    assert (np.diff(high) <= 0).all()


def test_of_whom_it_is_known_that_is_counted_and_nothing_else():
    """Ten members: two were cleared, five are labelled as fraud, of three nobody has said anything."""
    expected, low, high = (float(one[0]) for one in false_kills(np.array([0.5]), np.array([3]), np.array([2])))
    assert expected == 3.5
    assert 2 <= low <= high <= 5


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_certainty_breaks_nothing(score):
    expected, low, high = false_kills(np.array([score]), np.array([4]), np.array([0]))
    assert [expected[0], low[0], high[0]] == [4 * (1 - score)] * 3


def test_no_rings_no_harm():
    assert [len(one) for one in false_kills(np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64))] == [0, 0, 0]
