"""Profiles of shared identifiers: how they are used, what kind of hub that makes them, and what sharing one is worth.

The worth of sharing is a surprise, in thousandths of a nat (whole numbers, so that sums do not depend on their order):
minus the logarithm of the share of identifiers of that source which join as many roofs, learned from the data itself.
Where visitors on a home WiFi are common, a shared WiFi says little; where shared cards are rare, a shared card says
much. From that the logarithm of the number of other roofs is taken: with a busy identifier one meets many by chance.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy.special import rel_entr
from scipy.stats import rankdata

from detectors.roofs import LARGEST_HOME, roofs_per_identifier
from detectors.sharing import ONE_FACT, SOURCES, Family, Sharing
from graph.projection import Index, Ints, Mask

DAY = 86_400
MILLI = 1000
PIECE = 1200
"""Thousandths of a nat from which evidence counts as a piece of its own: three times as likely as by chance."""

BURST_WINDOW = 7 * DAY
DEEPEST_TAIL = 5
"""Beyond five roofs an identifier is not more surprising, only busier."""
LARGEST_SURPRISE = 8.0
"""Nats. A share below 1 in 3,000 is not told apart: samples are small, and one odd identifier proves nothing."""
MET_LESS = 0.5
"""Share of that logarithm for what one does not meet others at by chance: a card, a device, a number."""

SMOOTHING = 20.0
"""Identifiers added to every count: in a small sample nothing is very surprising."""
BUSIEST = 60
"""An identifier that joins more roofs is worth nothing."""

SUPPORTING = 2 * MILLI
"""Most that knowing the same people or working at the same place is worth: it supports a link and makes none."""

MILIEU_WORTH = 0.2
"""What sharing is worth, of its full worth, when the users live, study or work together anyway."""

MILIEU_SHARE = 0.6
"""That is so when at least this share of them is of one place."""

LARGEST_MILIEU = 3000
RECYCLED_AFTER = 60 * DAY
"""A number that a second person has so much later was given out anew."""

SETTLED_OWNER = 7 * DAY
"""Who sells his phone has had it for longer. What goes from hand to hand faster is not sold but shared."""

RUSHES = (3 * DAY, 14 * DAY, 45 * DAY)
RUSH_ROOFS = 4
"""From so many roofs on it means something that all came at the same time."""

SECOND_HAND_USERS = 3
SECOND_HAND_WORTH = 0.1
SHOP_USERS = 8
SHOP_ONE_OFF = 0.8
SHOP_SPAN = 45 * DAY
SUSPICIOUS_ROOFS = 3


class HubKind(IntEnum):
    """What a shared identifier is. (In words: `detectors/evidence_sentences.py`.)"""

    ORDINARY = 0
    HOUSEHOLD = 1
    SECOND_HAND = 2
    SHOP = 3
    OFFICE = 4
    DORMITORY = 5
    PUBLIC = 6
    CARRIER_NAT = 7
    PLACEHOLDER = 8
    SUSPICIOUS = 9


_RUSHED = frozenset({Family.DEVICE, Family.CARD, Family.IDENTITY, Family.PLACE, Family.CONTACT})
_PERSONAL = frozenset({Family.DEVICE, Family.CARD, Family.IDENTITY})


@dataclass(frozen=True, slots=True)
class Profiles:
    """One entry per identifier of the sharing table.

    `users`, `roofs`, `at_once` (most users at the same time, of devices and IP addresses, 0 of others: it decides
    nothing there), `one_off` (share of users seen for less than a day), `span` (seconds from first to last arrival),
    `kind` (a `HubKind`), `worth` (thousandths of a nat for two of its users).
    """

    users: Ints
    roofs: Ints
    at_once: Ints
    one_off: npt.NDArray[np.float64]
    span: Ints
    kind: Index
    worth: Index


def profile(sharing: Sharing, roof: Index) -> Profiles:
    """Profile every shared identifier."""
    users = sharing.users
    if not len(users):
        none, ratio = np.empty(0, np.int64), np.empty(0, np.float64)
        return Profiles(none, none, none, ratio, none, np.empty(0, np.int32), np.empty(0, np.int32))
    start = sharing.start[:-1]
    brief = (sharing.last - sharing.first < DAY).astype(np.float64)
    use = Profiles(
        users=users,
        roofs=roofs_per_identifier(sharing, roof),
        at_once=_at_once(sharing),
        one_off=np.add.reduceat(brief, start) / users,
        span=np.maximum.reduceat(sharing.first, start) - np.minimum.reduceat(sharing.first, start),
        kind=np.empty(0, np.int32),
        worth=np.empty(0, np.int32),
    )
    kind = _kinds(sharing, use, len(roof))
    milieu = _same_milieu(sharing, use, kind) >= MILIEU_SHARE
    worth = _worth(sharing, use.roofs, kind, milieu)
    return Profiles(use.users, use.roofs, use.at_once, use.one_off, use.span, kind, worth)


def _at_once(sharing: Sharing) -> Ints:
    """Most users at the same time: arrivals and departures in order, arrivals first where they meet."""
    asked = sharing.of("device", "ip")
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


def _rows_of(sharing: Sharing, asked: Mask) -> tuple[Ints, Ints]:
    """The rows of these identifiers, and where among them those of each begin."""
    users = sharing.users[asked]
    return np.flatnonzero(asked[sharing.identifier]), np.cumsum(users) - users


def _tenure(sharing: Sharing) -> Ints:
    """The longest time that one user had it."""
    return np.maximum.reduceat(sharing.last - sharing.first, sharing.start[:-1])


def _rush(sharing: Sharing, roofs: Ints) -> npt.NDArray[np.float64]:
    """How surprising it is, in nats, that so many users came so close in time, had they come at any time.

    The large-deviation bound of the scan statistic: users times the divergence of the share that came within a window
    from the window's share of all time, less what the choice of where the window begins is worth; but no more than it
    is rare among identifiers of that source: classes and offices fill in a rush too.
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
        usual = min(window / max(late - early, 1.0), 1.0)
        share = np.clip(np.maximum.reduceat(within, start) / users, usual, 1.0)
        divergence = rel_entr(share, usual) + rel_entr(1 - share, 1 - usual)
        surprise[asked] = np.maximum(surprise[asked], users * divergence - np.log(users * len(RUSHES)))
    for source, one in enumerate(SOURCES):
        own = np.flatnonzero(asked & (sharing.source == source))
        rarity = -np.log((rankdata(-surprise[own], "max") + 1) / (len(own) + SMOOTHING))
        surprise[own] = np.clip(surprise[own], 0, np.maximum(rarity, 0)) if one.family in _RUSHED else 0
    return surprise


def _in_order(sharing: Sharing, row: Ints, time: Ints, gap: int) -> Ints:
    """Numbers of these rows that order by identifier, then time; those of two identifiers are more than `gap` apart."""
    base = int(sharing.first.min())
    stride = int(sharing.last.max()) - base + gap + 1
    return sharing.identifier[row].astype(np.int64) * stride + (time[row] - base)


def _kinds(sharing: Sharing, use: Profiles, accounts: int) -> Index:
    """The first rule that fits decides."""
    device, network = sharing.of("device"), sharing.of("wifi", "ip")
    personal = np.array([source.family in _PERSONAL for source in SOURCES])[sharing.source]
    crowd = use.users > max(50, accounts // 200)
    many = use.users > LARGEST_HOME
    rules: list[tuple[Mask, HubKind]] = [
        (use.roofs <= 1, HubKind.HOUSEHOLD),
        (sharing.of("ip") & (use.at_once > 100), HubKind.CARRIER_NAT),
        (personal & crowd, HubKind.PLACEHOLDER),
        (
            device & (use.users >= SHOP_USERS) & (use.one_off >= SHOP_ONE_OFF) & (use.span >= SHOP_SPAN),
            HubKind.SHOP,
        ),
        (
            device & (use.at_once == 1) & (use.users <= SECOND_HAND_USERS) & (_tenure(sharing) >= SETTLED_OWNER),
            HubKind.SECOND_HAND,
        ),
        (sharing.of("phone") & (use.users == 2) & (use.span >= RECYCLED_AFTER), HubKind.SECOND_HAND),
        (personal & (use.roofs >= SUSPICIOUS_ROOFS), HubKind.SUSPICIOUS),
        (sharing.of("address") & many, HubKind.DORMITORY),
        (sharing.of("employer") & many, HubKind.OFFICE),
        (network & many & (use.one_off >= 0.5), HubKind.PUBLIC),
        (network & many, HubKind.OFFICE),
    ]
    return np.select([fits for fits, _ in rules], [int(kind) for _, kind in rules], int(HubKind.ORDINARY)).astype(
        np.int32
    )


def _same_milieu(sharing: Sharing, use: Profiles, kind: Index) -> npt.NDArray[np.float64]:
    """Of each identifier the largest share of users who live, study or work at one place; 0 under one roof.

    For a WiFi or an IP such a place is an address or an employer, for all else also a WiFi or an IP of a crowd (one of
    a few might be the ring's own).
    """
    network, named, users = sharing.of("wifi", "ip"), sharing.of("address", "employer"), use.users
    crowd = (kind == HubKind.OFFICE) & (users > BUSIEST)
    place = (crowd | (kind == HubKind.DORMITORY) | sharing.of("employer")) & (users <= LARGEST_MILIEU)
    asked = np.flatnonzero((~named & (users <= BUSIEST) & (use.roofs > 1))[sharing.identifier])
    identifier, at = _with_places(sharing, asked, np.flatnonzero(place[sharing.identifier]))
    apart = ~(network[identifier] & network[at]) & (identifier != at)
    together = np.sort(identifier[apart].astype(np.int64) << 32 | at[apart])
    start = np.flatnonzero(np.diff(together, prepend=-1))
    most = np.zeros(len(users), np.int64)
    np.maximum.at(most, together[start] >> 32, np.diff(np.append(start, len(together))))
    return np.asarray(most / users)


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


def _worth(sharing: Sharing, roofs: Ints, kind: Index, milieu: Mask) -> Index:
    """Learned for each source, apart for what neighbours and colleagues share, and for what the public shares."""
    usual = np.isin(kind, [HubKind.PUBLIC, HubKind.SECOND_HAND]) * 2 + milieu
    surprise = _surprise(sharing, sharing.source * 4 + usual, np.minimum(roofs, DEEPEST_TAIL))
    met = np.array([1.0 if one.family in ONE_FACT else MET_LESS for one in SOURCES])[sharing.source]
    worth = np.maximum(surprise - met * np.log(np.maximum(roofs - 1, 1)), 0)
    worth[kind == HubKind.SECOND_HAND] *= SECOND_HAND_WORTH
    worth[milieu] *= MILIEU_WORTH
    worth += np.where(kind == HubKind.PUBLIC, 0, _rush(sharing, roofs))
    supports = np.array([one.family is Family.SOCIAL or one.name == "employer" for one in SOURCES])[sharing.source]
    worth[supports] = np.minimum(worth[supports], SUPPORTING / MILLI)
    nothing = [HubKind.PLACEHOLDER, HubKind.CARRIER_NAT, HubKind.SHOP]
    worth[(roofs < 2) | (roofs > BUSIEST) | np.isin(kind, nothing)] = 0
    milli: Index = np.round(worth * MILLI).astype(np.int32)
    return milli


def _surprise(sharing: Sharing, cell: Index, depth: Ints) -> npt.NDArray[np.float64]:
    """Of each identifier how surprising it is to join so many roofs. `cell`: its source times four and its use."""
    cells = 4 * len(sharing.population)
    joined = np.bincount(cell * (DEEPEST_TAIL + 1) + depth, minlength=cells * (DEEPEST_TAIL + 1)).reshape(cells, -1)
    tail = np.cumsum(joined[:, ::-1], axis=1)[:, ::-1]
    share = (tail + 1) / (np.repeat(sharing.population, 4)[:, None] + SMOOTHING)
    surprise = np.minimum(-np.log(np.minimum(share, 1.0)), LARGEST_SURPRISE)
    surprise[:, :2] = 0
    return np.asarray(surprise[cell, depth])
