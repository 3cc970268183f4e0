"""Around known fraud one firm link is enough; around nobody it is not."""

import pytest

from detectors.circles import Circles
from detectors.context import context_of

START = 1_700_000_000


@pytest.fixture
def pairs(sketch):
    """Of many people three in a row: each shares a card with the next, which ties them by one piece each."""
    for n in range(400):
        who = sketch.person(f"p{n:03d}")
        for label in ("Device", "Card", "Wifi", "Phone"):
            sketch.see(who, label, f"{label} of {who}")
    for n in range(2):
        for who in (f"p{n:03d}", f"p{n + 1:03d}"):
            sketch.see(who, "Card", f"card {n}")
            sketch.see(who, "Device", f"device {n}")
    return sketch


def circles(sketch) -> list[set[str]]:
    context = context_of(sketch.projection())
    return [set(context.projection.accounts.gather(one.members)) for one in Circles().find(context)]


def test_nothing_without_known_fraud(pairs):
    assert circles(pairs) == []


def test_those_tied_to_known_fraud_are_a_circle(pairs):
    pairs.labels.append(("p000", "fraud", START))
    assert circles(pairs) == [{"p000", "p001", "p002"}]


def test_nothing_around_somebody_who_was_cleared(pairs):
    pairs.labels += [("p000", "fraud", START), ("p000", "legit", START + 1)]
    assert circles(pairs) == []


def test_two_people_are_no_circle(pairs):
    pairs.labels.append(("p300", "fraud", START))
    for who in ("p300", "p301"):
        pairs.see(who, "Card", "their card")
        pairs.see(who, "Device", "their device")
    assert circles(pairs) == []
