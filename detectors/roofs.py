"""Roofs: people of one home. They share everything there is to share, and count as one when rings are sought.

An analyst may have said who lives with whom. Of all others it is weighed, pair by pair, like any other evidence (in
nats, one home against two people who met): the address, a network that only few use and how long, whether they bear one
family name, know each other, and where else they say they live. A ring's den looks like a home in one respect, a home
in most.
"""

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from detectors.grouping import among, distinct
from detectors.likeness.names import alike, family_names
from detectors.sharing import Sharing
from graph.ontology.nodes import ADDRESS, PHONE
from graph.projection import Index, Ints, Mask, Projection

LARGEST_HOME = 7
"""More people than this at one address are a dormitory, an office or a made-up address, not a family."""

SETTLED = 21 * 86_400
"""Somebody who uses a network for three weeks or longer is no visitor."""

ENOUGH = 1.75
SAME_ADDRESS = 5.0
OTHER_ADDRESS = -2.5
SETTLED_NETWORK, BRIEF_NETWORK = 3.0, 1.5
ACQUAINTED = 2.0
"""One lists the other as a contact or has paid him."""

SAME_BUILDING = 2.5
"""Both give the address of the same dormitory or block of flats."""

RELATIVES_ALIKE = 0.7
"""Share of people of one home who bear one family name. What that is worth depends on how common names are."""


def roofs(projection: Projection, sharing: Sharing) -> Index:
    """The roof of each account: same number, same home. Those without a shared home have one of their own."""
    accounts = len(projection.accounts)
    near = _meetings(sharing)
    home = near["pair"].to_numpy()[_weight(projection, sharing, near) >= ENOUGH]
    home = np.concatenate([home, projection.homes])
    roof = _joined(sharing, np.zeros(len(sharing.applicant), np.bool_), home, accounts)
    others = sharing.of("wifi", "ip") & (sharing.users <= LARGEST_HOME) & _one_other(sharing, roof)
    return _joined(sharing, others[sharing.identifier] & _stays(sharing), home, accounts)


def _stays(sharing: Sharing) -> Mask:
    """Of each row whether its user is no visitor."""
    return np.asarray(sharing.last - sharing.first >= SETTLED)


def _meetings(sharing: Sharing) -> pl.DataFrame:
    """Pairs of accounts that share an address or a network of few: `pair` (low << 32 | high), sorted, `address`,
    `network` and `settled` (both use the network for long) as 0 or 1.
    """
    of_address = sharing.of("address")
    few = sharing.of("address", "wifi", "ip") & (sharing.users <= LARGEST_HOME)
    row = np.flatnonzero(few[sharing.identifier])
    stays = _stays(sharing)
    found = [pl.DataFrame(schema={"pair": pl.Int64, "address": pl.Int8, "network": pl.Int8, "settled": pl.Int8})]
    for step in range(1, LARGEST_HOME):
        one, other = row[:-step], row[step:]
        same = sharing.identifier[one] == sharing.identifier[other]
        one, other = one[same], other[same]
        address = of_address[sharing.identifier[one]]
        columns = {"address": address, "network": ~address, "settled": stays[one] & stays[other] & ~address}
        flags = {key: pl.Series(flag).cast(pl.Int8) for key, flag in columns.items()}
        found.append(pl.DataFrame({"pair": _pair(sharing.applicant[one], sharing.applicant[other])} | flags))
    return pl.concat(found).group_by("pair").agg(pl.all().max()).sort("pair")


def _weight(projection: Projection, sharing: Sharing, near: pl.DataFrame) -> npt.NDArray[np.float64]:
    """What speaks for one home, of each pair, in nats."""
    pair = near["pair"].to_numpy()
    low, high = pair >> 32, pair & 0xFFFFFFFF
    address, network, settled = (near[name].to_numpy() == 1 for name in ("address", "network", "settled"))
    lives = np.zeros(len(projection.accounts), np.bool_)
    lives[projection.observations[ADDRESS.label].applicant] = True
    building = _crowded_address(sharing, len(projection.accounts))
    together = (building[low] >= 0) & (building[low] == building[high])
    return np.asarray(
        SAME_ADDRESS * address
        + np.where(settled, SETTLED_NETWORK, BRIEF_NETWORK * network)
        + ACQUAINTED * among(pair, distinct(_acquainted(projection)))
        + SAME_BUILDING * together
        + OTHER_ADDRESS * (lives[low] & lives[high] & ~address & ~together)
        + _family(projection.names, low, high)
    )


def _family(names: pl.Series, low: Ints, high: Ints) -> npt.NDArray[np.float64]:
    """What it is worth that two bear one family name, or that they do not; 0 where a name is missing."""
    words = family_names(names)
    known = words[:, 0] >= 0
    often = np.sort(np.bincount(words[known, 0])) / max(int(known.sum()), 1)
    chance = float(np.clip(np.sum(often**2), 0.001, 0.5))
    worth = np.where(
        alike(words, low, high), np.log(RELATIVES_ALIKE / chance), np.log((1 - RELATIVES_ALIKE) / (1 - chance))
    )
    return np.asarray(np.where(known[low] & known[high], worth, 0.0))


def _acquainted(projection: Projection) -> Ints:
    """Pairs of accounts of which one lists or has paid the other."""
    own, listed, money = projection.observations[PHONE.label], projection.contacts, projection.transfers
    begin = np.searchsorted(own.identifier, listed.identifier, side="left")
    owned = begin < np.searchsorted(own.identifier, listed.identifier, side="right")
    return np.concatenate(
        [_pair(listed.applicant[owned], own.applicant[begin[owned]]), _pair(money.source, money.target)]
    )


def _crowded_address(sharing: Sharing, accounts: int) -> Index:
    """Of each account the address it gives, where more people do than a family has; -1 where there is none."""
    row = np.flatnonzero((sharing.of("address") & (sharing.users > LARGEST_HOME))[sharing.identifier])
    address = np.full(accounts, -1, np.int32)
    address[sharing.applicant[row]] = sharing.identifier[row]
    return address


def _pair(one: Index, other: Index) -> Ints:
    return np.minimum(one, other).astype(np.int64) << 32 | np.maximum(one, other)


def _one_other(sharing: Sharing, roof: Index) -> Mask:
    """Identifiers whose users, three or more, live under one roof except for one."""
    pair = np.sort(sharing.identifier.astype(np.int64) << 32 | roof[sharing.applicant])
    start = np.flatnonzero(np.diff(pair, prepend=-1))
    most = np.zeros(len(sharing.source), np.int64)
    np.maximum.at(most, pair[start] >> 32, np.diff(np.append(start, len(pair))))
    return np.asarray((sharing.users >= 3) & (most == sharing.users - 1))


def _joined(sharing: Sharing, rows: Mask, near: Ints, accounts: int) -> Index:
    """Components of accounts and identifiers over these rows and these pairs of accounts."""
    size = accounts + len(sharing.source)
    low = np.concatenate([sharing.applicant[rows], near >> 32])
    high = np.concatenate([sharing.identifier[rows] + accounts, near & 0xFFFFFFFF])
    graph = coo_array((np.ones(len(low), np.int8), (low, high)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1][:accounts], np.int32)


def roofs_per_identifier(sharing: Sharing, roof: Index) -> Ints:
    """How many different roofs the users of each identifier live under."""
    pair = distinct(sharing.identifier.astype(np.int64) << 32 | roof[sharing.applicant])
    return np.bincount(pair >> 32, minlength=len(sharing.source))
