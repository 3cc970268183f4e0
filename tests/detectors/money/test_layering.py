"""Layering: money that runs on through several accounts, and what only looks like it."""

from itertools import pairwise

import pytest

from detectors.context import context_of
from detectors.money.layering import Layering

DAY, HOUR = 86_400, 3_600
START = 1_700_000_000


def layers(sketch, *, payers: int = 6, cut: float = 0.95, held: int = 5 * HOUR) -> None:
    """People pay three mules, who each pass it on to one account."""
    for n in range(payers):
        payer, mule = sketch.person(f"a{n}"), sketch.person(f"m{n % 3}")
        amount, time = 70_000 + 9_100 * n, START + (20 + 11 * n) * DAY
        sketch.pay(payer, mule, amount, time)
        sketch.pay(mule, "z", int(cut * amount), time + held)


def test_mules_who_pass_money_on_to_one_account_are_found_with_those_who_pay_them(crowd, found):
    layers(crowd)
    assert found(Layering(), crowd) == ["a0 a1 a2 a3 a4 a5 m0 m1 m2"]


def test_money_of_one_payer_that_meets_again_is_found(crowd, found):
    for n in range(5):
        worker, time = crowd.person(f"w{n}"), START + (20 + 11 * n) * DAY
        crowd.pay("shell", worker, 500_000 + 20_000 * n, time)
        crowd.pay(worker, "bank", 470_000 + 19_000 * n, time + 30 * HOUR)
    assert found(Layering(), crowd) == ["w0 w1 w2 w3 w4"]


def test_a_chain_is_followed_to_its_end(crowd, found):
    chain = [crowd.person(f"c{n}") for n in range(6)]
    for n, (one, other) in enumerate(pairwise(chain)):
        crowd.pay(one, other, 100_000 - 2_000 * n, START + 30 * DAY + n * 7 * HOUR)
    assert found(Layering(), crowd) == ["c0 c1 c2 c3 c4 c5"]


def test_the_evidence_is_the_path_in_the_order_of_time(crowd):
    layers(crowd)
    (finding,) = Layering().find(context_of(crowd.projection()))
    times = [one.first_seen for one in finding.evidence]
    assert times == sorted(times)
    assert [one.figures["amount"] for one in finding.evidence][:2] == [70_000, 66_500]
    assert {one.kind for one in finding.evidence} == {"TRANSFERRED"}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"cut": 1.0}, id="to the last cent, as agreed with a relative"),
        pytest.param({"cut": 0.3}, id="most of it stays"),
        pytest.param({"cut": 1.2}, id="more goes on than came in"),
        pytest.param({"held": -5 * HOUR}, id="against the order of time"),
        pytest.param({"held": 9 * DAY}, id="too slow"),
    ],
)
def test_is_no_layering(crowd, found, changed):
    layers(crowd, **changed)
    assert found(Layering(), crowd) == []


def test_a_shop_that_many_pay_is_no_end(crowd, found):
    for n in range(50):
        crowd.pay(f"p{n:02d}", "shop", 1_500 + 400 * n, START + (n * 53 % 150) * DAY)
    for n in range(2):
        crowd.pay(f"p{n:02d}", f"p{n + 30}", 61_000 + 5_000 * n, START + (40 + n) * DAY)
        crowd.pay(f"p{n + 30}", "shop", 58_000 + 5_000 * n, START + (40 + n) * DAY + 5 * HOUR)
    assert found(Layering(), crowd) == []


def test_money_in_a_family_is_no_layering(crowd, found):
    layers(crowd, payers=4)
    assert found(Layering(), crowd) == ["a0 a1 a2 a3 m0 m1 m2"]
    for who in [name for name in crowd.people if name[0] in "am"]:
        crowd.see(who, "Address", "home")
    assert found(Layering(), crowd) == []


def laundry(sketch, workers: int) -> None:
    """Three collectors take what workers pass on, and pass it on to one account."""
    for n in range(3 * workers):
        worker, collector, time = sketch.person(f"w{n:03d}"), f"c{n // workers}", START + (20 + 2 * n) * DAY
        sketch.pay(f"shell{n // workers}", worker, 500_000 + 1_300 * n, time)
        sketch.pay(worker, collector, 480_000 + 1_250 * n, time + 20 * HOUR)
        sketch.pay(collector, "boss", 460_000 + 1_200 * n, time + 25 * HOUR)


def test_money_that_meets_on_its_way_is_told_of_once(sketch, found):
    laundry(sketch, 20)
    assert [len(names.split()) for names in found(Layering(), sketch)] == [60]


def test_where_too_many_launder_together_each_end_is_told_of(sketch, found):
    laundry(sketch, 40)
    sizes = sorted(len(names.split()) for names in found(Layering(), sketch))
    assert sizes[-3:] == [40, 40, 40]
