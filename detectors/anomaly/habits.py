"""What is measured of every customer: habits that would be odd in an honest one, whoever he is.

None of them tells a hostel, a campus, a carrier or a shop from a house: what somebody shares is no habit of his. A
phone that was borrowed and a shop's tablet are seen for less than a day, and do not count.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from detectors.contract import Context
from detectors.sharing import DAY
from graph.ontology.nodes import CARD, DEVICE, PHONE
from graph.projection import Index, Mask, Observations

Floats = npt.NDArray[np.float64]


def _devices(context: Context) -> Floats:
    seen = context.projection.observations[DEVICE.label]
    return _many(context, seen, seen.last_seen - seen.first_seen >= DAY)


def _cards(context: Context) -> Floats:
    seen = context.projection.observations[CARD.label]
    return _many(context, seen, np.ones(len(seen.applicant), np.bool_))


def _count(context: Context, account: Index) -> Floats:
    return np.bincount(account, minlength=len(context.roof)).astype(np.float64)


def _share(part: Floats, whole: Floats) -> Floats:
    """NaN where there is nothing to have a share of."""
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)


def _many(context: Context, seen: Observations, lasting: Mask) -> Floats:
    """How many different ones somebody has, of those who have any."""
    return np.where(_count(context, seen.applicant) > 0, _count(context, seen.applicant[lasting]), np.nan)


def _known_contacts(context: Context) -> Floats:
    """Share of listed contacts who are customers themselves."""
    listed, own = context.projection.contacts, context.projection.observations[PHONE.label]
    owned = np.zeros(len(listed.keys), np.bool_)
    owned[own.identifier] = True
    known = listed.applicant[owned[listed.identifier]]
    return _share(_count(context, known), _count(context, listed.applicant))


HABITS: dict[str, Callable[[Context], Floats]] = {
    "devices": _devices,
    "cards": _cards,
    "known_contacts": _known_contacts,
}
"""By name: a value for each account, NaN where nothing is known. More is odder."""
