"""Profiles of shared identifiers: how they are used, what kind of hub that makes them, and what sharing one is worth.

The worth of sharing is a surprise, in thousandths of a nat (whole numbers, so that sums do not depend on their order):
minus the logarithm of the share of identifiers of that source which join as many roofs, learned from the data itself.
Where visitors on a home WiFi are common, a shared WiFi says little; where shared cards are rare, a shared card says
much. From that the logarithm of the number of other roofs is taken: with a busy identifier one meets many by chance.
So is what speaks for users who came at any time rather than in one campaign.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.hubs.kinds import HubKind, carriers, kinds
from detectors.hubs.milieu import MOST, crowds, milieus
from detectors.hubs.uses import BUSIEST, uses
from detectors.sharing import ONE_FACT, SMOOTHING, SOURCES, Family, Sharing
from graph.projection import Index, Ints, Mask, Projection

Floats = npt.NDArray[np.float64]

MILLI = 1000
PIECE = 1200
"""Thousandths of a nat from which evidence counts as a piece of its own: three times as likely as by chance."""

DEEPEST_TAIL = 5
"""Beyond five roofs an identifier is not more surprising, only busier."""
LARGEST_SURPRISE = 8.0
"""Nats. A share below 1 in 3,000 is not told apart: samples are small, and one odd identifier proves nothing."""
MET_LESS = 0.5
"""Share of that logarithm for what one does not meet others at by chance: a card, a device, a number."""

SUPPORTING = 2 * MILLI
"""Most that knowing the same people or working at the same place is worth: it supports a link and makes none."""

MILIEU_WORTH = 0.2
"""What sharing is worth, of its full worth, when the users live, study or work together anyway."""

SECOND_HAND_WORTH = 0.1


class Manner(NamedTuple):
    """How identifiers are shared: `source` (number in `SOURCES`), `kind`, `explained` (see `Profiles`), `roofs`."""

    source: Index
    kind: Index
    explained: Mask
    roofs: Ints


@dataclass(frozen=True, slots=True)
class Profiles:
    """One entry per identifier of the sharing table.

    `users`, `roofs`, `at_once`, `one_off`, `span`: see `Uses`; `kind`: a `HubKind`; `explained`: whether its users
    live, study or work together anyway; `worth`: thousandths of a nat for two of its users. `surprise`: what `worth_of`
    looks up, learned from all of them.
    """

    users: Ints
    roofs: Ints
    at_once: Ints
    one_off: npt.NDArray[np.float64]
    span: Ints
    kind: Index
    explained: Mask
    worth: Index
    surprise: npt.NDArray[np.float64]


def profile(projection: Projection, sharing: Sharing, roof: Index) -> Profiles:
    """Profile every shared identifier."""
    if not len(sharing.source):
        none, ratio, number = np.empty(0, np.int64), np.empty(0, np.float64), np.empty(0, np.int32)
        nothing = Manner(number, number, np.empty(0, np.bool_), none)
        surprise = _surprise(sharing, nothing)
        return Profiles(none, none, none, ratio, none, number, nothing.explained, number, surprise)
    use = uses(sharing, roof)
    milieu = milieus(projection, sharing, use)
    carrier = carriers(sharing, use, milieu, projection.ip_types)
    kind = kinds(sharing, use, milieu, carrier, len(roof))
    explained = np.maximum(milieu.most, crowds(sharing, use, carrier)) >= MOST
    how = Manner(sharing.source, kind, explained, use.roofs)
    surprise = _surprise(sharing, how)
    worth = worth_of(surprise, how, use.rush, use.campaign)
    return Profiles(use.users, use.roofs, use.at_once, use.one_off, use.span, kind, explained, worth, surprise)


def worth_of(surprise: Floats, how: Manner, rush: Floats | float, campaign: Floats | float) -> Index:
    """What sharing is worth, in thousandths of a nat, by the surprise of a run. `rush`, `campaign`: as in `Uses`."""
    met = np.array([1.0 if one.family in ONE_FACT else MET_LESS for one in SOURCES])[how.source]
    worth = np.maximum(surprise[_cell(how), _depth(how)] - met * np.log(np.maximum(how.roofs - 1, 1)), 0)
    worth[how.kind == HubKind.SECOND_HAND] *= SECOND_HAND_WORTH
    worth += np.where(how.kind == HubKind.PUBLIC, 0, rush)
    worth[how.explained] *= MILIEU_WORTH
    worth = np.maximum(worth + np.minimum(campaign, 0), 0)
    supports = np.array([one.family is Family.SOCIAL or one.name == "employer" for one in SOURCES])[how.source]
    worth[supports] = np.minimum(worth[supports], SUPPORTING / MILLI)
    nothing = [HubKind.PLACEHOLDER, HubKind.CARRIER_NAT, HubKind.SHOP, HubKind.STAFF]
    worth[(how.roofs < 2) | (how.roofs > BUSIEST) | np.isin(how.kind, nothing)] = 0
    milli: Index = np.round(worth * MILLI).astype(np.int32)
    return milli


def _surprise(sharing: Sharing, how: Manner) -> npt.NDArray[np.float64]:
    """How surprising it is to join so many roofs, by cell and depth."""
    cells, depths = 4 * len(sharing.population), DEEPEST_TAIL + 1
    joined = np.bincount(_cell(how) * depths + _depth(how), minlength=cells * depths).reshape(cells, depths)
    tail = np.cumsum(joined[:, ::-1], axis=1)[:, ::-1]
    share = (tail + 1) / (np.repeat(sharing.population, 4)[:, None] + SMOOTHING)
    surprise = np.minimum(-np.log(np.minimum(share, 1.0)), LARGEST_SURPRISE)
    surprise[:, :2] = 0
    return np.asarray(surprise)


def _cell(how: Manner) -> Index:
    """Learned for each source, apart for what neighbours and colleagues share, and for what the public shares."""
    public = np.isin(how.kind, [HubKind.PUBLIC, HubKind.SECOND_HAND])
    return how.source * 4 + public * 2 + how.explained


def _depth(how: Manner) -> Ints:
    return np.minimum(how.roofs, DEEPEST_TAIL)
