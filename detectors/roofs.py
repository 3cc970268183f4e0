"""Roofs: people of one home. They share everything there is to share, and count as one when rings are sought."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from detectors.grouping import distinct
from detectors.sharing import SOURCES, Sharing
from graph.ontology.nodes import ADDRESS, PHONE
from graph.projection import Index, Ints, Mask, Projection

LARGEST_HOME = 7
"""More people than this at one address are a dormitory, an office or a made-up address, not a family."""

SETTLED = 21 * 86_400
"""A WiFi is somebody's home only if it was used for three weeks or longer; visitors come for less."""


def roofs(projection: Projection, sharing: Sharing) -> Index:
    """The roof of each account: same number, same home. Those without a shared home have one of their own.

    A home is an address of at most `LARGEST_HOME` people. Somebody who gave no address lives where he has used a WiFi
    for long that few people use; so does somebody who gave another address than all others on such a WiFi, who agree,
    and two who share such a WiFi and list or pay each other, for an address is written in many ways, or who both give
    the address of the same dormitory.
    """
    accounts = len(projection.accounts)
    rows = _homes(sharing, "address")
    settled = _homes(sharing, "wifi") & (sharing.last - sharing.first >= SETTLED)
    no_address = np.ones(accounts, np.bool_)
    no_address[projection.observations[ADDRESS.label].applicant] = False
    rows |= settled & no_address[sharing.applicant]
    near = _together(projection, sharing, np.flatnonzero(settled))
    roof = _joined(sharing, rows, near, accounts)
    return _joined(sharing, rows | (settled & _one_other(sharing, roof)[sharing.identifier]), near, accounts)


def _together(projection: Projection, sharing: Sharing, row: Ints) -> Ints:
    """Pairs of accounts (low << 32 | high) that share the identifier of two of these rows and belong together.

    One lists or has paid the other, or both give the same crowded address, of which they share a room.
    """
    own, listed = projection.observations[PHONE.label], projection.contacts
    begin = np.searchsorted(own.identifier, listed.identifier, side="left")
    owned = begin < np.searchsorted(own.identifier, listed.identifier, side="right")
    money = projection.transfers
    known = np.concatenate(
        [_pair(listed.applicant[owned], own.applicant[begin[owned]]), _pair(money.source, money.target)]
    )
    together = [np.empty(0, np.int64)]
    for step in range(1, LARGEST_HOME):
        one, other = row[:-step], row[step:]
        same = sharing.identifier[one] == sharing.identifier[other]
        together.append(_pair(sharing.applicant[one[same]], sharing.applicant[other[same]]))
    pair: Ints = np.concatenate(together)
    address = _crowded_address(sharing, len(projection.accounts))
    room = (address[pair >> 32] >= 0) & (address[pair >> 32] == address[pair & 0xFFFFFFFF])
    return np.asarray(pair[room | np.isin(pair, known)])


def _crowded_address(sharing: Sharing, accounts: int) -> Index:
    """Of each account the address it gives, where more people do than a family has; -1 where there is none."""
    wanted = [one.name for one in SOURCES].index("address")
    row = np.flatnonzero(((sharing.source == wanted) & (sharing.users > LARGEST_HOME))[sharing.identifier])
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


def _homes(sharing: Sharing, source: str) -> Mask:
    """Rows of identifiers of this source that few use."""
    wanted = [one.name for one in SOURCES].index(source)
    home = (sharing.source == wanted) & (sharing.users <= LARGEST_HOME)
    return np.asarray(home[sharing.identifier])


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
