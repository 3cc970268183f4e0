"""Hubs are told by what explains them: work, home, a passing visit, a carrier; or by nothing but a rush."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from detectors.hubs.chance import beyond_chance
from detectors.hubs.kinds import HubKind
from detectors.likeness.buildings import buildings
from detectors.profiles import profile
from detectors.roofs import roofs
from detectors.sharing import SOURCES, shared

DAY = 86_400
START = 1_700_000_000


def kind_of(projection, key: str, source: str) -> HubKind:
    sharing = shared(projection)
    found = profile(projection, sharing, roofs(projection, sharing))
    for at, value in enumerate(sharing.values(np.arange(len(sharing.source)))):
        if value == key and SOURCES[sharing.source[at]].name == source:
            return HubKind(found.kind[at])
    raise AssertionError(f"{key} is not shared")


def crowd(sketch, count: int, *, employer: bool = True) -> list[str]:
    """People who each work somewhere else, and have been seen at one time or another."""
    found = [sketch.person(f"p{n:04d}") for n in range(count)]
    for n, who in enumerate(found):
        sketch.see(who, "Wifi", f"own-{n}", START + (n % 90) * DAY, START + 150 * DAY)
        if employer:
            sketch.see(who, "Employer", f"works {n}")
    return found


def test_a_network_of_colleagues_is_an_office(sketch):
    for n, who in enumerate(crowd(sketch, 300, employer=False)):
        sketch.see(who, "Employer", "works" if n < 6 else f"works {n}")
        if n < 8:
            sketch.see(who, "Wifi", "network", START + 10 * n * DAY, START + 150 * DAY)
    assert kind_of(sketch.projection(), "network", "wifi") is HubKind.OFFICE


@pytest.mark.parametrize(("gap", "kind"), [(10, HubKind.OFFICE), (0, HubKind.PUBLIC)])
def test_one_employer_goes_by_several_names_unless_it_was_made_up_for_a_campaign(sketch, gap, kind):
    for n, who in enumerate(crowd(sketch, 300, employer=False)):
        own = ("杭州市瑞丰五金", "杭州瑞丰五金", "瑞丰五金")[n % 3] if n < 15 else f"works {n // 2}"
        sketch.see(who, "Employer", own, START + (gap * n if n < 15 else n % 170) * DAY)
        if n < 9:
            sketch.see(who, "Wifi", "network", START + 10 * n * DAY, START + 150 * DAY)
    assert kind_of(sketch.projection(), "network", "wifi") is kind


def test_residents_of_one_building_make_a_dormitory_and_of_several_a_campus(sketch):
    for n, who in enumerate(crowd(sketch, 400)):
        street = 100 + n // 15 if n < 60 else 1000 + n
        sketch.see(who, "Address", f"上海市学府路{street}号1栋{n}室")
        if n < 60:
            sketch.see(who, "Wifi", f"house {n // 15}", START + n * DAY, START + 150 * DAY)
            sketch.see(who, "Wifi", "lecture hall", START + n * DAY, START + 150 * DAY)
    projection = sketch.projection()
    assert kind_of(projection, "house 1", "wifi") is HubKind.DORMITORY
    assert kind_of(projection, "lecture hall", "wifi") is HubKind.CAMPUS


@pytest.mark.parametrize(("gap", "kind"), [(10, HubKind.PUBLIC), (0, HubKind.SUSPICIOUS)])
def test_strangers_on_one_network_are_suspicious_if_they_came_in_a_rush(sketch, gap, kind):
    for n, who in enumerate(crowd(sketch, 900)):
        if n < 12:
            sketch.see(who, "Wifi", "network", START + (3 + gap * n) * DAY, START + 150 * DAY)
        elif n < 812:
            sketch.see(who, "Wifi", f"other-{n // 8}", START + (n % 8) * 18 * DAY, START + 150 * DAY)
    assert kind_of(sketch.projection(), "network", "wifi") is kind


def test_an_address_of_a_type_that_crowds_use_is_a_carriers(sketch):
    for n, who in enumerate(crowd(sketch, 300)):
        sketch.see(who, "Ip", "1.1.1.1" if n < 290 else "2.2.2.2", START + n % 90 * DAY, START + 150 * DAY)
    projection = sketch.projection()
    assert kind_of(projection, "2.2.2.2", "ip") is not HubKind.CARRIER_NAT
    typed = replace(projection, ip_types=pl.Series(["mobile", "mobile"]))
    assert kind_of(typed, "2.2.2.2", "ip") is HubKind.CARRIER_NAT


def test_a_clerks_device_has_an_owner_and_a_shops_has_none(sketch):
    for n, who in enumerate(crowd(sketch, 60)):
        sketch.see(who, "Device", f"own-{n}")
        if n < 20:
            came = START + 5 * n * DAY
            sketch.see(who, "Device", "shop", came, came + 600)
            sketch.see(who, "Device", "clerk", came, came + (600 if n else 90 * DAY))
    projection = sketch.projection()
    assert kind_of(projection, "clerk", "device") is HubKind.STAFF
    assert kind_of(projection, "shop", "device") is HubKind.SHOP


def test_an_account_that_many_pay_is_a_merchant(sketch):
    for n, who in enumerate(crowd(sketch, 20)):
        sketch.pay(who, "shop", 1_000 + n, START + n * DAY)
    assert kind_of(sketch.projection(), "shop", "payee") is HubKind.MERCHANT


@pytest.mark.parametrize(
    "same",
    [
        ("广东省深圳市新城区光明东路315号学苑华庭1栋1单元607室", "深圳市光明东路315号1幢204房"),
        ("成都市岳麓区杨柳镇东岗村2组53号", "四川省杨柳镇东岗村2组7号"),
        ("unit 315 bldg 3 no 398 xuefu n st chengdong shanghai", "398 xuefu n st bldg 7 unit 2 shanghai"),
    ],
)
def test_residents_of_one_building_give_its_street_and_number(same):
    one, other, far, none = buildings(pl.Series([*same, "深圳市光明东路316号1栋607室", "somewhere"]))
    assert one == other
    assert one != far
    assert none == -1


def test_what_is_usual_is_not_beyond_chance():
    assert beyond_chance([1, 10, 10], [10, 10, 100], [0.1, 0.1, 0.1]) == pytest.approx([0, 10 * np.log(10), 0])
