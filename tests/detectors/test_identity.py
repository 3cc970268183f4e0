"""A ring keeps its id while it lives, and every change has a name."""

import pytest

from detectors.identity import identify
from graph.results import Change


def ring(letters: str) -> frozenset[str]:
    return frozenset(letters)


def changes(now: list[str], before: dict[str, str]) -> tuple[list[tuple[str, str]], list[str]]:
    identities, gone = identify([ring(one) for one in now], {old: ring(one) for old, one in before.items()})
    return [(one.ring_id if one.ring_id in before else "new id", one.change.value) for one in identities], gone


@pytest.mark.parametrize(
    ("now", "change"),
    [("abcd", "same"), ("abcdef", "grown"), ("abc", "shrunk"), ("abcx", "same"), ("wxyz", "new")],
)
def test_one_ring(now, change):
    identities, gone = changes([now], {"R-1": "abcd"})
    assert identities == [("new id" if change == "new" else "R-1", change)]
    assert gone == (["R-1"] if change == "new" else [])


def test_merged_rings_keep_the_id_of_the_one_most_alike():
    assert changes(["abcdefgh"], {"R-1": "abc", "R-2": "defgh"}) == ([("R-2", "merged")], [])


def test_of_a_split_ring_the_larger_part_keeps_the_id():
    assert changes(["abcde", "fgh"], {"R-1": "abcdefgh"}) == ([("R-1", "shrunk"), ("new id", "split")], [])


def test_a_vanished_ring_is_gone():
    assert changes([], {"R-1": "abc"}) == ([], ["R-1"])


def test_origins_are_named():
    (merged,), _ = identify([ring("abcdef")], {"R-1": ring("abc"), "R-2": ring("def")})
    assert merged.previous == ("R-1", "R-2")
    assert merged.change is Change.MERGED


def test_a_new_id_depends_on_the_members_alone():
    one, _ = identify([ring("abc")], {})
    again, _ = identify([ring("cba")], {"R-1": ring("xyz")})
    other, _ = identify([ring("abcd")], {})
    assert one == again != other


def test_a_new_id_is_never_one_in_use():
    (first,), _ = identify([ring("abc")], {})
    (second,), _ = identify([ring("abc")], {first.ring_id: ring("xyz")})
    assert second.ring_id != first.ring_id
