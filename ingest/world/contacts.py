"""Contacts: the phone numbers that people name."""

from dataclasses import dataclass

import numpy as np

from ingest.world.knobs import Knobs
from ingest.world.people import People, friends_of, housemates
from ingest.world.randomness import Ints, number_of, some, stream

PLACEHOLDER = -1
RELATIONS = ("spouse", "parent", "sibling", "friend", "colleague", "relative", "other")
_SOURCES = np.cumsum([0.22, 0.14, 0.05, 0.05])
"""Chances that a contact lives in the same home, is a friend, a relative of the whole home, the employer's office."""


@dataclass(slots=True)
class Contacts:
    """Columns of one length, by person; `phone` and `relation` are numbers. `phones` numbers exist in all."""

    who: Ints
    phone: Ints
    relation: Ints
    phones: int


def name_contacts(knobs: Knobs, people: People) -> Contacts:
    """Let everybody name family, friends, colleagues' office, and people whom the lender does not know."""
    rng = stream(knobs.seed, "contacts")
    who = np.repeat(np.arange(len(people)), number_of(rng, knobs.contacts, len(people)))
    source = np.searchsorted(_SOURCES, rng.random(len(who)), side="right")
    mate = housemates(rng, people, who)
    source[(source == 0) & (mate == who)] = len(_SOURCES)
    employer = people.employer[who]
    source[(source == 3) & (employer < 0)] = len(_SOURCES)
    homes, employers = len(people.homes.size), int(people.employer.max(initial=-1)) + 1
    relatives = len(people)
    offices = relatives + homes
    strangers = offices + employers
    phone = np.select(
        [source == 0, source == 1, source == 2, source == 3],
        [
            people.phone[mate],
            people.phone[friends_of(rng, knobs, who)],
            relatives + people.home[who],
            offices + employer,
        ],
        strangers + np.arange(len(who)),
    )
    relation = np.select(
        [source == 0, source == 1, source == 2, source == 3],
        [rng.integers(0, 3, len(who)), np.full(len(who), 3), np.full(len(who), 5), np.full(len(who), 4)],
        rng.integers(0, len(RELATIONS), len(who)),
    )
    phone[some(rng, knobs.placeholder_contact, len(who))] = PLACEHOLDER
    return Contacts(who, phone, relation, strangers + len(who))
