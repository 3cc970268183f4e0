"""What is usual is counted among all customers, and does not depend on chance."""

import numpy as np
import pytest

from detectors.anomaly.unusual import unusual
from detectors.context import context_of
from detectors.contract import Finding
from detectors.norms import Norms, norms
from detectors.spread import neighbours
from detectors.taint import known, received, taint

START, DAY = 1_700_000_000, 86_400


@pytest.fixture
def learned(sketch):
    """Of 100 customers with a device 4 share one, of four homes; 20 have a card; two are fraud, three in a cycle."""
    for n in range(100):
        who = sketch.person(f"p{n:03d}", START + n * DAY)
        sketch.see(who, "Device", f"device of {who}")
        if n < 20:
            sketch.see(who, "Card", f"card {n // 2 if n < 4 else n}")
        if n < 4:
            sketch.see(who, "Device", "device of four")
    sketch.person("without anything", -1)
    sketch.labels += [("p000", "fraud", START), ("p001", "fraud", START), ("p001", "legit", START + 1)]
    context = context_of(sketch.projection())
    said = known(context)
    cycles = [Finding("cycles", "transfer_cycle", np.array(members, np.int32), 1, ()) for members in ([1, 2], [2, 3])]
    groups = Finding("groups", "shared_device", np.arange(50, dtype=np.int32), 1, ())
    near = taint(said, received(neighbours(context.links, len(context.roof)), said))
    return norms(context, [*cycles, groups], near, unusual(context))


def test_sharing_is_counted_among_those_who_have_such_a_thing_by_homes_joined(learned: Norms):
    assert [learned.shared("shared_device", homes) for homes in (2, 4, 5, 1000)] == [0.96, 0.96, 1.0, 1.0]
    assert [learned.shared("shared_card", homes) for homes in (2, 3)] == [0.8, 1.0]


def test_known_fraud_and_findings_are_shares_of_all_customers(learned: Norms):
    assert learned.known == pytest.approx(1 / 101, abs=1e-6)
    assert learned.aside == {"transfer_cycle": pytest.approx(1 - 3 / 101, abs=1e-6)}
    assert 0.9 < learned.untied <= 1


def test_a_group_of_few_is_close_in_time_by_chance_more_often(learned: Norms):
    usual = [learned.tempo(size) for size in (2, 5, 20, 90)]
    assert usual == sorted(usual, reverse=True)
    assert usual == [learned.tempo(size) for size in (2, 5, 20, 90)]
    assert usual[-1] == pytest.approx(14 / 99, abs=0.1), "14 days of 99, and a little more"


def test_they_are_kept_with_the_run_by_name(learned: Norms):
    figures = learned.figures()
    assert figures["usual_shared_device"] == 0.96
    assert figures["usual_known_fraud"] == learned.known
    assert all(0 <= share <= 1 for share in figures.values())


def test_nobody_has_norms_too(sketch):
    context = context_of(sketch.projection())
    said = known(context)
    near = taint(said, received(neighbours(context.links, len(context.roof)), said))
    assert norms(context, [], near, unusual(context)).figures()["usual_shared_card"] == 1.0
