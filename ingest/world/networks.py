"""WiFi and IP addresses: homes, dormitories, campuses, offices, cafes, carriers."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ingest.world.knobs import Knobs
from ingest.world.people import People
from ingest.world.randomness import Ints, popular, some, stream
from ingest.world.seen import Seen, together, used, visited
from ingest.world.sharing import Sharing, SharingNotes
from ingest.world.things import Network, Things

_SMALLEST_OFFICE = 3
_PRIVATE_ADDRESSES, _CARRIER_ADDRESSES = 250, 4_000


@dataclass(slots=True)
class Networks:
    """Access points and IP addresses, and who was seen on which."""

    wifi: Things
    ips: Things
    on_wifi: Seen
    from_ip: Seen
    cafes: Ints
    """The access points of cafes."""


class _Builder:
    def __init__(self, knobs: Knobs, people: People, notes: SharingNotes) -> None:
        self.knobs, self.people, self.notes = knobs, people, notes
        self.rng: Generator = stream(knobs.seed, "networks")
        self.wifi, self.ips = Things(), Things()
        self.on_wifi: list[Seen] = []
        self.from_ip: list[Seen] = []

    def homes(self) -> None:
        """One access point and one IP address for every home, dormitories included; some addresses change."""
        knobs, people, homes = self.knobs, self.people, self.people.homes
        points, addresses = self.wifi.add(len(homes.size), Network.HOME), self.ips.add(len(homes.size), Network.HOME)
        connected = homes.dormitory | (self.rng.random(len(homes.size)) < knobs.home_wifi)
        who = np.flatnonzero(connected[people.home] & (self.rng.random(len(people)) < knobs.home_wifi_use))
        self.on_wifi.append(used(self.rng, people, who, points[people.home[who]]))
        self.from_ip.append(used(self.rng, people, who, addresses[people.home[who]]))
        changed = self.ips.add(len(homes.size), Network.HOME)
        moved = (self.rng.random(len(homes.size)) < knobs.new_home_address)[people.home[who]]
        self.from_ip.append(used(self.rng, people, who[moved], changed[people.home[who[moved]]]))

    def campuses(self) -> None:
        campus = self.people.homes.campus[self.people.home]
        students = np.flatnonzero(campus >= 0)
        points, addresses = self._place(int(campus.max(initial=-1)) + 1, Network.CAMPUS)
        self._frequent(students, points[campus[students]], addresses[campus[students]])
        self.notes.note(Sharing.CAMPUS, students)

    def offices(self) -> None:
        """Large offices have one access point for every so many employees, and one IP address."""
        employer = self.people.employer
        sizes = np.bincount(employer[employer >= 0])
        points = np.where(sizes >= _SMALLEST_OFFICE, 1 + sizes // self.knobs.employees_per_access_point, 0)
        first = np.cumsum(points) - points
        here = (employer >= 0) & (self.rng.random(len(employer)) < self.knobs.office_network_use)
        who = np.flatnonzero(here)[points[employer[here]] > 0]
        at = employer[who]
        wifi = self.wifi.add(int(points.sum()), Network.OFFICE)
        addresses = self.ips.add(len(sizes), Network.OFFICE)
        desk = (self.rng.random(len(who)) * points[at]).astype(np.int64)
        self._frequent(who, wifi[first[at] + desk], addresses[at])
        self.notes.note(Sharing.OFFICE, np.flatnonzero((employer >= 0) & (sizes[employer] > 1)))

    def cafes(self) -> Ints:
        """Public WiFi that many use once."""
        points, addresses = self._place(1 + len(self.people) // self.knobs.people_per_cafe, Network.CAFE)
        who = some(self.rng, self.knobs.cafe_visit, len(self.people))
        cafe = popular(self.rng, len(points), len(who))
        self.on_wifi.append(visited(self.rng, self.people, who, points[cafe]))
        self.from_ip.append(visited(self.rng, self.people, who, addresses[cafe]))
        self.notes.note(Sharing.CAFE, who)
        return points

    def carriers(self) -> None:
        """Thousands behind one public address of a mobile carrier; addresses that are nobody's in the raw data."""
        knobs, people = self.knobs, self.people
        addresses = self.ips.add(1 + len(people) // knobs.people_per_carrier_address, Network.MOBILE)
        who = some(self.rng, knobs.mobile_network, len(people))
        self.from_ip.append(used(self.rng, people, who, self.rng.choice(addresses, len(who))))
        self.notes.note(Sharing.CARRIER_NAT, who)
        nowhere = np.concatenate([
            self.ips.add(_PRIVATE_ADDRESSES, Network.PRIVATE),
            self.ips.add(_CARRIER_ADDRESSES, Network.CARRIER_INTERNAL),
            np.repeat(self.ips.add(1, Network.ZERO), _PRIVATE_ADDRESSES),
        ])  # fmt: skip
        who = some(self.rng, knobs.unroutable_address, len(people))
        self.from_ip.append(used(self.rng, people, who, self.rng.choice(nowhere, len(who))))

    def _place(self, count: int, kind: Network) -> tuple[Ints, Ints]:
        return self.wifi.add(count, kind), self.ips.add(count, kind)

    def _frequent(self, who: Ints, points: Ints, addresses: Ints) -> None:
        self.on_wifi.append(used(self.rng, self.people, who, points))
        self.from_ip.append(used(self.rng, self.people, who, addresses))


def connect(knobs: Knobs, people: People, notes: SharingNotes) -> Networks:
    """Put everybody on the networks of the places where they live, study, work and pass by."""
    builder = _Builder(knobs, people, notes)
    builder.homes()
    builder.campuses()
    builder.offices()
    cafes = builder.cafes()
    builder.carriers()
    notes.note(Sharing.DORMITORY, np.flatnonzero(people.homes.dormitory[people.home]))
    return Networks(builder.wifi, builder.ips, together(builder.on_wifi), together(builder.from_ip), cafes)
