"""What a ring may change of its members' ordinary lives: observations are re-aimed, never added.

A member who gets the ring's phone gives up one of his own: so nobody has more devices, sessions or contacts for being
in a ring, and only the graph shows that the same thing is used by others too.
"""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from ingest.world.lives import Lives
from ingest.world.randomness import Ints
from ingest.world.things import Network


class Slots:
    """The rows of each person (ordered by person), and how many of them rings have re-aimed already."""

    def __init__(self, who: Ints, what: Ints, people: int) -> None:
        self._what = what
        self._start = np.searchsorted(who, np.arange(people + 1))
        self._used = np.zeros(people, dtype=np.int64)

    def has(self, members: Ints) -> bool:
        """Has each of them a row left?"""
        return bool(np.all(self._start[members] + self._used[members] < self._start[members + 1]))

    def of(self, member: int) -> int:
        """What the member's next row names."""
        return int(self._what[self._start[member] + self._used[member]])

    def aim(self, members: Ints, what: int) -> None:
        """Let the next row of each member name the same thing; those with no row left stay out."""
        rows = self._start[members] + self._used[members]
        able = rows < self._start[members + 1]
        self._what[rows[able]] = what
        self._used[members[able]] += 1


class Fabric:
    """Everything a group of members can be made to share, each by a method of that name."""

    def __init__(self, rng: Generator, end: int, lives: Lives) -> None:
        self.rng, self.end = rng, end
        self._people, self._networks, self._contacts = lives.people, lives.networks, lives.contacts
        people, networks, contacts = self._people, self._networks, self._contacts
        self._devices = Slots(lives.devices.own.who, lives.devices.own.what, len(people))
        self._cards = Slots(lives.cards.own.who, lives.cards.own.what, len(people))
        self._wifi = Slots(networks.on_wifi.who, networks.on_wifi.what, len(people))
        self._ips = Slots(networks.from_ip.who, networks.from_ip.what, len(people))
        self._listed = Slots(contacts.who, contacts.phone, len(people))
        self.payments: list[tuple[int, int, int, int]] = []
        """Source, target, minor units, time."""

    @property
    def created(self) -> Ints:
        """When each person joined, seconds from the start."""
        return self._people.created

    def device(self, members: Ints) -> None:
        """The first member's phone."""
        self._hand_round(self._devices, members)

    def card(self, members: Ints) -> None:
        """The first member's card."""
        self._hand_round(self._cards, members)

    def wifi(self, members: Ints) -> None:
        """An access point of their own."""
        self._wifi.aim(members, int(self._networks.wifi.add(1, Network.HOME)[0]))

    def cafe(self, members: Ints) -> None:
        """The WiFi of a cafe, among many guests."""
        self._wifi.aim(members, int(self.rng.choice(self._networks.cafes)))

    def ip(self, members: Ints) -> None:
        """A broadband line of their own."""
        self._ips.aim(members, int(self._networks.ips.add(1, Network.HOME)[0]))

    def contact(self, members: Ints) -> None:
        """Somebody outside whom all of them name as a contact."""
        self._listed.aim(members, self._contacts.phones)
        self._contacts.phones += 1

    def acquaintance(self, member: int, other: int) -> None:
        """The member names the other as a contact."""
        self._listed.aim(np.array([member]), int(self._people.phone[other]))

    def phone(self, members: Ints) -> None:
        """The first member's phone number."""
        self._people.phone[members] = self._people.phone[members[0]]

    def national_id(self, members: Ints) -> None:
        """The first member's id."""
        self._people.national_id[members] = self._people.national_id[members[0]]

    def address(self, members: Ints) -> None:
        """The first member's address."""
        self._people.address[members] = self._people.address[members[0]]

    def discreet(self, members: Ints) -> list[Callable[[Ints], None]]:
        """What these few can share without drawing attention: each of them has a row to give up for it."""
        ways = (
            (self._devices, self.device),
            (self._cards, self.card),
            (self._listed, self.contact),
            (self._wifi, self.cafe),
        )
        return [share for slots, share in ways if slots.has(members)]

    def _hand_round(self, slots: Slots, members: Ints) -> None:
        if slots.has(members[:1]):
            slots.aim(members, slots.of(int(members[0])))
