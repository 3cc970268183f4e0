"""Links need evidence; membership needs two pieces of it."""

import numpy as np
import pytest

from detectors.context import context_of
from detectors.groups import Groups

DAY = 86_400
START = 1_700_000_000


@pytest.fixture
def crowd(sketch):
    """Four hundred people who share nothing, each with a device, a card, a WiFi and an address."""
    for n in range(400):
        who = sketch.person(f"p{n:03d}")
        for label in ("Device", "Card", "Wifi", "Address", "Phone"):
            sketch.see(who, label, f"{label} of {who}")
    return sketch


def linked(sketch) -> set[tuple[str, str]]:
    context = context_of(sketch.projection())
    ids = context.projection.accounts
    return {(ids[int(a)], ids[int(b)]) for a, b in zip(context.links.low, context.links.high, strict=True)}


def groups(sketch) -> list[set[str]]:
    context = context_of(sketch.projection())
    return [set(context.projection.accounts.gather(one.members)) for one in Groups().find(context)]


def test_strangers_have_no_links(crowd):
    assert linked(crowd) == set()


def test_a_second_hand_phone_makes_no_link(crowd):
    crowd.see("p001", "Device", "old", START, START + 10 * DAY)
    crowd.see("p002", "Device", "old", START + 11 * DAY, START + 20 * DAY)
    assert linked(crowd) == set()


def test_a_shared_card_and_a_shared_device_make_a_link(crowd):
    for who in ("p001", "p002"):
        crowd.see(who, "Card", "card")
        crowd.see(who, "Device", "device")
    assert linked(crowd) == {("p001", "p002")}


def test_people_of_one_home_have_no_link(crowd):
    for who in ("p001", "p002"):
        for label in ("Address", "Card", "Device", "Wifi"):
            crowd.see(who, label, f"shared {label}")
    assert linked(crowd) == set()


def test_an_identifier_of_more_users_than_the_cap_makes_no_link(crowd):
    for n in range(70):
        crowd.see(f"p{n:03d}", "Card", "card")
        crowd.see(f"p{n:03d}", "Device", "device")
    assert linked(crowd) == set()


def test_a_ring_on_two_devices_and_a_card_is_one_group(crowd):
    ring = [f"p{n:03d}" for n in range(6)]
    for n, who in enumerate(ring):
        crowd.see(who, "Device", f"device {n // 3}")
        crowd.see(who, "Card", f"card {(n + 1) % 6 // 2}")
    assert groups(crowd) == [set(ring)]


def test_somebody_tied_by_one_piece_is_no_member(crowd):
    for who in ("p000", "p001", "p002"):
        for label in ("Device", "Card"):
            crowd.see(who, label, f"ring's {label}")
    crowd.see("p002", "Wifi", "visited")
    crowd.see("p050", "Wifi", "visited")
    assert groups(crowd) == [{"p000", "p001", "p002"}]


def test_two_rings_joined_by_one_shared_device_stay_two(crowd):
    rings = [[f"p{n:03d}" for n in range(start, start + 7)] for start in (0, 20)]
    for number, ring in enumerate(rings):
        for n, who in enumerate(ring):
            crowd.see(who, "Device", f"device {number}-{n % 2}")
            crowd.see(who, "Card", f"card {number}")
    for who in (rings[0][0], rings[1][0]):
        crowd.see(who, "Device", "bridge")
    assert sorted(map(sorted, groups(crowd))) == rings


def test_a_ring_of_eighty_is_not_torn(sketch):
    rng = np.random.default_rng(1)
    for n in range(2000):
        who = sketch.person(f"p{n:04d}")
        sketch.see(who, "Device", f"own {who}")
        sketch.see(who, "Card", f"card {who}")
    for n in range(80):
        for label in ("Device", "Card"):
            for key in rng.choice(26, 2, replace=False):
                sketch.see(f"p{n:04d}", label, f"ring's {key}")
    found = max(groups(sketch), key=len)
    assert len(found & {f"p{n:04d}" for n in range(80)}) >= 76


def test_knowing_the_same_people_makes_no_link(crowd):
    for n in range(3):
        crowd.see(f"p{n + 10:03d}", "Phone", f"number {n}")
        crowd.listed += [("p001", f"number {n}"), ("p002", f"number {n}")]
    assert ("p001", "p002") not in linked(crowd)
