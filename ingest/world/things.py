"""Numbered things of several kinds, such as WiFi access points: more can be added at any time."""

from enum import IntEnum

import numpy as np

from ingest.world.randomness import Ints


class Network(IntEnum):
    """What kind of place a WiFi access point or an IP address belongs to."""

    HOME = 0
    CAMPUS = 1
    OFFICE = 2
    CAFE = 3
    MOBILE = 4
    PRIVATE = 5
    CARRIER_INTERNAL = 6
    ZERO = 7


class Things:
    """Things are numbered from zero in the order in which they were added."""

    def __init__(self) -> None:
        self._kinds: list[Ints] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, count: int, kind: IntEnum) -> Ints:
        """Make things of a kind; returns their numbers."""
        self._kinds.append(np.full(count, int(kind)))
        self._count += count
        return np.arange(self._count - count, self._count)

    @property
    def kinds(self) -> Ints:
        """The kind of each thing."""
        return np.concatenate(self._kinds)
