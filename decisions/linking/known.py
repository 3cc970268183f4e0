"""What is known of people and identifiers beside what a run says: labels, blacklists, and what analysts have judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Known:
    """As of now.

    `fraud`: applicants who are known fraudsters, since when (unix seconds); `cleared`: those who were judged not to
    be; `listed`: blacklisted values, by the blacklist's kind and canonical value, since when; `home`: by applicant, a
    number that those whom an analyst has judged to be one household have in common.
    """

    fraud: Mapping[str, int] = field(default_factory=dict)
    cleared: frozenset[str] = frozenset()
    listed: Mapping[tuple[str, str], int] = field(default_factory=dict)
    home: Mapping[str, int] = field(default_factory=dict)


LISTED_AS = {
    "device": "device",
    "phone": "phone",
    "contact": "phone",
    "card": "card",
    "ip": "ip",
    "wifi": "wifi",
    "id": "id_hash",
}
"""The blacklist's kind of what an application brings, by its source."""
