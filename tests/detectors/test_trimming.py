"""Groups let go of those whom they hold much less firmly than the others."""

import numpy as np

from detectors.links import Links
from detectors.trimming import trimmed


def kept(ties: list[tuple[int, int, float]], members: list[int]) -> list[int]:
    low, high, weight = zip(*ties, strict=True)
    links = Links(np.array(low, np.int32), np.array(high, np.int32), np.array(weight))
    member = np.array(members, np.int32)
    return trimmed(links, np.zeros(len(member), np.int32), member)[1].tolist()


DENSE = [(one, other, 20.0) for one in range(4) for other in range(one + 1, 4)]


def test_a_loose_neighbour_of_a_firm_group_is_let_go():
    assert kept([*DENSE, (3, 4, 4.0)], [0, 1, 2, 3, 4]) == [0, 1, 2, 3]


def test_whole_chains_of_them_are_let_go():
    assert kept([*DENSE, (3, 4, 4.0), (4, 5, 4.0)], [0, 1, 2, 3, 4, 5]) == [0, 1, 2, 3]


def test_a_group_that_is_loose_throughout_stays():
    circle = [(0, 1, 4.0), (1, 2, 4.0), (2, 3, 5.0), (0, 3, 4.0)]
    assert kept(circle, [0, 1, 2, 3]) == [0, 1, 2, 3]


def test_links_to_outside_hold_nobody():
    assert kept([*DENSE, (3, 4, 4.0), (4, 9, 40.0)], [0, 1, 2, 3, 4]) == [0, 1, 2, 3]
