"""Bootstrap intervals, calibration, and that figures of several worlds are pooled."""

import math

import numpy as np
import polars as pl
import pytest

from bench.detect.bootstrap import ratio
from bench.detect.calibration import reliability


def test_a_ratio_is_the_sum_of_parts_by_the_sum_of_wholes():
    assert ratio([1, 2], [10, 20]).value == pytest.approx(0.1)
    assert ratio([True, False, True, True]).value == 0.75


def test_an_interval_is_as_wide_as_chance_makes_it():
    one = ratio([True] * 80 + [False] * 20)
    error = math.sqrt(0.8 * 0.2 / 100)
    assert one.low == pytest.approx(0.8 - 1.96 * error, abs=0.03)
    assert one.high == pytest.approx(0.8 + 1.96 * error, abs=0.03)


def test_more_units_make_it_surer():
    few, many = ratio([True, False] * 5), ratio([True, False] * 500)
    assert many.high - many.low < few.high - few.low


def test_one_unit_has_no_interval():
    one = ratio([3], [10])
    assert one.text() == "30"


def test_nothing_to_count_is_a_dash():
    assert ratio([]).text() == "-"
    assert ratio([0, 0], [0, 0]).text() == "-"


def test_an_estimate_is_told_with_its_interval():
    assert ratio([1, 1, 1]).text() == "100 (100 to 100)"
    assert ratio([1, 3], [1000, 3000]).text(10_000, 1) == "10.0 (10.0 to 10.0)"


def scored(score: float, true: int, count: int) -> pl.DataFrame:
    return pl.DataFrame({"score": [score] * count, "true": [True] * true + [False] * (count - true)})


def test_a_score_that_means_what_it_says_has_no_error():
    found = reliability(pl.concat([scored(0.05, 1, 20), scored(0.75, 3, 4), scored(1.0, 5, 5)]))
    assert found.error == pytest.approx(0)
    assert found.curve["bin"].to_list() == pytest.approx([0.0, 0.7, 0.9])


def test_the_error_is_weighted_by_how_many_are_in_a_bin():
    found = reliability(pl.concat([scored(0.95, 0, 10), scored(0.05, 3, 60)]))
    assert found.error == pytest.approx(0.95 * 10 / 70)
    assert found.curve.select("count", "true").rows() == [(60, 0.05), (10, 0.0)]


def test_every_score_falls_into_one_bin():
    scores = np.linspace(0, 1, 101)
    found = reliability(pl.DataFrame({"score": scores, "true": scores > 0.5}))
    assert found.curve["count"].sum() == 101
    assert len(found.curve) == 10
