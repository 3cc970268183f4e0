"""Structuring: amounts just below a round limit, and honest amounts that happen to be."""

from collections.abc import Iterable

from detectors.money.structuring import Structuring

DAY = 86_400
START = 1_700_000_000
BELOW = (961_000, 925_500, 987_700, 941_200, 993_000, 910_100, 978_800, 955_300)


def ways(sketch) -> list[tuple[str, str]]:
    """Four who each pay two others."""
    return [(sketch.person(f"s{n}"), sketch.person(f"t{m}")) for n in range(4) for m in range(2)]


def pay(sketch, who: Iterable[tuple[str, str]], amounts: Iterable[int]) -> None:
    for n, ((one, other), amount) in enumerate(zip(who, amounts, strict=True)):
        sketch.pay(one, other, amount, START + (20 + 11 * n) * DAY)


def test_all_stay_just_below_a_limit(crowd, found):
    pay(crowd, ways(crowd), BELOW)
    assert found(Structuring(), crowd) == ["s0 s1 s2 s3 t0 t1"]


def test_just_above_the_limit_nobody_hides(crowd, found):
    pay(crowd, ways(crowd), [2_000_000 - amount for amount in BELOW])
    assert found(Structuring(), crowd) == []


def test_the_limit_itself_is_an_honest_amount(crowd, found):
    pay(crowd, ways(crowd), [1_000_000] * 8)
    assert found(Structuring(), crowd) == []


def test_dues_that_are_always_the_same_are_no_structuring(crowd, found):
    pay(crowd, ways(crowd), [950_000] * 8)
    assert found(Structuring(), crowd) == []


def test_the_sum_that_goes_round_in_a_savings_circle_is_no_structuring(crowd, found):
    circle = [crowd.person(f"c{n}") for n in range(8)]
    pay(crowd, zip(circle, circle[1:] + circle[:1], strict=True), [960_000] * 8)
    assert found(Structuring(), crowd) == []


def test_wages_just_below_a_limit_come_from_one_payer(crowd, found):
    pay(crowd, [("employer", crowd.person(f"e{n}")) for n in range(8)], BELOW)
    assert found(Structuring(), crowd) == []


def test_people_of_one_home_may_do_so(crowd, found):
    pay(crowd, ways(crowd), BELOW)
    for who in [name for name in crowd.people if name[0] in "st"]:
        crowd.see(who, "Address", "home")
    assert found(Structuring(), crowd) == []
