"""Milieus: people who live, study or work together share much, and each further thing says little.

Of each identifier it is counted how many of its users are of one workplace, of one dormitory or block, or on one
network of a crowd. The most that any one of these explains is what is honest about the sharing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detectors.hubs.chance import beyond_chance
from detectors.hubs.uses import BUSIEST, Uses
from detectors.roofs import LARGEST_HOME
from detectors.sharing import Sharing
from graph.ontology.nodes import EMPLOYER
from graph.projection import Index, Ints, Mask, Projection

LARGEST_MILIEU = 3000

MOST = 0.6
"""Share of the users whom an explanation must account for."""

BELIEVED = 3.0
"""Nats beyond chance from which an explanation is believed: twenty to one."""


@dataclass(frozen=True, slots=True)
class Milieu:
    """Of each identifier the largest share of users (0 to 1) who are of one place; 0 of what is such a place itself.

    `work`: of one employer; `living`: of one address of more people than a family; `likely`: nats by which the larger
    of the two is beyond chance. `campus`: whether more of its users live in any such address than chance has it;
    `employed`: how many users name an employer, whichever.
    """

    work: npt.NDArray[np.float64]
    living: npt.NDArray[np.float64]
    likely: npt.NDArray[np.float64]
    campus: Mask
    employed: Ints

    @property
    def most(self) -> npt.NDArray[np.float64]:
        """The larger share."""
        return np.maximum(self.work, self.living)


def milieus(projection: Projection, sharing: Sharing, use: Uses) -> Milieu:
    """The milieus of identifiers that join several roofs."""
    users, people = use.users, int(projection.is_applicant.sum())
    network, small = sharing.of("wifi", "ip"), users <= LARGEST_MILIEU
    building = sharing.of("address") & small & (users > LARGEST_HOME)
    unnamed = ~sharing.of("address", "employer") & (use.roofs > 1)
    asked = np.flatnonzero((unnamed & (network | (users <= BUSIEST)))[sharing.identifier])
    work, employer = _most_at_one(sharing, asked, sharing.of("employer") & small)
    living, address = _most_at_one(sharing, asked, building)
    likely = (
        beyond_chance(work, users, users[employer] / people),
        beyond_chance(living, users, users[address] / people),
    )
    inside, employed = np.zeros((2, len(projection.accounts)), np.bool_)
    inside[sharing.applicant[building[sharing.identifier]]] = True
    employed[projection.observations[EMPLOYER.label].applicant] = True
    residents, workers = (
        np.bincount(sharing.identifier[asked[those[sharing.applicant[asked]]]], minlength=len(users))
        for those in (inside, employed)
    )
    campus = (residents >= MOST * users) & (users > LARGEST_HOME)
    campus &= beyond_chance(residents, users, inside.sum() / people) >= BELIEVED
    return Milieu(work / users, living / users, np.maximum(*likely) - np.log(users), campus, workers)


def crowds(sharing: Sharing, use: Uses, strangers: Mask) -> npt.NDArray[np.float64]:
    """Of each identifier that is no network the largest share of users who are on one network of a crowd.

    `strangers`: networks whose users have nothing to do with each other. (One of a few might be the ring's own.)
    """
    network = sharing.of("wifi", "ip")
    crowd = network & ~strangers & (use.users > BUSIEST) & (use.users <= LARGEST_MILIEU) & (use.one_off < 0.5)
    other = ~network & ~sharing.of("address", "employer") & (use.roofs > 1) & (use.users <= BUSIEST)
    return np.asarray(_most_at_one(sharing, np.flatnonzero(other[sharing.identifier]), crowd)[0] / use.users)


def _most_at_one(sharing: Sharing, asked: Ints, place: Mask) -> tuple[Ints, Ints]:
    """Of each identifier of these rows the most users at one of these places, and which (the first of several)."""
    identifier, at = _with_places(sharing, asked, np.flatnonzero(place[sharing.identifier]))
    together = np.sort(identifier.astype(np.int64) << 32 | at)
    start = np.flatnonzero(np.diff(together, prepend=-1))
    count, owner = np.diff(np.append(start, len(together))), together[start] >> 32
    most, which = np.zeros(len(place), np.int64), np.zeros(len(place), np.int64)
    np.maximum.at(most, owner, count)
    best = np.flatnonzero(count == most[owner])[::-1]
    which[owner[best]] = together[start][best] & 0xFFFFFFFF
    return most, which


def _with_places(sharing: Sharing, asked: Ints, places: Ints) -> tuple[Index, Index]:
    """The identifiers of these rows, each with every place (also rows) of its user: identifier and place."""
    accounts = int(sharing.applicant.max(initial=-1)) + 1
    order = places[np.argsort(sharing.applicant[places], kind="stable")]
    begin = np.concatenate([[0], np.cumsum(np.bincount(sharing.applicant[places], minlength=accounts))])
    user = sharing.applicant[asked]
    count = begin[user + 1] - begin[user]
    before = np.cumsum(count) - count
    at = np.arange(int(count.sum())) + np.repeat(begin[user] - before, count)
    return np.repeat(sharing.identifier[asked], count), sharing.identifier[order[at]]
