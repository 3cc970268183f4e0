"""The recipe finds the curve that made a world, and tells how far it is off elsewhere."""

import numpy as np
import polars as pl
import pytest

from bench.detect.fitting import Rings, alike, checked, fitted, rings_of
from bench.detect.methods.ringfence import unlabelled
from bench.detect.truth import Truth
from detectors.calibration import Curve, Verdicts

NONE = Verdicts(np.empty(0), np.empty(0), np.empty(0))
TRUE = Curve(half=0.25, steepness=4.5)


def world(seed: int, rings: int = 1500, correlation: float = 0.4) -> Rings:
    """Rings whose members are fraudsters as the true curve says, and alike."""
    rng = np.random.default_rng(seed)
    total, size = rng.uniform(0.08, 0.7, rings), rng.integers(3, 20, rings)
    share, both = TRUE.chance(total), 1 / correlation - 1
    fraud = rng.binomial(size, rng.beta(share * both, (1 - share) * both))
    none = np.zeros(rings, np.int64)
    return Rings(total, size, fraud, none, none, NONE, 10_000_000)


def test_the_curve_of_the_worlds_is_found():
    prior = fitted([world(1), world(2)])
    assert prior.curve.half == pytest.approx(TRUE.half, rel=0.05)
    assert prior.curve.steepness == pytest.approx(TRUE.steepness, rel=0.1)
    assert 0 <= prior.half < 0.1


def test_each_world_counts_the_same():
    small, large = world(1, rings=300), world(2)
    large.total[:] *= 2
    assert fitted([small, large]).curve.half == pytest.approx(np.sqrt(0.25 * 0.5), rel=0.15)


def test_how_alike_members_are_is_found():
    worlds = [world(1), world(2)]
    assert alike(worlds, fitted(worlds)) == pytest.approx(0.4, abs=0.051)


def test_the_table_tells_errors_and_whom_it_harms():
    found = world(3)
    _, rings, before, after, expected, honest, _ = checked("w", [found], fitted([world(1), world(2)]))
    assert rings == len(found.total)
    assert float(after) < 0.05 < float(before)
    assert int(honest) == (found.size - found.fraud).sum()
    assert float(expected) == pytest.approx(int(honest), rel=0.1)


def test_rings_are_counted_against_the_truth(lender):
    ring, others = "abcdef", [chr(0x4E00 + at) for at in range(200)]
    own = {f"own-{one}": one for one in (*ring, *others)}
    cards, devices = ({f"{kind}{at}": ring[at : at + 4] for at in range(3)} for kind in ("card", "device"))
    projection = lender(applicant_card=own | cards, applicant_device=own | devices)
    people = pl.DataFrame({"applicant_id": list("abcdxy"), "is_fraud": [True] * 4 + [False] * 2})
    found = rings_of(projection, Truth(pl.DataFrame(), people))
    assert (found.people, found.size.tolist(), found.fraud.tolist()) == (206, [6], [4])


def test_without_labels_there_are_none(lender):
    projection = unlabelled(lender(applicant_device={"d1": "abc"}))
    assert projection.labels.height == projection.blacklist.height == 0
