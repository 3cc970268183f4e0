"""Known fraud near an applicant: among those linked with him, and among those linked with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from decisions.linking.links import Link
from decisions.linking.people import People

RECENT = 90 * 86_400


@dataclass(frozen=True, slots=True)
class NearFraud:
    """How many known fraudsters are linked with the applicant, and within two links; `recent`: known for 90 days."""

    linked: int = 0
    linked_recent: int = 0
    within_two: int = 0
    within_two_recent: int = 0


def near_fraud(own: int, links: Sequence[Link], fraud: Mapping[str, int], people: People, at: int) -> NearFraud:
    """Count known fraud around the applicant (at the place `own`) by his held links of now and those of the last run.

    `fraud`: applicants who are known fraudsters, since when.
    """
    held = [link for link in links if link.held]
    near = {link.position for link in held if link.position >= 0} | set(people.linked(own))
    farther = {other for one in near for other in people.linked(one)} - near - {own}
    new = [fraud[link.applicant_id] for link in held if link.position < 0 and link.applicant_id in fraud]
    first = people.fraud_at(near) + new
    second = first + people.fraud_at(farther)
    return NearFraud(len(first), _recent(first, at), len(second), _recent(second, at))


def _recent(times: Sequence[int], at: int) -> int:
    return sum(when >= at - RECENT for when in times)
