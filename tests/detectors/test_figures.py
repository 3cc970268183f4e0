"""What a group shares counts as far as it is confirmed; acquaintance and places confirm nothing by themselves."""

import numpy as np

from detectors.anomaly.unusual import unusual
from detectors.common_ground import common_ground
from detectors.context import context_of
from detectors.figures import ring_figures

DAY = 86_400
START = 1_700_000_000


def figures(sketch, group: list[str]) -> dict[str, float]:
    """Of a group among hundreds of people who have things of their own, some of which a friend uses too."""
    for n in range(400):
        who = sketch.person(f"z{n:03d}", START + (n % 170) * DAY)
        for label in ("Device", "Card"):
            sketch.see(who, label, f"{label} {n - n % 20 if n % 20 < 2 else n}", START + (n % 170) * DAY)
    projection = sketch.projection()
    context = context_of(projection)
    accounts = projection.accounts.to_list()
    member = np.sort(np.array([accounts.index(who) for who in group], np.int32))
    ring = np.zeros(len(member), np.int32)
    ground = common_ground(context, ring, member)
    return ring_figures(context, ring, member, ground, np.zeros(len(accounts)), unusual(context)).to_dicts()[0]


def users(sketch, count: int, label: str = "Device") -> list[str]:
    found = [sketch.person(f"user {n}", START + 50 * DAY + n * DAY) for n in range(count)]
    for n, who in enumerate(found):
        sketch.see(who, label, "shared", START + (50 + n) * DAY, START + 70 * DAY)
    return found


def test_what_ties_the_same_people_again_counts_and_what_ties_others_does_not(sketch):
    helped = users(sketch, 4)
    children = [sketch.person(f"child {n}") for n in range(3)]
    for who, child in zip(helped, children, strict=False):
        for one in (who, child):
            sketch.see(one, "Card", f"card of {child}", START + 40 * DAY)
    assert figures(sketch, helped + children)["depth"] == 1


def test_a_second_thing_of_the_same_people_makes_a_group_deep(sketch):
    ring = users(sketch, 4)
    for n, who in enumerate(ring):
        sketch.see(who, "Card", "their card", START + (55 + n) * DAY)
    assert figures(sketch, ring)["depth"] > 6


def test_knowing_each_other_is_no_kind_of_evidence_and_confirms_nothing(sketch):
    ring = users(sketch, 4)
    sketch.see(ring[0], "Phone", "his number")
    for who in ring[1:]:
        sketch.listed.append((who, "his number"))
    found = figures(sketch, ring)
    assert (found["depth"], found["families"]) == (1, 1)
