"""How unlikely something is by chance."""

from math import comb, log

import pytest

from detectors.money.surprise import unlikely


def test_is_the_probability_of_so_many_or_more():
    exact = sum(comb(10, k) * 0.1**k * 0.9 ** (10 - k) for k in range(3, 11))
    assert unlikely(3, 10, 0.1) == pytest.approx(-log(exact))


def test_what_is_certain_surprises_nobody():
    assert unlikely(5, 5, 1.0) == pytest.approx(0)


def test_what_is_too_small_for_a_float_is_still_told_apart():
    few, many = unlikely([30, 50], [60, 60], [1e-15, 1e-15])
    assert 700 < few < many < float("inf")
