"""Fans: who is paid by people soon after they asked for credit, and who is paid by as many at other times."""

import pytest

from detectors.money.fans import Fans

DAY = 86_400
START = 1_700_000_000


def fan(sketch, days, hub: str = "hub") -> None:
    """People who each pay the hub so many days after they asked for credit."""
    for n, day in enumerate(days):
        who = sketch.person(f"f{n}", START + (20 + 13 * n) * DAY)
        sketch.pay(who, hub, 30_000 + 7_000 * n, START + (20 + 13 * n + day) * DAY)


def test_all_pay_one_soon_after_they_asked(crowd, found):
    fan(crowd, [1, 2, 5, 4, 1, 3], crowd.person("hub"))
    assert found(Fans(), crowd) == ["f0 f1 f2 f3 f4 f5 hub"]


def test_who_pays_at_another_time_is_left_out(crowd, found):
    fan(crowd, [1, 2, 5, 4, 1, 3, 90])
    assert found(Fans(), crowd) == ["f0 f1 f2 f3 f4 f5"]


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([1, 40, 71, 18, 55, 33], id="dues and rent, at any time"),
        pytest.param([-1, -2, -5, -4, -1, -3], id="before they asked"),
        pytest.param([1, 2], id="two alone"),
    ],
)
def test_is_no_fan(crowd, found, days):
    fan(crowd, days)
    assert found(Fans(), crowd) == []


def test_who_had_paid_before_did_not_begin_when_he_asked(crowd, found):
    for n in range(6):
        crowd.pay(f"f{n}", "hub", 3_000, START + n * DAY)
    fan(crowd, [1, 2, 5, 4, 1, 3])
    assert found(Fans(), crowd) == []


def test_nobody_asked_for_credit(crowd, found):
    fan(crowd, [1, 2, 5, 4, 1, 3])
    crowd.asked.clear()
    assert found(Fans(), crowd) == []
