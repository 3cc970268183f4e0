"""Roofs: people of one home. They share everything there is to share, and count as one when rings are sought.

An analyst may have said who lives with whom. Of all others it is weighed, pair by pair, like any other evidence (in
nats, one home against two people who met): the address, a network that only few use and how long, whether they bear one
family name, know each other, and where else they say they live. A ring's den looks like a home in one respect, a home
in most.
"""

from typing import NamedTuple

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
"""Both live in one building, or gave one address in two spellings."""

RELATIVES_ALIKE = 0.7
"""Share of people of one home who bear one family name. What that is worth depends on how common names are."""


def roofs(projection: Projection, sharing: Sharing) -> Index:
    """The roof of each account: same number, same home. Those without a shared home have one of their own."""
    accounts = len(projection.accounts)
    near = _meetings(sharing)
    home = near.pair[_weight(projection, sharing, near) >= ENOUGH]
    home = np.concatenate([home, projection.homes])
    roof = _joined(sharing, np.zeros(len(sharing.applicant), np.bool_), home, accounts)
    few = sharing.of("wifi", "ip") & (sharing.users >= 3) & (sharing.users <= LARGEST_HOME)
    others = _one_other(sharing, few, roof)
    return _joined(sharing, others[sharing.identifier] & _stays(sharing), home, accounts)


def _stays(sharing: Sharing) -> Mask:
    """Of each row whether its user is no visitor."""
    return np.asarray(sharing.last - sharing.first >= SETTLED)


class _Near(NamedTuple):
    """Pairs of accounts that share an address or a network of few: `pair` (low << 32 | high), sorted; whether it is an
    `address`, a `network`, and a network that both are `settled` in.
    """

    pair: Ints
    address: Mask
    network: Mask
    settled: Mask


def _meetings(sharing: Sharing) -> _Near:
    of_address, stays = sharing.of("address"), _stays(sharing)
    few = sharing.of("address", "wifi", "ip") & (sharing.users <= LARGEST_HOME)
    row = np.flatnonzero(few[sharing.identifier])
    pairs, told = [np.empty(0, np.int64)], [np.empty(0, np.uint8)]
    for step in range(1, LARGEST_HOME):
        one, other = row[:-step], row[step:]
        same = sharing.identifier[one] == sharing.identifier[other]
        one, other = one[same], other[same]
        address = of_address[sharing.identifier[one]]
        pairs.append(_pair(sharing.applicant[one], sharing.applicant[other]))
        told.append(np.where(address, 1, np.where(stays[one] & stays[other], 6, 2)).astype(np.uint8))
    pair = np.concatenate(pairs)
    order = np.argsort(pair)
    start = np.flatnonzero(np.diff(pair[order], prepend=-1))
    every = np.bitwise_or.reduceat(np.concatenate(told)[order], start) if len(start) else told[0]
    return _Near(pair[order][start], every & 1 > 0, every & 2 > 0, every & 4 > 0)


def _weight(projection: Projection, sharing: Sharing, near: _Near) -> npt.NDArray[np.float64]:
    """What speaks for one home, of each pair, in nats."""
    pair, address, network, settled = near
    low, high = pair >> 32, pair & 0xFFFFFFFF
    lives = np.zeros(len(projection.accounts), np.bool_)
    lives[projection.observations[ADDRESS.label].applicant] = True
    together = (sharing.building[low] >= 0) & (sharing.building[low] == sharing.building[high])
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


def _pair(one: Index, other: Index) -> Ints:
    return np.minimum(one, other).astype(np.int64) << 32 | np.maximum(one, other)


def _one_other(sharing: Sharing, few: Mask, roof: Index) -> Mask:
    """Which of few identifiers have users who live under one roof except for one."""
    row = np.flatnonzero(few[sharing.identifier])
    pair = np.sort(sharing.identifier[row].astype(np.int64) << 32 | roof[sharing.applicant[row]])
    start = np.flatnonzero(np.diff(pair, prepend=-1))
    most = np.zeros(len(sharing.source), np.int64)
    np.maximum.at(most, pair[start] >> 32, np.diff(np.append(start, len(pair))))
    return np.asarray(few & (most == sharing.users - 1))


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
