"""Pairs of applicants under different roofs who share something, with what each sharing is worth."""

from dataclasses import dataclass

import numpy as np

from detectors.profiles import Profiles
from detectors.sharing import DAY, SOURCES, Family, Sharing
from graph.projection import Index, Ints

USER_CAP = 60
"""An identifier of more users makes no pairs: the work would grow with the square, and it would say nothing."""

PAIR_BUDGET = 24_000_000
"""Most pairs of one run. The cap is lowered until they fit: memory stays bounded whatever the data."""

FORGETTING = 30 * DAY
"""Half-life of the worth of a sharing by the time between one user's last and the other's first use."""

LASTING = frozenset({Family.CONTACT, Family.MONEY, Family.SOCIAL, Family.IDENTITY, Family.CARD})
"""Families whose evidence does not fade when the two uses are far apart in time."""

_FADES = np.array([source.family not in LASTING for source in SOURCES])


@dataclass(frozen=True, slots=True)
class Pairs:
    """One row for each identifier that two applicants share: `low` < `high` (account numbers), `identifier`, `worth`
    (thousandths of a nat).
    """

    low: Index
    high: Index
    identifier: Index
    worth: Index


def pairs(sharing: Sharing, profiles: Profiles, roof: Index) -> Pairs:
    """All pairs that identifiers of some worth make."""
    cap = _affordable_cap(profiles)
    useful = (profiles.worth > 0) & (profiles.users <= cap)
    row = np.flatnonzero(useful[sharing.identifier])
    end = sharing.start[1:][sharing.identifier[row]]
    found = []
    for step in range(1, cap):
        within = row + step < end
        row, end = row[within], end[within]
        found.append(_at_distance(sharing, profiles, roof, row, step))
    return Pairs(
        *(
            np.concatenate([np.empty(0, np.int32), *(getattr(one, name) for one in found)])
            for name in ("low", "high", "identifier", "worth")
        )
    )


def _affordable_cap(profiles: Profiles) -> int:
    """The largest user cap that keeps to the budget."""
    users = profiles.users[profiles.worth > 0]
    many = np.bincount(np.minimum(users, USER_CAP + 1), minlength=USER_CAP + 2)[: USER_CAP + 1]
    size = np.arange(USER_CAP + 1)
    total = np.cumsum(many * size * (size - 1) // 2)
    return int(np.searchsorted(total, PAIR_BUDGET, side="right")) - 1


def _at_distance(sharing: Sharing, profiles: Profiles, roof: Index, row: Ints, step: int) -> Pairs:
    """Pairs of rows that stand `step` apart in the same identifier."""
    one, other = sharing.applicant[row], sharing.applicant[row + step]
    apart = roof[one] != roof[other]
    row, one, other = row[apart], one[apart], other[apart]
    identifier = sharing.identifier[row]
    worth = profiles.worth[identifier]
    fades = np.flatnonzero(_FADES[sharing.source[identifier]])
    earlier, later = row[fades], row[fades] + step
    gap = np.maximum(sharing.first[earlier], sharing.first[later]) - np.minimum(
        sharing.last[earlier], sharing.last[later]
    )
    worth[fades] = (worth[fades] * 0.5 ** (np.maximum(gap, 0) / FORGETTING)).astype(np.int32)
    return Pairs(one, other, identifier, worth)
