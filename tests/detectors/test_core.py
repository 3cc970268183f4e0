"""Chains of homes fall apart, circles stay."""

import numpy as np
import pytest

from detectors.core import in_core
from detectors.links import Links


def core(pairs, roof, weight: float = 5.0) -> list[int]:
    low, high = np.array(pairs, np.int32).reshape(-1, 2).T
    links = Links(low, high, np.full(len(low), weight))
    return np.flatnonzero(in_core(links, np.array(roof, np.int32))).tolist()


@pytest.mark.parametrize(
    ("pairs", "members"),
    [
        pytest.param([(0, 1), (1, 2), (2, 3)], [], id="chain"),
        pytest.param([(0, 1), (1, 2), (0, 2)], [0, 1, 2], id="circle"),
        pytest.param([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4)], [0, 1, 2], id="chain on a circle"),
        pytest.param([], [], id="nobody"),
    ],
)
def test_only_those_tied_in_circles_stay(pairs, members):
    assert core(pairs, range(5)) == members


def test_two_of_one_home_count_as_one():
    assert core([(0, 1), (1, 2), (0, 3)], [0, 1, 2, 2, 4]) == [0, 1, 2, 3]
    assert core([(0, 1), (0, 2), (1, 3)], [0, 1, 1, 0, 4]) == []


def test_a_chain_of_what_friends_do_not_share_stays():
    assert core([(0, 1), (1, 2)], range(5), weight=8.0) == [0, 1, 2]
