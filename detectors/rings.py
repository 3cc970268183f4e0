"""Rings: findings about the same people, merged."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from detectors.contract import Finding

OVERLAP = 0.3
"""Findings are about the same ring when at least this share of the smaller one's members is in the other."""

LARGEST = 100


@dataclass(slots=True)
class Gathered:
    """The members (account numbers) of one ring to be, and the findings that it is made of."""

    members: set[int]
    findings: list[Finding] = field(default_factory=list)


def gather(findings: Sequence[Finding]) -> list[Gathered]:
    """Merge overlapping findings, the strongest first; rings in order of their smallest members."""
    rings: list[Gathered] = []
    of_member: dict[int, list[int]] = {}
    for finding in sorted(findings, key=_strongest_first):
        people = set(finding.members.tolist())
        at = _fitting(people, rings, of_member)
        if at is None:
            at = len(rings)
            rings.append(Gathered(set()))
        for person in people - rings[at].members:
            of_member.setdefault(person, []).append(at)
        rings[at].members |= people
        rings[at].findings.append(finding)
    return sorted(rings, key=lambda ring: sorted(ring.members))


def _strongest_first(finding: Finding) -> tuple[float, int, list[int], str]:
    return (-finding.score, -len(finding.members), finding.members.tolist(), finding.detector)


def _fitting(people: set[int], rings: list[Gathered], of_member: dict[int, list[int]]) -> int | None:
    """The ring with most of these people, if it is about them."""
    common = Counter(at for person in people for at in of_member.get(person, ()))
    fitting = [
        (-shared, at)
        for at, shared in common.items()
        if shared >= 2
        and shared >= OVERLAP * min(len(people), len(rings[at].members))
        and len(people | rings[at].members) <= LARGEST
    ]
    return min(fitting)[1] if fitting else None
