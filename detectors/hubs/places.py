"""Where people work, live and go online: places that explain what they share."""

from dataclasses import dataclass

import numpy as np

from detectors.grouping import distinct, ranges
from detectors.likeness.employers import employers
from detectors.roofs import LARGEST_HOME
from detectors.sharing import Sharing
from graph.ontology.nodes import EMPLOYER
from graph.projection import Index, Ints, Mask, Projection

LARGEST_MILIEU = 3000
"""At a place of more people one does not know each other."""


@dataclass(frozen=True, slots=True)
class Places:
    """Who is of which place: `person` (sorted) and `place` in equal length; `people`: how many are of each place."""

    person: Index
    place: Index
    people: Ints


def named(sharing: Sharing, place: Mask) -> Places:
    """These identifiers as places."""
    row = np.flatnonzero((place & (sharing.users <= LARGEST_MILIEU))[sharing.identifier])
    return _places(sharing.applicant[row], sharing.identifier[row])


def workplaces(projection: Projection, sharing: Sharing, made_up: Mask) -> Places:
    """Employers, each under all the names that it goes by. `made_up`: identifiers that are no employer's name."""
    seen = projection.observations[EMPLOYER.label]
    firm = employers(seen.keys)
    pair = distinct(firm[seen.identifier].astype(np.int64) << 32 | seen.applicant)
    place = (pair >> 32).astype(np.int32)
    fits = np.bincount(place, minlength=int(firm.max(initial=-1)) + 1) <= LARGEST_MILIEU
    fits[firm[sharing.number[made_up & sharing.of("employer")]]] = False
    return _places((pair & 0xFFFFFFFF).astype(np.int32)[fits[place]], place[fits[place]])


def residences(sharing: Sharing) -> Places:
    """Buildings in which more people live than a family. (Few at one address might be the ring's own.)"""
    people = np.bincount(sharing.building + 1)[1:]
    fits = np.append((people > LARGEST_HOME) & (people <= LARGEST_MILIEU), False)[sharing.building]
    person = np.flatnonzero(fits).astype(np.int32)
    return _places(person, sharing.building[person])


def _places(person: Index, place: Index) -> Places:
    order = np.argsort(person, kind="stable")
    return Places(person[order], place[order], np.bincount(place))


def most_at_one(sharing: Sharing, asked: Ints, places: Places) -> tuple[Ints, Ints]:
    """Of each identifier of these rows the most users at one place, and how many people are of that place in all.

    Of several such places it is the last.
    """
    identifier, at = _with_places(sharing, asked, places)
    together = np.sort(identifier.astype(np.int64) << 32 | at)
    start = np.flatnonzero(np.diff(together, prepend=-1))
    count, owner = np.diff(np.append(start, len(together))), together[start] >> 32
    people = places.people[together[start] & 0xFFFFFFFF]
    order = np.argsort(owner << 32 | count, kind="stable")
    most, size = np.zeros((2, len(sharing.source)), np.int64)
    most[owner[order]], size[owner[order]] = count[order], people[order]
    return most, size


def _with_places(sharing: Sharing, asked: Ints, places: Places) -> tuple[Index, Index]:
    """The identifiers of these rows, each with every place of its user."""
    user = sharing.applicant[asked]
    own = np.bincount(places.person, minlength=int(sharing.applicant.max(initial=-1)) + 1)
    begin, count = (np.cumsum(own) - own)[user], own[user]
    return np.repeat(sharing.identifier[asked], count), places.place[ranges(begin, count)]
