"""Unusual customers: told by their habits, not by where they live."""

import numpy as np
import pytest

from detectors.anomaly.habits import HABITS
from detectors.anomaly.tails import level, surprise, tails
from detectors.anomaly.unusual import ring_unusual, unusual
from detectors.context import context_of

DAY = 86_400
START = 1_700_000_000


def place(context, *names):
    return np.flatnonzero(context.projection.accounts.is_in(names)).astype(np.int32)


def test_a_tail_is_the_share_of_those_who_have_as_much():
    assert np.exp(-tails(np.array([1.0, 1.0, 2.0, 9.0]))) == pytest.approx([1, 1, 0.5, 0.25])


def test_what_is_unknown_is_not_unusual_and_counts_for_nobody():
    assert np.exp(-tails(np.array([np.nan, 1.0, 2.0]))) == pytest.approx([1, 1, 0.5])


def test_what_all_have_alike_tells_nothing():
    assert not tails(np.full(50, 3.0)).any()


def test_levels_are_one_on_average_and_keep_the_order():
    nats = np.random.default_rng(1).gamma(2.0, size=10_000)
    found = level(nats)
    assert found.mean() == pytest.approx(1, abs=0.01)
    assert (np.argsort(found) == np.argsort(nats)).all()


def test_a_group_drawn_at_random_surprises_as_seldom_as_it_should():
    people = np.random.default_rng(2).exponential(size=(20_000, 5)).sum(axis=1)
    rare = surprise(people, np.full(20_000, 5.0)) >= np.log(100)
    assert rare.mean() == pytest.approx(0.01, abs=0.003)


def test_a_new_phone_every_week_is_odd_and_a_borrowed_one_is_not(sketch):
    for n in range(60):
        sketch.person(f"x{n:02d}")
        sketch.see(f"x{n:02d}", "Device", f"own-{n}")
    for week in range(5):
        sketch.see("x00", "Device", f"new-{week}", START + week * 7 * DAY, START + week * 7 * DAY + 6 * DAY)
        sketch.see("x01", "Device", f"lent-{week}", START + week * 7 * DAY, START + week * 7 * DAY + 600)
    context = context_of(sketch.projection())
    odd = unusual(context).odd["devices"]
    assert odd[place(context, "x00")].all()
    assert odd.sum() == 1


def test_living_in_a_hostel_is_no_habit(small_world):
    context = context_of(small_world.projection)
    before = {name: habit(context) for name, habit in HABITS.items()}
    sketch = type(small_world.sketch)(**{name: value.copy() for name, value in vars(small_world.sketch).items()})
    for who in small_world.honest[:40]:
        for label in ("Address", "Wifi", "Ip", "Employer"):
            sketch.see(who, label, "hostel")
    context = context_of(sketch.projection())
    after = {name: habit(context) for name, habit in HABITS.items()}
    assert set(before) == {"devices", "cards", "known_contacts"}
    for name in HABITS:
        assert np.array_equal(before[name], after[name], equal_nan=True)


def test_people_of_one_home_count_as_one(sketch):
    for n in range(60):
        sketch.person(f"x{n:02d}")
        sketch.see(f"x{n:02d}", "Card", f"own-{n}")
    for card in range(4):
        for who in ("x00", "x01", "x02"):
            sketch.see(who, "Card", f"more-{card}-{who}")
    context = context_of(sketch.projection())
    found, member = unusual(context), place(context, "x00", "x01", "x02")
    ring, apart = np.zeros(3, np.int32), np.arange(len(context.roof), dtype=np.int32)
    together = np.zeros(len(context.roof), np.int32)
    strangers, family = (ring_unusual(found, roof, ring, member)["unusual"][0] for roof in (apart, together))
    assert strangers > family > 0


def test_the_order_of_the_data_changes_nothing(small_world):
    context = context_of(small_world.projection)
    again = context_of(small_world.sketch.projection(5))
    assert np.array_equal(unusual(context).level, unusual(again).level)
