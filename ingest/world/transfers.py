"""Transfers: salaries, merchants, friends, families, and savings circles."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.random import Generator

from ingest.world.knobs import DAY, Knobs
from ingest.world.people import People, friends_of, housemates, in_families
from ingest.world.randomness import Bools, Ints, between, fill, log_normal, popular, some, stream
from ingest.world.sharing import Sharing, SharingNotes

_MONTH = 30 * DAY
_MONTHS = 6


@dataclass(slots=True)
class Transfers:
    """Columns of one length. An account below the number of people is a person's. `cents`: minor units."""

    source: Ints
    target: Ints
    cents: Ints
    time: Ints

    def __len__(self) -> int:
        return len(self.source)

    def rows(self, index: Ints | Bools) -> "Transfers":
        """Some of the rows, or all in another order."""
        return Transfers(*(getattr(self, field.name)[index] for field in fields(Transfers)))


def joined(parts: list[Transfers]) -> Transfers:
    """All parts in one."""
    return Transfers(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Transfers)))


def amounts(rng: Generator, count: int) -> Ints:
    """What people pay each other and merchants, in minor units."""
    return 100 + log_normal(rng, 30_000, 1.2, count).astype(np.int64)


def pay(knobs: Knobs, people: People, notes: SharingNotes) -> Transfers:
    """Everything that honest people pay and receive."""
    rng = stream(knobs.seed, "transfers")
    between_people = joined([_friends(rng, knobs, people), _families(rng, knobs, people)])
    returned = between_people.rows(some(rng, knobs.transfer_returned, len(between_people)))
    back = _payments(rng, people, returned.target, returned.source)
    back.time = between(rng, returned.time, np.minimum(returned.time + _MONTH, knobs.end - 1))
    return joined([
        between_people, back, _salaries(rng, knobs, people, notes), _merchants(rng, knobs, people, notes),
        _circles(rng, knobs, notes),
    ])  # fmt: skip


def _payments(rng: Generator, people: People, source: Ints, target: Ints) -> Transfers:
    time = between(rng, people.created[source], people.until[source])
    return Transfers(source, target, amounts(rng, len(source)), time)


def _friends(rng: Generator, knobs: Knobs, people: People) -> Transfers:
    who = np.repeat(np.arange(len(people)), rng.poisson(knobs.friend_transfers, len(people)))
    return _payments(rng, people, who, friends_of(rng, knobs, who))


def _families(rng: Generator, knobs: Knobs, people: People) -> Transfers:
    relatives = in_families(people)
    who = np.repeat(relatives, rng.poisson(knobs.family_transfers, len(relatives)))
    return _payments(rng, people, who, housemates(rng, people, who))


def _salaries(rng: Generator, knobs: Knobs, people: People, notes: SharingNotes) -> Transfers:
    """Monthly pay from a payroll account that serves many employers."""
    payers = 1 + len(people) // knobs.people_per_payer
    workers = np.flatnonzero((people.employer >= 0) & (rng.random(len(people)) < knobs.salary))
    payer_of = len(people) + rng.integers(0, payers, int(people.employer.max(initial=0)) + 1)
    wage = log_normal(rng, 600_000, 0.5, len(workers)).astype(np.int64)
    months = np.minimum(1 + (people.until - people.created)[workers] // _MONTH, _MONTHS)
    row = np.repeat(np.arange(len(workers)), months)
    month = np.arange(len(row)) - np.repeat(np.cumsum(months) - months, months)
    who = workers[row]
    time = people.created[who] + rng.integers(0, _MONTH // 2, len(who)) + month * _MONTH
    notes.note(Sharing.SALARY_PAYER, workers)
    inside = time < knobs.end
    return Transfers(payer_of[people.employer[who]], who, wage[row], time).rows(inside)


def _merchants(rng: Generator, knobs: Knobs, people: People, notes: SharingNotes) -> Transfers:
    first = len(people) + 1 + len(people) // knobs.people_per_payer
    shops = 1 + len(people) // knobs.people_per_merchant
    who = np.repeat(np.arange(len(people)), rng.poisson(knobs.merchant_payments, len(people)))
    notes.note(Sharing.MERCHANT, who)
    return _payments(rng, people, who, first + popular(rng, shops, len(who)))


def _circles(rng: Generator, knobs: Knobs, notes: SharingNotes) -> Transfers:
    """Rotating savings among neighbours: in every round all pay one, or each passes the pot on to the next."""
    sizes = fill(rng, int(knobs.applicants * knobs.savings_circle), *knobs.savings_circle_sizes)
    largest = knobs.savings_circle_sizes[1]
    seats = np.arange(largest)
    start = rng.integers(0, knobs.applicants, len(sizes))
    step = rng.integers(3, 20, len(sizes))
    members = (start[:, None] + step[:, None] * seats) % knobs.applicants
    passing = (rng.random(len(sizes)) < 0.5)[:, None, None]
    next_seat = seats[None, :, None] == (seats[None, None, :] + 1) % sizes[:, None, None]
    seated = (seats < sizes[:, None])[:, :, None] & (seats < sizes[:, None])[:, None, :]
    payment = seated & np.where(passing, next_seat.transpose(0, 2, 1), seats[:, None] != seats)
    circle, payer, receiver = np.nonzero(payment)
    begin = rng.integers(0, max(DAY, knobs.end - largest * 14 * DAY), len(sizes))
    turn = np.where(passing[circle, 0, 0], payer, receiver)
    time = np.minimum(begin[circle] + turn * 14 * DAY + rng.integers(0, DAY, len(circle)), knobs.end - 1)
    source, target = members[circle, payer], members[circle, receiver]
    notes.note(Sharing.SAVINGS_CIRCLE, np.unique(source))
    pot = amounts(rng, len(sizes))
    return Transfers(source, target, pot[circle], time)


def account_count(knobs: Knobs) -> int:
    """How many accounts there are: people's, payers', merchants'."""
    payers = 1 + knobs.applicants // knobs.people_per_payer
    return knobs.applicants + payers + 1 + knobs.applicants // knobs.people_per_merchant
