"""Cycles, mutual transfers and mules: what counts, and what does not."""

import pytest

from detectors.context import context_of
from detectors.money.cycles import Cycles
from detectors.money.mutual import Mutual
from detectors.money.pass_through import PassThrough

DAY = 86_400
START = 1_700_000_000
RING = ("a", "b", "c", "d")


@pytest.fixture
def four(sketch):
    for who in RING:
        sketch.person(who)
    return sketch


def circle(sketch, amounts, days) -> None:
    for n, (amount, day) in enumerate(zip(amounts, days, strict=True)):
        sketch.pay(RING[n], RING[(n + 1) % len(amounts)], amount, START + day * DAY)


def test_money_that_comes_round_in_time_is_a_cycle(four, found):
    circle(four, (1000, 980, 960, 950), (0, 1, 2, 5))
    assert found(Cycles(), four) == ["a b c d"]


def test_the_evidence_of_a_cycle_is_its_path_in_time(four, found):
    circle(four, (1000, 980, 960), (0, 1, 2))
    (finding,) = Cycles().find(context_of(four.projection()))
    assert [one.key for one in finding.evidence] == ["t0000000", "t0000001", "t0000002"]
    assert {one.kind for one in finding.evidence} == {"TRANSFERRED"}


@pytest.mark.parametrize(
    ("amounts", "days"),
    [
        pytest.param((1000, 980, 960, 950), (3, 2, 1, 0), id="against the order of time"),
        pytest.param((1000, 980, 960, 950), (0, 10, 20, 30), id="too slow"),
        pytest.param((1000, 980, 300, 290), (0, 1, 2, 3), id="most of it stays somewhere"),
        pytest.param((1000, 980, 2000, 1900), (0, 1, 2, 3), id="more goes on than came in"),
        pytest.param((1000, 980), (0, 1), id="a pair is no circle"),
    ],
)
def test_is_no_cycle(four, amounts, days, found):
    circle(four, amounts, days)
    assert found(Cycles(), four) == []


def test_money_in_a_family_is_no_cycle(four, found):
    circle(four, (1000, 980, 960, 950), (0, 1, 2, 5))
    for who in RING:
        four.see(who, "Address", "home")
    assert found(Cycles(), four) == []


def test_no_cycle_through_a_salary_payer(four, found):
    circle(four, (1000, 980, 960, 950), (0, 1, 2, 5))
    for n in range(80):
        four.pay("b", four.person(f"staff{n}"), 500, START)
    assert found(Cycles(), four) == []


def test_three_who_send_money_back_and_forth_are_mutual(four, found):
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        four.pay(one, other, 1000, START)
        four.pay(other, one, 950, START + 3 * DAY)
    assert found(Mutual(), four) == ["a b c"]


def test_a_chain_of_friends_is_not_mutual(four, found):
    for one, other in (("a", "b"), ("b", "c"), ("c", "d")):
        four.pay(one, other, 1000, START)
        four.pay(other, one, 950, START + 3 * DAY)
    assert found(Mutual(), four) == []


def test_unlike_amounts_are_not_mutual(four, found):
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        four.pay(one, other, 1000, START)
        four.pay(other, one, 100, START + 3 * DAY)
    assert found(Mutual(), four) == []


def test_an_account_that_empties_itself_at_once_is_a_mule(four, found):
    for n, who in enumerate(RING):
        four.pay(who, "mule", 1000, START + n * DAY)
        four.pay("mule", "boss", 950, START + n * DAY + 3600)
    assert found(PassThrough(), four) == ["a b c d"]


def test_a_landlord_who_keeps_the_money_is_no_mule(four, found):
    for n, who in enumerate(RING):
        four.pay(who, "landlord", 1000, START + n * DAY)
    four.pay("landlord", "bank", 500, START + 30 * DAY)
    assert found(PassThrough(), four) == []


def test_one_who_pays_out_to_as_many_as_he_takes_from_is_no_mule(four, found):
    for n, who in enumerate(RING):
        four.pay(who, "shop", 1000, START + n * DAY)
        four.pay("shop", f"supplier{n}", 950, START + n * DAY + 3600)
    assert found(PassThrough(), four) == []


def test_the_pots_of_a_savings_circle_are_no_cycle(four, found):
    for week, who in enumerate(RING):
        for payer in RING:
            if payer != who:
                four.pay(payer, who, 1000, START + 7 * week * DAY)
    assert found(Cycles(), four) == []


def test_the_sum_that_comes_round_to_the_last_cent_is_no_cycle(four, found):
    circle(four, (1000, 1000, 1000, 1000), (0, 1, 2, 5))
    assert found(Cycles(), four) == []


def test_a_seller_who_lives_on_what_stays_is_no_mule(four, found):
    for n, who in enumerate(RING):
        four.pay(who, "seller", 1000, START + n * DAY)
        four.pay("seller", "supplier", 600, START + n * DAY + 3600)
    assert found(PassThrough(), four) == []
