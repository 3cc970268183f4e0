"""The people: when they come, where they live, where they work, whom they know."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ingest.world.knobs import DAY, Knobs
from ingest.world.randomness import Bools, Ints, cut, fill, number_of, some, stream

_HOURLY = np.array([2, 1, 1, 1, 1, 2, 4, 6, 8, 10, 11, 11, 10, 9, 9, 9, 10, 11, 12, 13, 13, 12, 9, 5])
"""How many come in each hour of the day, relative to each other."""


@dataclass(slots=True)
class Homes:
    """Homes in the order of the street: `campus` is -1 for households, and the campus of a dormitory."""

    size: Ints
    campus: Ints

    @property
    def dormitory(self) -> Bools:
        """Which homes are dormitories."""
        return self.campus >= 0


@dataclass(slots=True)
class People:
    """Columns with one row for each person; neighbours stand next to each other.

    `created` and `until` are seconds from the world's start. `home`, `employer`, `phone`, `national_id` and `address`
    are numbers of things; -1 stands for none.
    """

    created: Ints
    until: Ints
    homes: Homes
    home: Ints
    employer: Ints
    phone: Ints
    national_id: Ints
    address: Ints
    recycled: Ints
    """Those who got a phone number that somebody had before."""

    def __len__(self) -> int:
        return len(self.created)


def populate(knobs: Knobs) -> People:
    """The lender's applicants, before anybody shares a thing."""
    rng = stream(knobs.seed, "people")
    count = knobs.applicants
    created = _arrivals(rng, knobs)
    stay = (rng.exponential(knobs.mean_active_days, count) * DAY).astype(np.int64)
    homes = _homes(rng, knobs)
    home = np.repeat(np.arange(len(homes.size)), homes.size)
    phone = np.arange(count)
    recycled = _recycle(rng, knobs, created, phone)
    address = np.where(rng.random(count) < knobs.missing_address, -1, home)
    employer = _employers(rng, knobs, homes.dormitory[home])
    until = np.minimum(created + stay, knobs.end - 1)
    return People(created, until, homes, home, employer, phone, np.arange(count), address, recycled)


def friends_of(rng: Generator, knobs: Knobs, who: Ints) -> Ints:
    """A friend of each: somebody who lives nearby."""
    steps = rng.geometric(1 / knobs.friend_distance, len(who)) * rng.choice([-1, 1], len(who))
    friends: Ints = np.mod(who + steps, knobs.applicants)
    return friends


def housemates(rng: Generator, people: People, who: Ints) -> Ints:
    """Somebody else of the same home for each; people who live alone get themselves."""
    size = people.homes.size[people.home[who]]
    start = (np.cumsum(people.homes.size) - people.homes.size)[people.home[who]]
    step = 1 + (rng.random(len(who)) * (size - 1)).astype(np.int64)
    mates: Ints = start + (who - start + step) % size
    return mates


def in_families(people: People) -> Ints:
    """Those who live in a household with others."""
    homes = people.homes
    return np.flatnonzero(((homes.size > 1) & ~homes.dormitory)[people.home])


def _arrivals(rng: Generator, knobs: Knobs) -> Ints:
    day = rng.integers(0, knobs.days, knobs.applicants)
    hour = rng.choice(24, knobs.applicants, p=_HOURLY / _HOURLY.sum())
    return day * DAY + hour * 3_600 + rng.integers(0, 3_600, knobs.applicants)


def _homes(rng: Generator, knobs: Knobs) -> Homes:
    residents = int(knobs.applicants * knobs.dormitory)
    families = cut(number_of(rng, knobs.household_sizes, knobs.applicants), knobs.applicants - residents)
    dormitories = fill(rng, residents, *knobs.dormitory_sizes)
    campus = np.arange(len(dormitories)) // knobs.dormitories_per_campus
    nowhere = np.full(len(families), -1)
    return Homes(np.concatenate([families, dormitories]), np.concatenate([nowhere, campus]))


def _employers(rng: Generator, knobs: Knobs, resident: Bools) -> Ints:
    """An employer for a share of those who live in no dormitory; the sizes follow a power law."""
    employer = np.full(knobs.applicants, -1)
    workers = rng.permutation(np.flatnonzero(~resident & (rng.random(knobs.applicants) < knobs.employed)))
    exponent = 1 / (knobs.employer_exponent - 1)
    sizes = np.minimum((1 - rng.random(len(workers))) ** -exponent, knobs.largest_employer).astype(np.int64)
    sizes = cut(sizes, len(workers))
    employer[workers] = np.repeat(np.arange(len(sizes)), sizes)
    return employer


def _recycle(rng: Generator, knobs: Knobs, created: Ints, phone: Ints) -> Ints:
    """Give some people the number of somebody who joined long before; returns who got one."""
    new = some(rng, knobs.recycled_number, knobs.applicants)
    old = rng.integers(0, knobs.applicants, len(new))
    late = (created[new] - created[old] > 30 * DAY) & ~np.isin(old, new)
    phone[new[late]] = phone[old[late]]
    return new[late]
