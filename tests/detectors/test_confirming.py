"""What ties people again who are tied already confirms; what ties others does not."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from scipy.cluster.hierarchy import DisjointSet

from detectors.confirming import confirming


def told(*facts: tuple[int, float, list[int]]) -> pl.DataFrame:
    """Facts of groups: group, nats per tie, whose they are. Everybody lives alone."""
    return pl.DataFrame(
        {
            "group": [group for group, _, _ in facts],
            "identifier": range(len(facts)),
            "gain": [nats * (len(who) - 1) for _, nats, who in facts],
            "roofs": [len(who) for _, _, who in facts],
            "applicants": [who for _, _, who in facts],
        },
        schema_overrides={"group": pl.Int32, "applicants": pl.List(pl.Int32)},
    )


def shares(*facts: tuple[int, float, list[int]], roof: list[int] | None = None) -> list[float]:
    context = SimpleNamespace(roof=np.array(roof or range(100), np.int32))
    return confirming(context, told(*facts)).tolist()


def test_a_helpers_phone_and_the_cards_of_families_confirm_nothing():
    assert shares((0, 8.0, [0, 1, 2, 3]), (0, 5.0, [1, 10]), (0, 5.0, [2, 11])) == [0, 0, 0]


def test_a_second_thing_of_the_same_people_confirms_the_first():
    assert shares((0, 5.0, [0, 1, 2, 3]), (0, 8.0, [0, 1, 2, 3])) == [1, 0]


def test_a_circle_is_closed_by_its_least_telling_tie():
    assert shares((0, 3.0, [0, 1]), (0, 2.0, [1, 2]), (0, 4.0, [2, 0])) == [0, 1, 0]


def test_a_fact_may_confirm_in_part():
    assert shares((0, 8.0, [0, 1, 2]), (0, 3.0, [0, 1, 2, 3])) == pytest.approx([0, 2 / 3])


def test_people_of_one_home_are_tied_anyway_and_groups_are_apart():
    assert shares((0, 8.0, [0, 1]), (1, 3.0, [0, 1])) == [0, 0]
    by_home = told((0, 8.0, [0, 1, 2])).with_columns(roofs=pl.lit(2))
    assert confirming(SimpleNamespace(roof=np.array([0, 0, 1], np.int32)), by_home).tolist() == [0]
    assert shares() == []


@pytest.mark.parametrize("seed", range(5))
def test_it_is_what_putting_homes_together_one_fact_at_a_time_leaves(seed):
    rng = np.random.default_rng(seed)
    facts = [
        (group, float(rng.integers(1, 9)), sorted(rng.choice(12, rng.integers(2, 6), replace=False).tolist()))
        for group in range(6)
        for _ in range(8)
    ]
    found = shares(*facts)
    for group in range(6):
        homes = DisjointSet(range(12))
        own = [at for at, fact in enumerate(facts) if fact[0] == group]
        for at in sorted(own, key=lambda at: (-facts[at][1], at)):
            first, *others = facts[at][2]
            again = sum(not homes.merge(first, one) for one in others)
            assert found[at] == pytest.approx(again / len(others))
