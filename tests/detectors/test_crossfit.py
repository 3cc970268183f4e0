"""No label vouches for itself: each stands beside the total that its ring would have without it."""

import numpy as np
import pytest

from detectors.assembly import LEAST_TOTAL
from detectors.calibration import label_odds
from detectors.crossfit import verdicts
from detectors.detection import assemble
from detectors.scoring import member_total
from detectors.weighing import customers

DECIDED = 1_700_000_000


@pytest.fixture
def labelled(small_world):
    """Call it with the only labels that there are, as (applicant, label): their verdicts, and the rings."""

    def build(*labels: tuple[str, str]):
        before = list(small_world.sketch.labels)
        small_world.sketch.labels[:] = [(who, label, DECIDED) for who, label in labels]
        try:
            assembly = assemble(small_world.projection, {})
        finally:
            small_world.sketch.labels[:] = before
        return verdicts(assembly.context, customers(assembly.context), assembly.totals, LEAST_TOTAL), assembly

    return build


def member_total_of(assembly, person: str) -> float:
    """What the total of the only ring that somebody is in counts for him."""
    [at] = np.flatnonzero(assembly.totals.member == assembly.context.projection.accounts.to_list().index(person))
    return float(member_total(assembly.totals.total[assembly.totals.ring[at]], assembly.totals.hold[at]))


def test_a_lone_label_is_seen_beside_the_total_of_the_ring_without_it(small_world, labelled):
    person = small_world.rings[0][1]
    _, plain = labelled()
    found, raised = labelled((person, "fraud"))
    assert found.fraud.tolist() == [1.0]
    assert found.total[0] == pytest.approx(member_total_of(plain, person), abs=1e-5)
    assert found.total[0] < member_total_of(raised, person)


def test_labels_of_others_still_count(small_world, labelled):
    one, *others = sorted(small_world.rings[0][:4])
    alone, _ = labelled((one, "fraud"))
    among, _ = labelled(*((who, "fraud") for who in (one, *others)))
    assert among.total[0] > alone.total[0]


def test_an_acquittal_does_not_clear_its_own_ring(small_world, labelled):
    one, other = sorted(small_world.rings[0][:2])
    found, cleared = labelled((one, "legit"), (other, "fraud"))
    assert found.fraud.tolist() == [0.0, 1.0]
    assert found.total[0] > member_total_of(cleared, one)


def test_labels_of_one_ring_weigh_less_than_as_many_of_several(small_world, labelled):
    together, _ = labelled(*((who, "fraud") for who in small_world.rings[0][:2]))
    apart, _ = labelled(*((ring[0], "fraud") for ring in small_world.rings[:2]))
    assert together.weight.sum() < apart.weight.sum() == pytest.approx(2)


def test_labels_outside_all_rings_teach_nothing_but_how_labels_are_given(small_world, labelled):
    found, assembly = labelled(("h0000-0", "legit"), ("h0000-1", "fraud"))
    people = int(assembly.context.projection.is_applicant.sum())
    assert len(found.total) == 0
    assert found.odds == label_odds(1, 1, people) > 1
