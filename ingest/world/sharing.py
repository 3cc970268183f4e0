"""The kinds of honest sharing, and who takes part in which."""

from enum import IntFlag, auto

import numpy as np
import polars as pl

from ingest.world.randomness import Ints


class Sharing(IntFlag):
    """Why honest people share something."""

    HOUSEHOLD = auto()
    DORMITORY = auto()
    CAMPUS = auto()
    OFFICE = auto()
    CAFE = auto()
    CARRIER_NAT = auto()
    SECOND_HAND_PHONE = auto()
    BORROWED_PHONE = auto()
    RECYCLED_NUMBER = auto()
    SHOP_TABLET = auto()
    STAFF_DEVICE = auto()
    SALARY_PAYER = auto()
    MERCHANT = auto()
    SAVINGS_CIRCLE = auto()

    @property
    def label(self) -> str:
        """The kind's name in the truth tables."""
        return str(self.name).lower()


class SharingNotes:
    """Collects, for every person, the kinds of honest sharing."""

    def __init__(self, people: int) -> None:
        self._flags = np.zeros(people, dtype=np.int64)

    def note(self, kind: Sharing, who: Ints) -> None:
        """These people share something honestly."""
        self._flags[who] |= int(kind)

    def names(self) -> pl.Series:
        """The kinds of each person, joined by `|`; empty for nobody's."""
        distinct, inverse = np.unique(self._flags, return_inverse=True)
        names = ["|".join(kind.label for kind in Sharing if flags & kind) for flags in distinct.tolist()]
        return pl.Series(names, dtype=pl.String).gather(inverse)
