"""Everything that applicants share, in one table: identifiers of all kinds, contacts they list, accounts they pay."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import polars as pl

from detectors.grouping import in_order
from detectors.likeness.addresses import same_place
from detectors.likeness.buildings import buildings
from graph.ontology.nodes import ACCOUNT, ADDRESS, CARD, DEVICE, EMPLOYER, IP, NATIONAL_ID, PHONE, WIFI
from graph.projection import Index, Ints, Mask, Observations, Projection
from graph.threads import in_threads

DAY = 86_400

SMOOTHING = 20.0
"""Added to every count: in a small sample nothing is very surprising."""


class Family(StrEnum):
    """Kinds of evidence that are independent of each other: a WiFi and its IP are one, a WiFi and a card are two."""

    DEVICE = "device"
    PLACE = "place"
    CARD = "card"
    IDENTITY = "identity"
    CONTACT = "contact"
    MONEY = "money"
    SOCIAL = "social"
    """Knowing somebody: friends list each other and send each other money, which is one fact, and common."""


ONE_FACT = frozenset({Family.PLACE, Family.SOCIAL})
"""Families in which several identifiers count as one piece of evidence."""


@dataclass(frozen=True, slots=True)
class Source:
    """One way of sharing. `label`: node label of what is shared; `code`: reason code of evidence from it."""

    name: str
    label: str
    family: Family
    code: str


@dataclass(frozen=True, slots=True)
class _Uses:
    """Who uses what in one source: one row per (identifier, applicant), in that order."""

    keys: pl.Series
    identifier: Index
    applicant: Index
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Sharing:
    """Identifiers with two users or more, numbered over all sources, and who used them when.

    By row, in order of (identifier, applicant): `identifier`, `applicant`, `first`, `last`.
    By identifier: `start` (offset of its first row, one more at the end), `source` (position in `SOURCES`), `number`
    (position in the source's `keys`). By source: `population`, how many identifiers it has, shared or not;
    `customers`, how many applicants use any; `brief`, the share of all its uses that last less than a day. By account:
    `building`, a number for where it lives, -1 where that is unknown.
    """

    identifier: Index
    applicant: Index
    first: Ints
    last: Ints
    start: Ints
    source: Index
    number: Index
    population: Ints
    customers: Ints
    brief: npt.NDArray[np.float64]
    keys: tuple[pl.Series, ...]
    building: Index

    @property
    def users(self) -> Ints:
        """Number of users of each identifier."""
        return np.diff(self.start)

    def of(self, *names: str) -> Mask:
        """Which identifiers are of these sources."""
        return np.isin([source.name for source in SOURCES], names)[self.source]

    def values(self, identifier: Ints) -> list[str]:
        """The canonical values of these identifiers, in the same order."""
        found = np.empty(len(identifier), object)
        for source in np.unique(self.source[identifier]):
            own = self.source[identifier] == source
            found[own] = self.keys[source].gather(self.number[identifier[own]]).to_list()
        return list(found)


def shared(projection: Projection) -> Sharing:
    """Collect what is shared in all sources."""
    uses = in_threads(lambda reader: reader[1](projection), _READERS)
    sizes = [np.bincount(one.identifier, minlength=len(one.keys)) for one in uses]
    kept = in_threads(lambda one: _shared_only(*one), zip(uses, sizes, strict=True))
    numbers = [np.flatnonzero(size > 1) for size in sizes]
    users = np.concatenate([size[number] for size, number in zip(sizes, numbers, strict=True)])
    return Sharing(
        identifier=np.repeat(np.arange(len(users), dtype=np.int32), users),
        applicant=np.concatenate([one.applicant for one in kept]),
        first=np.concatenate([one.first for one in kept]),
        last=np.concatenate([one.last for one in kept]),
        start=np.concatenate([[0], np.cumsum(users)]).astype(np.int64),
        source=np.repeat(np.arange(len(kept), dtype=np.int32), [len(number) for number in numbers]),
        number=np.concatenate(numbers).astype(np.int32),
        population=np.array([np.count_nonzero(size) for size in sizes], np.int64),
        customers=np.array([np.count_nonzero(np.bincount(one.applicant)) for one in uses], np.int64),
        brief=np.array([np.count_nonzero(one.last - one.first < DAY) / (len(one.first) + SMOOTHING) for one in uses]),
        keys=tuple(one.keys for one in kept),
        building=_buildings(projection),
    )


def _buildings(projection: Projection) -> Index:
    """Of each account the building of its latest address, or that address itself where no building can be told."""
    seen = projection.observations[ADDRESS.label]
    known = buildings(seen.keys)
    known = np.where(known >= 0, known, np.arange(len(known)) + known.max(initial=-1) + 1)
    order = np.lexsort((seen.identifier, seen.last_seen))
    building = np.full(len(projection.accounts), -1, np.int32)
    building[seen.applicant[order]] = known[seen.identifier[order]]
    return building


def _shared_only(uses: _Uses, users: Ints) -> _Uses:
    keep = users[uses.identifier] > 1
    return _Uses(uses.keys, uses.identifier[keep], uses.applicant[keep], uses.first[keep], uses.last[keep])


def _merged(keys: pl.Series, identifier: Index, applicant: Index, first: Ints, last: Ints) -> _Uses:
    """One row per (identifier, applicant), from the earliest to the latest of its times."""
    order = in_order(identifier, applicant)
    ordered = identifier[order].astype(np.int64) << 32 | applicant[order]
    start = np.flatnonzero(np.diff(ordered, prepend=-1))
    unique = ordered[start]
    if not len(unique):
        return _Uses(keys, identifier, applicant, first, last)
    return _Uses(
        keys,
        (unique >> 32).astype(np.int32),
        (unique & 0xFFFFFFFF).astype(np.int32),
        np.minimum.reduceat(first[order], start),
        np.maximum.reduceat(last[order], start),
    )


def _observed(label: str) -> Callable[[Projection], _Uses]:
    def read(projection: Projection) -> _Uses:
        rows = projection.observations[label]
        return _Uses(rows.keys, rows.identifier, rows.applicant, rows.first_seen, rows.last_seen)

    return read


def _addresses(projection: Projection) -> _Uses:
    """Addresses that mean the same place are one, under the first of their keys."""
    rows = projection.observations[ADDRESS.label]
    place = same_place(rows.keys)
    return _merged(rows.keys, place[rows.identifier], rows.applicant, rows.first_seen, rows.last_seen)


def _contacts(projection: Projection) -> _Uses:
    """A listed phone that no applicant has joins all who list it."""
    listed = projection.contacts
    return _chosen(listed, ~_owned(projection)[listed.identifier])


def _friends(projection: Projection) -> _Uses:
    """A listed phone of an applicant joins all who list it, and whose it is."""
    listed, own = projection.contacts, projection.observations[PHONE.label]
    is_listed = np.zeros(len(listed.keys), np.bool_)
    is_listed[listed.identifier] = True
    friends = _chosen(listed, _owned(projection)[listed.identifier])
    owners = _chosen(own, is_listed[own.identifier])
    return _merged(
        listed.keys,
        np.concatenate([friends.identifier, owners.identifier]),
        np.concatenate([friends.applicant, owners.applicant]),
        np.concatenate([friends.first, owners.first]),
        np.concatenate([friends.last, owners.last]),
    )


def _owned(projection: Projection) -> Mask:
    """Which phones some applicant has. Where nobody's own phone is known, any that is listed may be an applicant's."""
    own = projection.observations[PHONE.label]
    owned = np.full(len(projection.contacts.keys), not len(own.identifier), np.bool_)
    owned[own.identifier] = True
    return owned


def _chosen(rows: Observations, keep: Mask) -> _Uses:
    return _Uses(rows.keys, rows.identifier[keep], rows.applicant[keep], rows.first_seen[keep], rows.last_seen[keep])


def _paid(projection: Projection, *, applicants: bool) -> _Uses:
    """An account joins all applicants who pay into it, and its owner where that is an applicant."""
    money = projection.transfers
    keep = projection.is_applicant[money.source] & (money.source != money.target)
    row = np.flatnonzero(keep & (projection.is_applicant[money.target] == applicants))
    row = row[in_order(money.target[row], money.source[row])]  # and by time, in which transfers come
    pair = money.target[row].astype(np.int64) << 32 | money.source[row]
    ends = np.flatnonzero(np.diff(pair, prepend=-1, append=-1))
    first, last = row[ends[:-1]], row[ends[1:] - 1]
    paid = _Uses(projection.accounts, money.target[first], money.source[first], money.time[first], money.time[last])
    return _with_owners(paid) if applicants else paid


def _with_owners(paid: _Uses) -> _Uses:
    """Accounts with who paid into them, and their owners, from the first payment to the last."""
    start = np.flatnonzero(np.diff(paid.identifier, prepend=-1))
    if not len(start):
        return paid
    owner = paid.identifier[start]
    pair = paid.identifier.astype(np.int64) << 32 | paid.applicant
    at = np.searchsorted(pair, owner.astype(np.int64) << 32 | owner)
    return _Uses(
        paid.keys,
        np.insert(paid.identifier, at, owner),
        np.insert(paid.applicant, at, owner),
        np.insert(paid.first, at, np.minimum.reduceat(paid.first, start)),
        np.insert(paid.last, at, np.maximum.reduceat(paid.last, start)),
    )


def _payees(projection: Projection) -> _Uses:
    return _paid(projection, applicants=False)


def _partners(projection: Projection) -> _Uses:
    return _paid(projection, applicants=True)


_READERS: tuple[tuple[Source, Callable[[Projection], _Uses]], ...] = (
    (Source("device", DEVICE.label, Family.DEVICE, "shared_device"), _observed(DEVICE.label)),
    (Source("wifi", WIFI.label, Family.PLACE, "shared_wifi"), _observed(WIFI.label)),
    (Source("ip", IP.label, Family.PLACE, "shared_ip"), _observed(IP.label)),
    (Source("address", ADDRESS.label, Family.PLACE, "shared_address"), _addresses),
    (Source("employer", EMPLOYER.label, Family.PLACE, "shared_employer"), _observed(EMPLOYER.label)),
    (Source("phone", PHONE.label, Family.IDENTITY, "shared_phone"), _observed(PHONE.label)),
    (Source("card", CARD.label, Family.CARD, "shared_card"), _observed(CARD.label)),
    (Source("national_id", NATIONAL_ID.label, Family.IDENTITY, "shared_id"), _observed(NATIONAL_ID.label)),
    (Source("contact", PHONE.label, Family.CONTACT, "shared_contact"), _contacts),
    (Source("friend", PHONE.label, Family.SOCIAL, "shared_friend"), _friends),
    (Source("payee", ACCOUNT.label, Family.MONEY, "shared_payee"), _payees),
    (Source("partner", ACCOUNT.label, Family.SOCIAL, "shared_partner"), _partners),
)

SOURCES: tuple[Source, ...] = tuple(source for source, _ in _READERS)
