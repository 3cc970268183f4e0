"""Components cut at their bridges, and nowhere else."""

from itertools import combinations

import numpy as np

from detectors.cutting import COMPACT, cut
from detectors.links import Links
from graph.projection import Index

Edge = tuple[int, int]


def parts(edges: list[Edge], people: int) -> list[Index]:
    """The people of each part, when all of them are one component at first."""
    low, high = np.array(edges, np.int32).T
    part = cut(Links(low, high, np.full(len(edges), 8.0)), np.zeros(people, np.int32), 100)
    return [np.flatnonzero(part == number) for number in np.unique(part)]


def dense(first: int, people: int, share: float = 1.0) -> list[Edge]:
    """A group in which this share of all pairs is tied, chosen at random."""
    pairs = list(combinations(range(first, first + people), 2))
    chosen = np.random.default_rng(5).random(len(pairs)) < share
    return [pair for pair, tied in zip(pairs, chosen, strict=True) if tied]


def test_two_groups_that_a_bridge_joins_are_told_apart() -> None:
    found = parts([*dense(0, 20), *dense(20, 20), (19, 20)], 40)
    assert [list(one) for one in found] == [list(range(20)), list(range(20, 40))]


def test_a_dense_ring_of_eighty_stays_whole() -> None:
    assert len(parts(dense(0, 80, share=0.15), 80)) == 1


def test_two_cells_of_a_small_ring_stay_together() -> None:
    half = COMPACT // 2
    assert len(parts([*dense(0, half), *dense(half, half), *((0, half + n) for n in range(4))], COMPACT)) == 1
