"""Findings about the same people become one ring."""

import numpy as np

from detectors.contract import Finding
from detectors.rings import LARGEST, gather


def finding(members, score: float = 0.5, detector: str = "groups") -> Finding:
    return Finding(detector, "shared_device", np.array(sorted(members), np.int32), score, ())


def members(*findings: Finding) -> list[list[int]]:
    return [sorted(ring.members) for ring in gather(findings)]


def test_overlapping_findings_are_merged():
    assert members(finding([1, 2, 3, 4]), finding([3, 4, 5], detector="cycles")) == [[1, 2, 3, 4, 5]]


def test_one_common_member_does_not_merge():
    assert members(finding([1, 2, 3]), finding([3, 4])) == [[1, 2, 3], [3, 4]]


def test_a_small_share_of_both_does_not_merge():
    assert len(members(finding(range(10)), finding(range(8, 20)))) == 2


def test_merging_never_makes_a_ring_too_large():
    assert len(members(finding(range(80)), finding(range(40, 120)))) == 2
    assert max(map(len, members(finding(range(80)), finding(range(40, 120))))) <= LARGEST


def test_the_order_of_findings_does_not_matter():
    findings = [finding([1, 2, 3], 0.3), finding([2, 3, 4], 0.9), finding([4, 5, 6], 0.5), finding([5, 6, 7], 0.5)]
    assert members(*findings) == members(*reversed(findings))


def test_a_ring_keeps_its_findings():
    (ring,) = gather([finding([1, 2, 3]), finding([1, 2], detector="mules")])
    assert [one.detector for one in ring.findings] == ["groups", "mules"]
