"""Rings that an application would join by its links, or would form with others who are in none."""

from collections.abc import Sequence
from dataclasses import dataclass

from decisions.linking.links import Link
from decisions.linking.people import InRing, People

SMALLEST = 3


@dataclass(frozen=True, slots=True)
class Rings:
    """`own`: the ring that the applicant was in at the last run; `joins`: the highest-scored other one that a held link
    leads into; `forms`: the members of a new ring, the applicant included, 0 if they are fewer than three.
    """

    own: InRing | None = None
    joins: InRing | None = None
    forms: int = 0


def rings(own: int, links: Sequence[Link], people: People) -> Rings:
    """The rings around an applicant at the place `own` (-1: not known to the run)."""
    ring = people.ring(own)
    held = [link for link in links if link.held]
    others = [link.ring for link in held if link.ring and (ring is None or link.ring.ring_id != ring.ring_id)]
    joins = max(others, key=lambda one: (one.score, one.ring_id), default=None)
    if ring or joins:
        return Rings(ring, joins)
    placed = {link.position for link in held if link.position >= 0}
    circle = placed | {far for one in placed for far in people.linked(one) if people.ring(far) is None}
    members = 1 + len(circle - {own}) + sum(link.position < 0 for link in held)
    return Rings(forms=members if held and members >= SMALLEST else 0)
