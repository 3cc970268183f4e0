"""Totals become probabilities: in order, spread, by the default without labels, by the labels where there are many."""

import numpy as np
import pytest

from detectors.calibration import ALIKE, BASE_RATE, DEFAULT, Crowd, Curve, Verdicts, label_odds, learned, steady

NONE = Verdicts(np.empty(0), np.empty(0), np.empty(0))
TOTALS = np.linspace(0.08, 0.9, 400)


def labels(truth: Curve, count: int, seed: int = 1) -> Verdicts:
    """So many members with totals as they come, labelled as the curve says."""
    rng = np.random.default_rng(seed)
    total = rng.uniform(0.08, 0.7, count)
    return Verdicts(total, (rng.random(count) < truth.chance(total)).astype(float), np.ones(count))


def test_a_curve_rises_all_the_way_and_leaves_nothing_at_the_ends():
    for curve in (DEFAULT.curve, Curve(0.1, 8.0), Curve(0.5, 2.0)):
        chances = curve.chance(TOTALS)
        assert (np.diff(chances) > 0).all()
        assert 0 < chances[0] < chances[-1] < 1


def test_nothing_stays_nothing_and_half_is_half():
    assert Curve(0.2, 4.0).chance(np.array([0.0, 0.2])).tolist() == pytest.approx([0.0, 0.5])


def test_without_labels_the_default_holds():
    assert learned(NONE) == DEFAULT.curve


@pytest.mark.parametrize("truth", [Curve(0.1, 4.5), Curve(0.35, 4.5)])
def test_many_labels_find_the_truth_and_few_stay_with_the_default(truth):
    few, many = ([learned(labels(truth, count, seed)).half for seed in range(10)] for count in (10, 2000))
    assert many == pytest.approx([truth.half] * 10, rel=0.2)
    between = sorted((truth.half, DEFAULT.curve.half))
    assert between[0] < np.mean(few) < between[1]


def test_labels_on_one_side_alone_do_not_make_certainty():
    total = np.full(500, 0.3)
    for fraud in (0.0, 1.0):
        found = learned(Verdicts(total, np.full(500, fraud), np.ones(500)))
        assert 0.0001 < found.chance(0.3) < 0.9999


def test_fraud_that_is_labelled_more_often_than_honesty_proves_less():
    seen = labels(Curve(0.2, 4.5), 200)
    plain, biased = (learned(Verdicts(seen.total, seen.fraud, seen.weight, odds)) for odds in (1.0, 15.0))
    assert biased.half > plain.half


def test_labels_of_a_biased_sample_find_the_truth():
    truth, rng = Curve(0.3, 4.5), np.random.default_rng(2)
    total = rng.uniform(0.08, 0.7, 100_000)
    fraud = rng.random(100_000) < truth.chance(total)
    kept = rng.random(100_000) < np.where(fraud, 0.3, 0.02)
    seen = Verdicts(total[kept], fraud[kept].astype(float), np.ones(kept.sum()), odds=15.0)
    assert learned(seen).half == pytest.approx(0.3, rel=0.05)


def test_label_odds_are_those_of_the_sample():
    people = 100_000
    fraud, honest = round(0.3 * BASE_RATE * people), round(0.02 * (1 - BASE_RATE) * people)
    assert label_odds(fraud, honest, people) == pytest.approx(15, rel=0.02)


def test_where_everybody_has_a_label_all_are_equal():
    assert label_odds(3000, 7000, 10_000) == pytest.approx(1, rel=0.01)
    assert label_odds(10_000, 0, 10_000) == label_odds(0, 10_000, 10_000) == 1


@pytest.mark.parametrize("people", [0, 10_000])
def test_without_labels_nothing_is_thought_of_how_they_are_given(people):
    assert label_odds(0, 0, people) == pytest.approx(1)


def test_rings_that_would_make_a_crowd_of_fraudsters_are_doubted():
    few, many = (Crowd(np.full(count, 0.2), np.full(count, 10), 30_000) for count in (5, 500))
    assert learned(NONE, few) == DEFAULT.curve
    assert learned(NONE, many).half > DEFAULT.curve.half


def test_no_people_are_no_crowd():
    assert learned(NONE, Crowd(np.empty(0), np.empty(0, np.int64), 0)) == DEFAULT.curve


def test_alike_is_a_correlation():
    assert 0 < ALIKE < 1


def test_one_cleared_family_moves_the_curve_little_and_many_move_it_far():
    def cleared(families: int) -> Verdicts:
        return Verdicts(np.full(5 * families, 0.3), np.zeros(5 * families), np.full(5 * families, 0.3))

    crowd = Crowd(np.full(20, 0.3), np.full(20, 6), 30_000)
    before = steady(NONE, crowd)
    one, many = (np.log(steady(cleared(count), crowd).half / before.half) for count in (1, 100))
    assert 0 < one < np.log(learned(cleared(1), crowd).half / before.half) / 3
    assert many > np.log(learned(cleared(100), crowd).half / before.half) * 0.9


def test_labels_of_one_ring_count_for_less_than_as_many_of_several():
    crowd = Crowd(np.empty(0), np.empty(0, np.int64), 30_000)
    apart, together = (Verdicts(np.full(9, 0.3), np.zeros(9), np.full(9, weight)) for weight in (1.0, 0.2))
    assert DEFAULT.curve.half < steady(together, crowd).half < steady(apart, crowd).half
