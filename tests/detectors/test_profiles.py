"""Shared identifiers are recognised as what they are."""

import numpy as np
import pytest

from detectors.evidence_sentences import HUBS
from detectors.hubs.kinds import HubKind
from detectors.hubs.uses import bursts
from detectors.profiles import Profiles, profile
from detectors.roofs import roofs
from detectors.sharing import SOURCES, Sharing, shared

DAY = 86_400
START = 1_700_000_000


def profiled(sketch) -> tuple[Sharing, Profiles]:
    projection = sketch.projection()
    sharing = shared(projection)
    return sharing, profile(projection, sharing, roofs(projection, sharing))


def of(sketch, key: str, source: str) -> dict[str, float]:
    sharing, profiles = profiled(sketch)
    for at, value in enumerate(sharing.values(np.arange(len(sharing.source)))):
        if value == key and SOURCES[sharing.source[at]].name == source:
            return {name: getattr(profiles, name)[at] for name in Profiles.__slots__}
    raise AssertionError(f"{key} is not shared")


def people(sketch, count: int) -> list[str]:
    return [sketch.person(f"p{n:03d}") for n in range(count)]


def test_a_household_shares_everything_and_nothing_of_worth(sketch):
    for who in people(sketch, 4):
        sketch.see(who, "Address", "home")
        sketch.see(who, "Device", "tablet")
    tablet = of(sketch, "tablet", "device")
    assert tablet["kind"] == HubKind.HOUSEHOLD
    assert tablet["worth"] == 0
    assert tablet["users"] == 4
    assert tablet["roofs"] == 1


def test_a_second_hand_phone_has_owners_one_after_the_other(sketch):
    first, second = people(sketch, 2)
    sketch.see(first, "Device", "phone", START, START + 30 * DAY)
    sketch.see(second, "Device", "phone", START + 31 * DAY, START + 90 * DAY)
    phone = of(sketch, "phone", "device")
    assert phone["kind"] == HubKind.SECOND_HAND
    assert phone["at_once"] == 1


def test_a_shared_phone_in_use_by_several_homes_at_once_is_suspicious(sketch):
    for who in people(sketch, 4):
        sketch.see(who, "Device", "phone")
    phone = of(sketch, "phone", "device")
    assert phone["kind"] == HubKind.SUSPICIOUS
    assert phone["at_once"] == 4


def test_a_shop_tablet_is_used_once_by_many(sketch):
    for n, who in enumerate(people(sketch, 20)):
        sketch.see(who, "Device", "tablet", START + 5 * n * DAY, START + 5 * n * DAY + 600)
    tablet = of(sketch, "tablet", "device")
    assert tablet["kind"] == HubKind.SHOP
    assert tablet["one_off"] == 1.0


def test_hundreds_behind_one_ip_are_a_carrier(sketch):
    for who in people(sketch, 150):
        sketch.see(who, "Ip", "1.2.3.4")
    assert of(sketch, "1.2.3.4", "ip")["kind"] == HubKind.CARRIER_NAT


def test_a_dormitory_and_an_office_are_no_homes(sketch):
    for who in people(sketch, 40):
        sketch.see(who, "Address", "campus")
        sketch.see(who, "Employer", "works")
    assert of(sketch, "campus", "address")["kind"] == HubKind.DORMITORY
    assert of(sketch, "works", "employer")["kind"] == HubKind.OFFICE


def test_a_cafe_has_guests_and_an_office_has_staff(sketch):
    for n, who in enumerate(people(sketch, 40)):
        sketch.see(who, "Wifi", "cafe", START + n * DAY, START + n * DAY + 600)
        sketch.see(who, "Wifi", "office", START, START + 60 * DAY)
    assert of(sketch, "cafe", "wifi")["kind"] == HubKind.PUBLIC
    assert of(sketch, "office", "wifi")["kind"] == HubKind.OFFICE


def test_a_device_that_half_the_population_has_is_a_placeholder(sketch):
    for who in people(sketch, 120):
        sketch.see(who, "Device", "empty")
    assert of(sketch, "empty", "device")["kind"] == HubKind.PLACEHOLDER


def test_burst_is_the_share_that_came_within_a_week(sketch):
    for n, who in enumerate(people(sketch, 4)):
        sketch.see(who, "Device", "phone", START + (0, 1, 2, 60)[n] * DAY, START + 90 * DAY)
    sharing = shared(sketch.projection())
    assert bursts(sharing, np.flatnonzero(sharing.of("device"))) == pytest.approx([0.75])


def test_what_is_rarely_shared_is_worth_more(small_world):
    sharing, profiles = profiled(small_world.sketch)
    name = np.array([source.name for source in SOURCES])[sharing.source]
    assert profiles.worth[name == "card"].max() > profiles.worth[name == "wifi"].max()


def test_what_colleagues_share_is_worth_less(small_world):
    def worth(employer: bool) -> float:
        sketch = type(small_world.sketch)()
        for who in people(sketch, 12):
            sketch.see(who, "Card", f"own-{who}")
        for who in people(sketch, 4):
            sketch.see(who, "Card", "lunch")
            if employer:
                sketch.see(who, "Employer", "works")
        return of(sketch, "lunch", "card")["worth"]

    assert 0 < worth(employer=True) < worth(employer=False)


def test_every_hub_kind_has_its_reason():
    assert set(HUBS) == {kind.name.lower() for kind in HubKind}


def test_a_phone_that_goes_from_hand_to_hand_within_days_was_not_sold(sketch):
    first, second = people(sketch, 2)
    sketch.see(first, "Device", "phone", START, START + 2 * DAY)
    sketch.see(second, "Device", "phone", START + 3 * DAY, START + 5 * DAY)
    assert of(sketch, "phone", "device")["kind"] == HubKind.ORDINARY


def test_users_who_all_came_at_once_are_worth_more_than_as_many_who_came_one_by_one(sketch):
    crowd = people(sketch, 1000)
    for n, who in enumerate(crowd):
        arrived = START + (n % 10) * 17 * DAY
        sketch.see(who, "Wifi", f"wifi-{n // 10}" if n < 990 else "rush", START if n >= 990 else arrived)
    rush, slow = of(sketch, "rush", "wifi"), of(sketch, "wifi-5", "wifi")
    assert rush["users"] == slow["users"]
    assert rush["worth"] > slow["worth"] + 1000


def test_a_rush_is_worth_nothing_where_everybody_comes_in_a_rush(sketch):
    for n, who in enumerate(people(sketch, 1000)):
        sketch.see(who, "Wifi", f"wifi-{n // 10}", START + (n // 10) * DAY)
    assert of(sketch, "wifi-5", "wifi")["worth"] < 500
