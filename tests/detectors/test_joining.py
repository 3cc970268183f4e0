"""Pieces of one ring are joined by one strong thing, strangers' groups are not."""

import numpy as np
import pytest

from detectors.assembly import SUSPICIOUS
from detectors.context import context_of
from detectors.detection import assemble
from detectors.joining import joined
from detectors.rings import LARGEST, Gathered

OWN = ("Device", "Card", "Wifi", "Phone", "NationalId")


@pytest.fixture
def crowd(sketch):
    """Four hundred people, each with things of his own, who all meet at one place."""
    for n in range(400):
        who = sketch.person(f"p{n:03d}")
        for label in OWN:
            sketch.see(who, label, f"{label} of {who}")
        sketch.see(who, "Wifi", "station")
    return sketch


def farm(sketch, name, size=6):
    """Two devices and a card for everybody."""
    ring = [sketch.person(f"{name}{n:02d}") for n in range(size)]
    for who in ring:
        for label, key in (("Device", "a"), ("Device", "b"), ("Card", "c")):
            sketch.see(who, label, f"{name} {key}")
    return ring


def sizes(sketch, groups, suspicious):
    """How many people each group has once these have been joined."""
    projection = sketch.projection()
    number = {name: at for at, name in enumerate(projection.accounts)}
    gathered = [Gathered({number[who] for who in group}) for group in groups]
    return [len(one.members) for one in joined(context_of(projection), gathered, np.array(suspicious))]


@pytest.fixture
def tied(crowd):
    """Two farms of which one member each uses the same phone number."""
    groups = [farm(crowd, "a"), farm(crowd, "b")]
    for group in groups:
        crowd.see(group[0], "Phone", "between")
    return crowd, groups


def test_two_suspicious_groups_that_share_something_rare_are_one(tied):
    assert sizes(*tied, [True, True]) == [12]


def test_a_group_that_is_not_suspicious_stays_apart(tied):
    assert sizes(*tied, [True, False]) == [6, 6]


def test_where_everybody_meets_joins_nobody(crowd):
    groups = [farm(crowd, "a"), farm(crowd, "b")]
    for group in groups:
        crowd.see(group[0], "Wifi", "station")
    assert sizes(crowd, groups, [True, True]) == [6, 6]


def test_the_same_tie_says_less_between_many_people(crowd):
    many = [farm(crowd, "a", 40), farm(crowd, "b", 40)]
    for group in many:
        crowd.see(group[0], "Phone", "between")
    assert sizes(crowd, many, [True, True]) == [40, 40]


def test_nothing_larger_than_a_ring_comes_of_it(crowd):
    size = LARGEST // 2 + 1
    many = [farm(crowd, "a", size), farm(crowd, "b", size)]
    for n in range(5):
        crowd.tie(many[0][n], many[1][n], f"between {n}")
    assert sizes(crowd, many, [True, True]) == [size, size]


def test_a_joined_ring_is_weighed_as_any_other(tied):
    sketch, groups = tied
    names = sketch.projection().accounts
    assembly = assemble(sketch.projection(), {})
    (ring,) = assembly.gathered
    assert {names[one] for one in ring.members} == {who for group in groups for who in group}
    assert assembly.chances.ring[0] >= SUSPICIOUS
    assert assembly.figures[0]["size"] == 12
    assert "Phone" in {one.kind for one in assembly.evidence[0]}
