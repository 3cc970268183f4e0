"""A store's graph in numbers instead of ids: compact columns, read once, from which any moment can be cut."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from graph.numbering import Numbering, in_rows, numbered
from graph.ontology.nodes import ACCOUNT, APPLICANT, APPLICATION, BLACKLIST_ENTRY, IP, LABEL, PHONE
from graph.ontology.relationships import LISTS_CONTACT, SUBMITTED, TRANSFERRED
from graph.projection import Applications, Index, Ints, Mask, Transfers
from graph.reading import SEEN_KINDS, Tables
from graph.threads import in_threads

_NEVER = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class Seen:
    """Applicants seen with identifiers: numbers and times (unix seconds), ordered by (identifier, applicant)."""

    applicant: Index
    identifier: Index
    first: Ints
    last: Ints

    def until(self, moment: int) -> "Seen":
        """What of it was known at the moment; who was seen with something before and after it was seen up to it."""
        known = self.first <= moment
        return Seen(
            self.applicant[known], self.identifier[known], self.first[known], np.minimum(self.last[known], moment)
        )


@dataclass(frozen=True, slots=True)
class NumberedGraph:
    """All accounts and identifiers, numbered in the order of their keys, whether or not they are known by then.

    By account: `is_applicant`, `created_at` (-1 where unknown), `known_since` (when it became known as an applicant),
    `names` (null where unknown).
    `keys` and `seen` by node label; `listed`: applicants with the phones they list, ordered by (phone, applicant).
    `blacklist`: kind, value, source, listed_at; `labels`: applicant (Int32 account number), label, source, decided_at,
    for those whose account is known; both in order of all columns. `ip_types`: by number of the Ip.
    """

    accounts: pl.Series
    is_applicant: Mask
    created_at: Ints
    known_since: Ints
    names: pl.Series
    keys: dict[str, pl.Series]
    seen: dict[str, Seen]
    listed: tuple[Index, Index]
    transfers: Transfers
    applications: Applications
    blacklist: pl.DataFrame
    labels: pl.DataFrame
    ip_types: pl.Series

    def latest(self) -> int:
        """The latest time of anything that happened, 0 if nothing did."""
        times = [self.created_at, self.applications.time, self.transfers.time]
        times += [one.last for one in self.seen.values()]
        times += [self.blacklist["listed_at"].to_numpy(), self.labels["decided_at"].to_numpy()]
        return max((int(time.max()) for time in times if len(time)), default=0)


def number_graph(tables: Tables) -> NumberedGraph:
    """Number what was read."""
    labels = [kind.end.label for kind in SEEN_KINDS]
    accounts, *identifiers = in_threads(lambda label: numbered(tables.nodes[label]), [ACCOUNT.label, *labels])
    keys = dict(zip(labels, identifiers, strict=True))
    is_applicant, created_at = _applicants(tables, accounts)
    seen = in_threads(lambda kind: _seen(tables.relationships[kind.type], accounts, keys[kind.end.label]), SEEN_KINDS)
    applications = _applications(tables, accounts)
    return NumberedGraph(
        accounts=accounts.keys,
        is_applicant=is_applicant,
        created_at=created_at,
        known_since=_known_since(created_at, applications, seen),
        names=_values(tables.nodes[APPLICANT.label], accounts, "name"),
        keys={label: one.keys for label, one in keys.items()},
        seen=dict(zip(labels, seen, strict=True)),
        listed=_listed(tables, accounts, keys[PHONE.label]),
        transfers=_transfers(tables, accounts),
        applications=applications,
        blacklist=_entries(tables),
        labels=_labels(tables, accounts),
        ip_types=_values(tables.nodes[IP.label], keys[IP.label], "net_type"),
    )


def _applicants(tables: Tables, accounts: Numbering) -> tuple[Mask, Ints]:
    """Which accounts are applicants, and since when (-1 where unknown)."""
    rows = tables.nodes[APPLICANT.label]
    number = accounts.numbers.of(rows["node_id"])
    known = number >= 0  # one that a load added after the accounts were read is not among them
    is_applicant = np.zeros(len(accounts.keys), np.bool_)
    is_applicant[number[known]] = True
    created_at = np.full(len(accounts.keys), -1, np.int64)
    created_at[number[known]] = rows["created_at"].fill_null(-1).to_numpy()[known]
    return is_applicant, created_at


def _applications(tables: Tables, accounts: Numbering) -> Applications:
    rows, asked = tables.relationships[SUBMITTED.type], tables.nodes[APPLICATION.label]
    frame = pl.DataFrame(
        {
            "applicant": accounts.numbers.of(rows["start"]),
            "time": rows["submitted_at"].fill_null(0),
            "amount": asked["amount"].fill_null(0).gather(in_rows(asked["node_id"]).of(rows["end"])),
        }
    ).sort("applicant", "time", "amount")
    return Applications(frame["applicant"].to_numpy(), frame["amount"].to_numpy(), frame["time"].to_numpy())


def _transfers(tables: Tables, accounts: Numbering) -> Transfers:
    rows = tables.relationships[TRANSFERRED.type].with_columns(pl.col("amount", "ts").fill_null(0)).sort("ts", "key")
    return Transfers(
        ids=rows["key"],
        source=accounts.numbers.of(rows["start"]),
        target=accounts.numbers.of(rows["end"]),
        amount=rows["amount"].to_numpy(),
        time=rows["ts"].to_numpy(),
    )


def _seen(rows: pl.DataFrame, accounts: Numbering, identifiers: Numbering) -> Seen:
    """Observations of one kind; a missing time is that of the other one."""
    first = pl.coalesce("first_seen", "last_seen", pl.lit(0, pl.Int64))
    rows = rows.select("start", "end", first=first, last=pl.max_horizontal(first, "last_seen"))
    applicant, identifier = accounts.numbers.of(rows["start"]), identifiers.numbers.of(rows["end"])
    order = _by_identifier(applicant, identifier)
    return Seen(applicant[order], identifier[order], rows["first"].to_numpy()[order], rows["last"].to_numpy()[order])


def _listed(tables: Tables, accounts: Numbering, phones: Numbering) -> tuple[Index, Index]:
    rows = tables.relationships[LISTS_CONTACT.type]
    applicant, phone = accounts.numbers.of(rows["start"]), phones.numbers.of(rows["end"])
    order = _by_identifier(applicant, phone)
    return applicant[order], phone[order]


def _by_identifier(applicant: Index, identifier: Index) -> Ints:
    return np.argsort(identifier.astype(np.int64) << 32 | applicant)


def _known_since(created_at: Ints, applications: Applications, seen: list[Seen]) -> Ints:
    """The first time of anything that an applicant did; `_NEVER` where there is none."""
    since = np.where(created_at < 0, _NEVER, created_at)
    np.minimum.at(since, applications.applicant, applications.time)
    for rows in seen:
        np.minimum.at(since, rows.applicant, rows.first)
    return since


def _entries(tables: Tables) -> pl.DataFrame:
    entries = tables.nodes[BLACKLIST_ENTRY.label].drop_nulls("listed_at")
    return entries.select("kind", "value", "source", "listed_at").sort(pl.all())


def _labels(tables: Tables, accounts: Numbering) -> pl.DataFrame:
    number = pl.DataFrame({"applicant_id": accounts.keys}).with_row_index("applicant")
    labels = tables.nodes[LABEL.label].drop_nulls("decided_at").join(number, on="applicant_id")
    return labels.select(pl.col("applicant").cast(pl.Int32), "label", "source", "decided_at").sort(pl.all())


def _values(nodes: pl.DataFrame, wanted: Numbering, column: str) -> pl.Series:
    """A column of the nodes by their numbers; null where there is no such node."""
    number = wanted.numbers.of(nodes["node_id"])
    row = np.full(len(wanted.keys), -1, np.int64)
    row[number[number >= 0]] = np.flatnonzero(number >= 0)
    return nodes[column].gather(pl.Series(row).replace(-1, None))
