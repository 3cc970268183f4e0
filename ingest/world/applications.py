"""Applications for credit; nothing in them knows of fraud."""

from dataclasses import dataclass

import numpy as np

from ingest.world.knobs import DAY, Knobs
from ingest.world.people import People
from ingest.world.randomness import Bools, Ints, between, first_of_each, log_normal, stream
from ingest.world.vocabulary import CHANNELS, PURPOSES

AGENT = "agent"
STATUSES = ("rejected", "withdrawn", "approved", "repaid", "overdue")
_STATUS_CHANCES = (0.30, 0.08, 0.34, 0.24, 0.04)
_TERMS = np.array([30, 60, 90, 180, 360])
_DECISION_DAYS = 2


@dataclass(slots=True)
class Applications:
    """Columns of one length, by person; `purpose`, `channel` and `status` are numbers of words."""

    who: Ints
    cents: Ints
    purpose: Ints
    term_days: Ints
    channel: Ints
    time: Ints
    status: Ints


def apply_for_credit(knobs: Knobs, people: People, by_agent: Bools) -> Applications:
    """One application when a person joins, some later; young ones are still pending."""
    rng = stream(knobs.seed, "applications")
    who = np.repeat(np.arange(len(people)), 1 + rng.poisson(knobs.more_applications, len(people)))
    first = first_of_each(who)
    time = between(rng, people.created[who], people.until[who])
    time[first] = people.created[who[first]] + rng.integers(30, 900, len(people))
    channel = rng.integers(0, len(CHANNELS), len(who))
    channel[first & by_agent[who]] = len(CHANNELS)
    status = rng.choice(len(STATUSES), len(who), p=_STATUS_CHANCES)
    status[time > knobs.end - _DECISION_DAYS * DAY] = len(STATUSES)
    cents = (1 + log_normal(rng, 50, 0.8, len(who)).astype(np.int64)) * 10_000
    purpose = rng.integers(0, len(PURPOSES), len(who))
    return Applications(who, cents, purpose, rng.choice(_TERMS, len(who)), channel, time, status)
