"""How an identifier is used: by how many, at once or one after the other, for how long, and how suddenly they came."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from detectors.hubs.arrivals import campaign
from detectors.hubs.chance import beyond_chance
from detectors.roofs import roofs_per_identifier
from detectors.sharing import DAY, SMOOTHING, SOURCES, Family, Sharing
from graph.projection import Index, Ints, Mask

BUSIEST = 60
"""An identifier that joins more roofs is worth nothing."""

BURST_WINDOW = 7 * DAY
RUSHES = (3 * DAY, 14 * DAY, 45 * DAY)
RUSH_ROOFS = 4
"""From so many roofs on it means something that all came at the same time."""

_RUSHED = frozenset({Family.DEVICE, Family.CARD, Family.IDENTITY, Family.PLACE, Family.CONTACT})


@dataclass(frozen=True, slots=True)
class Uses:
    """One entry per identifier of the sharing table.

    `users`, `roofs`, `at_once` (most users at the same time, of devices, 0 of others: it decides nothing there),
    `one_off` (share of users seen for less than a day), `span` (seconds from first to last arrival), `tenure` (seconds
    that the user had it who had it longest), `rush` (nats by which they came closer in time than by chance), `campaign`
    (nats for a campaign, below 0 for people of any time, where it joins several roofs and not too many).
    """

    users: Ints
    roofs: Ints
    at_once: Ints
    one_off: npt.NDArray[np.float64]
    span: Ints
    tenure: Ints
    rush: npt.NDArray[np.float64]
    campaign: npt.NDArray[np.float64]


def uses(sharing: Sharing, roof: Index) -> Uses:
    """How every identifier is used."""
    start, users, stay = sharing.start[:-1], sharing.users, sharing.last - sharing.first
    roofs = roofs_per_identifier(sharing, roof)
    return Uses(
        users=users,
        roofs=roofs,
        at_once=_at_once(sharing, sharing.of("device")),
        one_off=np.add.reduceat((stay < DAY).astype(np.float64), start) / users,
        span=np.maximum.reduceat(sharing.first, start) - np.minimum.reduceat(sharing.first, start),
        tenure=np.maximum.reduceat(stay, start),
        rush=_rush(sharing, roofs),
        campaign=campaign(sharing, (roofs > 1) & (roofs <= BUSIEST) & ~sharing.of("friend", "partner")),
    )


def _at_once(sharing: Sharing, asked: Mask) -> Ints:
    """Most users at the same time: arrivals and departures in order, arrivals first where they meet."""
    row, start = _rows_of(sharing, asked)
    most = np.zeros(len(asked), np.int64)
    if len(row):
        arrivals, departures = _in_order(sharing, row, sharing.first, 0), _in_order(sharing, row, sharing.last, 0)
        events = np.sort(np.concatenate([2 * arrivals, 2 * departures + 1]))
        present = np.cumsum(1 - 2 * (events & 1))
        most[asked] = np.maximum.reduceat(present, 2 * start)
    return most


def bursts(sharing: Sharing, identifier: Ints) -> npt.NDArray[np.float64]:
    """Of each of these identifiers the largest share of its users who came within seven days."""
    if not len(identifier):
        return np.empty(0, np.float64)
    asked = np.zeros(len(sharing.source), np.bool_)
    asked[identifier] = True
    row, start = _rows_of(sharing, asked)
    arrivals = np.sort(_in_order(sharing, row, sharing.first, BURST_WINDOW))
    end = np.searchsorted(arrivals, arrivals + BURST_WINDOW, side="right")
    share = np.zeros(len(asked), np.float64)
    share[asked] = np.maximum.reduceat(end - np.arange(len(arrivals)), start) / sharing.users[asked]
    return share[identifier]


def _rush(sharing: Sharing, roofs: Ints) -> npt.NDArray[np.float64]:
    """How surprising it is, in nats, that so many users came so close in time, had they come at any time.

    The scan statistic's bound, less what the choice of where the window begins is worth; but no more than it is rare
    among identifiers of that source: classes and offices fill in a rush too.
    """
    surprise = np.zeros(len(roofs), np.float64)
    asked = (roofs >= RUSH_ROOFS) & (roofs <= BUSIEST) & (sharing.users <= BUSIEST)
    row, start = _rows_of(sharing, asked)
    if not len(row):
        return surprise
    users = sharing.users[asked]
    early, late = np.quantile(sharing.first, [0.02, 0.98])
    number, base = np.repeat(np.arange(len(users)), users), int(sharing.first.min())
    stride = int(sharing.first.max()) - base + max(RUSHES) + 1
    arrivals = np.sort(number * stride + sharing.first[row] - base)
    for window in RUSHES:
        within = np.searchsorted(arrivals, arrivals + window, side="right") - np.arange(len(arrivals))
        unlikely = beyond_chance(np.maximum.reduceat(within, start), users, window / max(late - early, 1.0))
        surprise[asked] = np.maximum(surprise[asked], unlikely - np.log(users * len(RUSHES)))
    for source, one in enumerate(SOURCES):
        own = np.flatnonzero(asked & (sharing.source == source))
        rarity = -np.log((rankdata(-surprise[own], "max") + 1) / (len(own) + SMOOTHING))
        surprise[own] = np.clip(surprise[own], 0, np.maximum(rarity, 0)) if one.family in _RUSHED else 0
    return surprise


def _rows_of(sharing: Sharing, asked: Mask) -> tuple[Ints, Ints]:
    """The rows of these identifiers, and where among them those of each begin."""
    users = sharing.users[asked]
    return np.flatnonzero(asked[sharing.identifier]), np.cumsum(users) - users


def _in_order(sharing: Sharing, row: Ints, time: Ints, gap: int) -> Ints:
    """Numbers of these rows that order by identifier, then time; those of two identifiers are more than `gap` apart."""
    base = int(sharing.first.min())
    stride = int(sharing.last.max()) - base + gap + 1
    return sharing.identifier[row].astype(np.int64) * stride + (time[row] - base)
