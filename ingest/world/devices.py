"""Devices: one's own, second-hand, borrowed, the family's, a shop's, the lender's staff's."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ingest.world.knobs import DAY, Knobs
from ingest.world.people import People, friends_of, housemates, in_families
from ingest.world.randomness import Bools, Ints, first_of_each, number_of, popular, some, stream
from ingest.world.seen import Seen, applied_on, together, used, visited
from ingest.world.sharing import Sharing, SharingNotes

_LEAST_HANDOVER = 3 * DAY


@dataclass(slots=True)
class Devices:
    """`own`: everybody's own devices, by person. `others`: devices of somebody else. `count` devices in all."""

    own: Seen
    others: Seen
    count: int
    handed_on: tuple[Ints, Ints]
    """Rows of `own`: a phone's first owner, and its next."""
    by_agent: Bools
    """Who applied on a shop's tablet."""


def equip(knobs: Knobs, people: People, notes: SharingNotes) -> Devices:
    """Give everybody devices, and let some share them honestly."""
    rng = stream(knobs.seed, "devices")
    who = np.repeat(np.arange(len(people)), number_of(rng, knobs.devices, len(people)))
    own = used(rng, people, who, np.arange(len(who)))
    first = first_of_each(who)
    own.first[first] = people.created[who[first]]
    handed_on = _hand_on(rng, knobs, people, own)
    phones = own.what[first]
    tablets = 1 + int(len(people) * knobs.shop_tablet / knobs.applicants_per_tablet)
    staff = 1 + int(len(people) * knobs.staff_device / knobs.applicants_per_staff_device)
    customers = some(rng, knobs.shop_tablet, len(people))
    helped = some(rng, knobs.staff_device, len(people))
    others = [
        *_lend(rng, knobs, people, phones, notes),
        applied_on(rng, people, customers, len(who) + popular(rng, tablets, len(customers))),
        applied_on(rng, people, helped, len(who) + tablets + popular(rng, staff, len(helped))),
    ]
    notes.note(Sharing.SHOP_TABLET, customers)
    notes.note(Sharing.STAFF_DEVICE, helped)
    by_agent = np.zeros(len(people), dtype=bool)
    by_agent[customers] = True
    return Devices(own, together(others), len(who) + tablets + staff, handed_on, by_agent)


def _hand_on(rng: Generator, knobs: Knobs, people: People, own: Seen) -> tuple[Ints, Ints]:
    """Sell phones on: the next owner is first seen at least a day after the old one was seen last."""
    pairs = rng.permutation(len(own))[: 2 * int(knobs.second_hand_phone * len(people))].reshape(2, -1)
    old, new = np.take_along_axis(pairs, np.argsort(own.first[pairs], axis=0), axis=0)
    apart = (own.first[new] - own.first[old] > _LEAST_HANDOVER) & (own.who[old] != own.who[new])
    old, new = old[apart], new[apart]
    own.what[new] = own.what[old]
    own.last[old] = np.minimum(own.last[old], own.first[new] - DAY)
    return old, new


def _lend(rng: Generator, knobs: Knobs, people: People, phones: Ints, notes: SharingNotes) -> list[Seen]:
    """A friend's phone for an hour; a phone that two of a family use."""
    borrowers = some(rng, knobs.borrowed_phone, len(people))
    relatives = in_families(people)
    relatives = relatives[rng.random(len(relatives)) < knobs.family_device]
    notes.note(Sharing.BORROWED_PHONE, borrowers)
    return [
        visited(rng, people, borrowers, phones[friends_of(rng, knobs, borrowers)]),
        used(rng, people, relatives, phones[housemates(rng, people, relatives)]),
    ]
