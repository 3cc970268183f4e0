"""Milieus: people who live, study or work together share much, and each further thing says little.

Of each identifier it is counted how many of its users are of one workplace, of one dormitory or block, or on one
network of a crowd. The most that any one of these explains is what is honest about the sharing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detectors.hubs.chance import beyond_chance
from detectors.hubs.places import most_at_one, named, residences, workplaces
from detectors.hubs.uses import BUSIEST, Uses
from detectors.roofs import LARGEST_HOME
from detectors.sharing import Sharing
from graph.ontology.nodes import EMPLOYER
from graph.projection import Ints, Mask, Projection

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
    unnamed = ~sharing.of("address", "employer") & (use.roofs > 1)
    asked = np.flatnonzero((unnamed & (sharing.of("wifi", "ip") | (users <= BUSIEST)))[sharing.identifier])
    residence = residences(sharing)
    work, colleagues = most_at_one(sharing, asked, workplaces(projection, sharing, use.campaign >= BELIEVED))
    living, neighbours = most_at_one(sharing, asked, residence)
    likely = (beyond_chance(work, users, colleagues / people), beyond_chance(living, users, neighbours / people))
    inside, employed = np.zeros((2, len(projection.accounts)), np.bool_)
    inside[residence.person] = True
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
    crowd = network & ~strangers & (use.users > BUSIEST) & (use.one_off < 0.5)
    other = ~network & ~sharing.of("address", "employer") & (use.roofs > 1) & (use.users <= BUSIEST)
    return np.asarray(
        most_at_one(sharing, np.flatnonzero(other[sharing.identifier]), named(sharing, crowd))[0] / use.users
    )
