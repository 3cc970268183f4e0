"""Observations in columns: who was seen with what, from when to when."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.random import Generator

from ingest.world.people import People
from ingest.world.randomness import Bools, Ints, between, log_normal

_LONGEST_VISIT = 3_600


@dataclass(slots=True)
class Seen:
    """Columns of one length; times are seconds from the world's start."""

    who: Ints
    what: Ints
    first: Ints
    last: Ints
    sessions: Ints

    def __len__(self) -> int:
        return len(self.who)

    def rows(self, index: Ints | Bools) -> "Seen":
        """Some of the rows, or all in another order."""
        return Seen(*(getattr(self, field.name)[index] for field in fields(Seen)))


def joined(parts: list[Seen]) -> Seen:
    """The rows of all parts, one part after the other."""
    return Seen(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Seen)))


def together(parts: list[Seen]) -> Seen:
    """The rows of all parts, by person; a person's rows stay in the order of the parts."""
    rows = joined(parts)
    return rows.rows(np.argsort(rows.who, kind="stable"))


def used(rng: Generator, people: People, who: Ints, what: Ints) -> Seen:
    """Ordinary use: from some time after joining, for a while, many times."""
    joined, until = people.created[who], people.until[who]
    first = np.minimum(between(rng, joined, until), between(rng, joined, until))
    last = between(rng, first, until)
    sessions = 1 + np.minimum(log_normal(rng, 3.0, 1.0, len(who)), 500).astype(np.int64)
    return Seen(who, what, first, last, sessions)


def visited(rng: Generator, people: People, who: Ints, what: Ints) -> Seen:
    """One visit of up to an hour."""
    first = between(rng, people.created[who], people.until[who])
    return _visit(rng, who, what, first)


def applied_on(rng: Generator, people: People, who: Ints, what: Ints) -> Seen:
    """One visit, when the person first applied."""
    return _visit(rng, who, what, people.created[who])


def _visit(rng: Generator, who: Ints, what: Ints, first: Ints) -> Seen:
    last = first + rng.integers(60, _LONGEST_VISIT, len(who))
    return Seen(who, what, first, last, np.ones(len(who), dtype=np.int64))
