"""What a measured reason rests on is exactly those members, with the times."""

import numpy as np
import pytest

from detectors.anomaly.unusual import unusual
from detectors.context import context_of
from detectors.measured import Measured
from detectors.spread import neighbours
from detectors.taint import known, received, taint

START, DAY = 1_700_000_000, 86_400


@pytest.fixture
def told(sketch):
    """told("burst"): what is told of a ring of six people of five homes."""

    def tell(code: str) -> list[tuple[str, tuple[str, ...], int | None]]:
        context = context_of(sketch.projection())
        said = known(context)
        members = np.flatnonzero(context.projection.accounts.str.starts_with("p").to_numpy()).astype(np.int32)
        near = taint(said, received(neighbours(context.links, len(context.roof)), said))
        found = Measured(context, members, near, unusual(context)).evidence(code, members)
        return [(one.key, one.applicants, one.first_seen) for one in found]

    for n in range(6):
        who = sketch.person(f"p{n}", START + (0 if n == 0 else 30 + n) * DAY)
        sketch.see(who, "Address", f"home {max(n, 1)}")
        sketch.see(who, "Device", f"device {n}")
    return tell


def test_a_burst_names_who_applied_in_it_and_when(told):
    assert told("burst") == [(f"p{n}", (f"p{n}",), START + (30 + n) * DAY) for n in range(1, 6)]


def test_homes_name_who_lives_together(told):
    assert sorted(told("many_homes")) == [
        ("p0", ("p0", "p1"), None), *((f"p{n}", (f"p{n}",), None) for n in range(2, 6)),
    ]  # fmt: skip


def test_known_fraud_names_labels_and_what_was_listed_with_its_users(told, sketch):
    sketch.see("p4", "Device", "device 3")
    sketch.labels += [("p1", "fraud", START + 1), ("p2", "legit", START), ("p2", "fraud", START - 1)]
    sketch.blacklist += [("device", "device 3", START + 7), ("applicant", "p5", START + 9), ("device", "nobody's", 0)]
    assert sorted(told("known_fraud")) == [
        ("device 3", ("p3", "p4"), START + 7),
        ("p1", ("p1",), START + 1),
        ("p5", ("p5",), START + 9),
    ]


def test_what_is_shared_is_told_elsewhere(told):
    assert told("shared_device") == []
