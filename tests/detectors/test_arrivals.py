"""Users who came at any time are told from those of a campaign, in the time of the lender's own customers."""

import numpy as np
import pytest

from detectors.hubs.arrivals import SHORTEST, campaign
from detectors.sharing import shared

DAY = 86_400
START = 1_700_000_000
LENGTH = 200


def nats(sketch, days: list[int], *, others: range = range(LENGTH)) -> float:
    """What the arrivals at one device on these days tell, where customers came by twos on the days of `others`."""
    for n, day in enumerate(others):
        for who in (f"a{n}", f"b{n}"):
            sketch.see(sketch.person(who), "Device", f"device {n}", START + day * DAY, START + day * DAY)
    for n, day in enumerate(days):
        sketch.see(sketch.person(f"user {n}"), "Device", "asked", START + day * DAY, START + day * DAY)
    sharing = shared(sketch.projection())
    at = sharing.values(np.arange(len(sharing.source))).index("asked")
    asked = np.zeros(len(sharing.source), np.bool_)
    asked[at] = True
    found = campaign(sharing, asked)
    assert not found[~asked].any()
    return float(found[at])


def test_people_of_any_time_are_told_from_a_campaign(sketch):
    assert nats(sketch, [5, 60, 110, 190]) < -0.5


def test_a_campaign_is_told_from_people_of_any_time(sketch):
    assert nats(sketch, [50, 55, 60, 65]) > 1


def test_the_more_came_in_as_little_time_the_surer(sketch):
    assert nats(sketch, [50, 54, 57, 60, 61, 64, 66, 70]) > 6


def test_it_is_a_likelihood_ratio(sketch):
    # 61 days of 200, on each of which two customers came, and the four asked
    span, least = (2 * 61 + 4) / (2 * LENGTH + 4), SHORTEST / LENGTH
    campaigns, any_time = 1 / (span * -np.log(least)), 12 * span**2 * (1 - span)
    assert nats(sketch, [40, 60, 80, 100]) == pytest.approx(np.log(campaigns / any_time))


def test_one_straggler_of_five_hides_no_campaign(sketch):
    assert nats(sketch, [50, 54, 58, 62, 180]) > 0


def test_when_everybody_comes_it_is_no_campaign(sketch):
    sale = [day for day in range(50, 71) for _ in range(60)]
    assert nats(sketch, [50, 55, 60, 65], others=[*range(LENGTH), *sale]) < 0


def test_a_short_history_tells_nothing(sketch):
    assert nats(sketch, [0, 1, 2, 3], others=range(10)) == 0
