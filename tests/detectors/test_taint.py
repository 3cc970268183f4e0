"""Known fraud raises what is near, less with distance, and never a crowd."""

import pytest

from detectors.context import context_of
from detectors.taint import DIRECT, THROUGH_IDENTIFIER, known, taint

START = 1_700_000_000


@pytest.fixture
def chain(sketch):
    """Of many people four in a row, each sharing a card and a device with the next."""
    for n in range(100):
        who = sketch.person(f"p{n:03d}")
        sketch.see(who, "Device", f"device of {who}")
        sketch.see(who, "Card", f"card of {who}")
    for n in range(3):
        for who in (f"p{n:03d}", f"p{n + 1:03d}"):
            sketch.see(who, "Device", f"device {n}")
            sketch.see(who, "Card", f"card {n}")
    return sketch


def levels(sketch) -> dict[str, float]:
    context = context_of(sketch.projection())
    return dict(zip(context.projection.accounts, taint(context.links, known(context)).tolist(), strict=True))


def test_decays_with_distance(chain):
    chain.labels.append(("p000", "fraud", START))
    level = levels(chain)
    assert level["p000"] == DIRECT > level["p001"] > level["p002"] > 0
    assert level["p003"] == level["p050"] == 0


def test_a_user_of_a_blacklisted_device_is_tainted_less_than_its_owner_would_be(chain):
    chain.blacklist.append(("device", "device of p009", START))
    assert levels(chain)["p009"] == THROUGH_IDENTIFIER


def test_a_blacklisted_applicant_is_tainted(chain):
    chain.blacklist.append(("applicant", "p009", START))
    assert levels(chain)["p009"] == DIRECT


def test_one_listed_hub_does_not_taint_a_crowd(chain):
    for n in range(30):
        chain.see(f"p{n:03d}", "Wifi", "cafe")
    chain.blacklist.append(("wifi", "cafe", START))
    assert not any(levels(chain).values())


def test_who_was_cleared_is_not_tainted_and_passes_nothing_on(chain):
    chain.labels += [("p000", "fraud", START), ("p001", "legit", START)]
    level = levels(chain)
    assert level["p001"] == level["p002"] == 0


def test_the_latest_label_counts(chain):
    chain.labels += [("p000", "fraud", START), ("p000", "legit", START + 1)]
    assert not any(levels(chain).values())
