"""Who lives with whom."""

from dataclasses import replace

import numpy as np

from detectors.roofs import roofs
from detectors.sharing import shared

DAY = 86_400
START = 1_700_000_000


def homes(sketch) -> dict[str, int]:
    projection = sketch.projection()
    roof = roofs(projection, shared(projection))
    return dict(zip(projection.accounts, roof.tolist(), strict=True))


def test_one_address_is_one_home(sketch):
    for who in ("a", "b", "c"):
        sketch.see(sketch.person(who), "Address", "home" if who != "c" else "other")
    home = homes(sketch)
    assert home["a"] == home["b"] != home["c"]


def test_a_dormitory_is_not_one_home(sketch):
    for n in range(12):
        sketch.see(sketch.person(f"p{n}"), "Address", "dormitory")
    assert len(set(homes(sketch).values())) == 12


def test_without_an_address_the_wifi_that_few_use_for_long_is_home(sketch):
    for who in ("a", "b"):
        sketch.see(sketch.person(who), "Wifi", "home")
    home = homes(sketch)
    assert home["a"] == home["b"]


def test_a_visit_makes_no_home(sketch):
    sketch.see(sketch.person("host"), "Wifi", "home")
    sketch.see(sketch.person("guest"), "Wifi", "home", START, START + DAY)
    home = homes(sketch)
    assert home["host"] != home["guest"]


def test_one_who_gave_another_address_lives_with_those_on_his_wifi(sketch):
    for who, address in (("a", "home"), ("b", "home"), ("c", "parents")):
        sketch.see(sketch.person(who), "Wifi", "wifi")
        sketch.see(who, "Address", address)
    assert len(set(homes(sketch).values())) == 1


def test_strangers_of_several_addresses_on_one_wifi_are_not_one_home(sketch):
    for who in ("a", "b", "c", "d"):
        sketch.see(sketch.person(who), "Wifi", "den")
        sketch.see(who, "Address", f"home of {who}")
    assert len(set(homes(sketch).values())) == 4


def test_those_who_know_each_other_on_one_wifi_live_together_however_they_write_their_address(sketch):
    for who in ("a", "b", "c", "d", "e"):
        sketch.see(sketch.person(who), "Wifi", "wifi")
        sketch.see(who, "Address", f"address as {who} writes it")
        sketch.see(who, "Phone", f"phone of {who}")
    sketch.listed += [("a", "phone of b"), ("c", "phone of a")]
    home = homes(sketch)
    assert home["a"] == home["b"] == home["c"] != home["d"]


def test_those_of_one_dormitory_on_one_wifi_share_a_room(sketch):
    for n in range(12):
        sketch.see(sketch.person(f"p{n}"), "Address", "dormitory")
        sketch.see(f"p{n}", "Wifi", f"room {n // 3}")
    assert len(set(homes(sketch).values())) == 4


def test_those_who_pay_each_other_on_one_wifi_live_together(sketch):
    for who in ("a", "b", "c", "d"):
        sketch.see(sketch.person(who), "Wifi", "wifi")
        sketch.see(who, "Address", f"home of {who}")
    sketch.pay("a", "b", 1000, START)
    home = homes(sketch)
    assert home["a"] == home["b"] != home["c"] != home["d"]


def test_relatives_on_one_wifi_live_together_and_strangers_who_visit_do_not(sketch):
    for who, name in (("a", "Zhu Hong"), ("b", "朱雪华"), ("c", "Karl Braun")):
        sketch.see(sketch.person(who, called=name), "Wifi", "wifi", START, START + DAY)
    for n in range(200):
        sketch.person(f"other{n:03d}", called=f"Person Family{n}")
    home = homes(sketch)
    assert home["a"] == home["b"] != home["c"]


def test_an_address_in_two_scripts_is_one_home(sketch):
    sketch.see(sketch.person("a"), "Address", "上海市幸福街879号26栋2305室")
    sketch.see(sketch.person("b"), "Address", "879 xingfu st bldg 26 unit 2305 shanghai")
    home = homes(sketch)
    assert home["a"] == home["b"]


def test_those_who_were_judged_to_be_of_one_home_are_whatever_the_data_says(sketch):
    for who in ("a", "b", "c", "d"):
        sketch.see(sketch.person(who), "Address", f"home of {who}")
    plain = sketch.projection()
    judged = replace(plain, homes=np.array([0 << 32 | 1, 1 << 32 | 3], np.int64))
    before, after = (roofs(one, shared(one)).tolist() for one in (plain, judged))
    assert len(set(before)) == 4
    assert after[0] == after[1] == after[3] != after[2]
