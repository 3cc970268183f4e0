"""A store's graph in numbers instead of ids: compact columns, read once, from which any moment can be cut."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from graph.numbered_tables import NumberedTables, nothing
from graph.numbering import in_rows
from graph.ontology.nodes import ACCOUNT, APPLICANT, APPLICATION, BLACKLIST_ENTRY, IP, LABEL
from graph.ontology.relationships import LISTS_CONTACT, SUBMITTED, TRANSFERRED
from graph.projection import Applications, Index, Ints, Mask, Transfers
from graph.reading import SEEN_KINDS, Tables

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
        if max(self.first.max(initial=0), self.last.max(initial=0)) <= moment:
            return self
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
    return graph_of(nothing().updated(tables))


def graph_of(tables: NumberedTables) -> NumberedGraph:
    """The graph that is in these tables."""
    accounts = tables.nodes[ACCOUNT.label]
    number = in_rows(accounts["node_id"]).of(tables.nodes[APPLICANT.label]["node_id"])
    people = tables.nodes[APPLICANT.label].filter(pl.Series(number >= 0))
    number = number[number >= 0]  # one that a load added after the accounts were read is not among them
    created_at = np.full(accounts.height, -1, np.int64)
    created_at[number] = people["created_at"].to_numpy()
    is_applicant = np.zeros(accounts.height, np.bool_)
    is_applicant[number] = True
    seen = {kind.end.label: _seen(tables.relationships[kind.type]) for kind in SEEN_KINDS}
    applications = _applications(tables)
    return NumberedGraph(
        accounts=accounts["key"],
        is_applicant=is_applicant,
        created_at=created_at,
        known_since=_known_since(created_at, applications, list(seen.values())),
        names=_spread(people["name"], number, accounts.height),
        keys={label: tables.nodes[label]["key"] for label in seen},
        seen=seen,
        listed=_ends(tables.relationships[LISTS_CONTACT.type]),
        transfers=_transfers(tables.relationships[TRANSFERRED.type]),
        applications=applications,
        blacklist=_entries(tables),
        labels=_labels(tables),
        ip_types=tables.nodes[IP.label]["net_type"],
    )


def _ends(rows: pl.DataFrame) -> tuple[Index, Index]:
    return rows["start"].to_numpy(), rows["end"].to_numpy()


def _seen(rows: pl.DataFrame) -> Seen:
    return Seen(*_ends(rows), rows["first"].to_numpy(), rows["last"].to_numpy())


def _applications(tables: NumberedTables) -> Applications:
    applicant, asked = _ends(tables.relationships[SUBMITTED.type])
    time = tables.relationships[SUBMITTED.type]["submitted_at"].to_numpy()
    amount = tables.nodes[APPLICATION.label]["amount"].to_numpy()[asked]
    order = np.lexsort((amount, time, applicant))
    return Applications(applicant[order], amount[order], time[order])


def _transfers(rows: pl.DataFrame) -> Transfers:
    return Transfers(rows["key"], *_ends(rows), rows["amount"].to_numpy(), rows["ts"].to_numpy())


def _known_since(created_at: Ints, applications: Applications, seen: list[Seen]) -> Ints:
    """The first time of anything that an applicant did; `_NEVER` where there is none."""
    since = np.where(created_at < 0, _NEVER, created_at)
    np.minimum.at(since, applications.applicant, applications.time)
    for rows in seen:
        np.minimum.at(since, rows.applicant, rows.first)
    return since


def _entries(tables: NumberedTables) -> pl.DataFrame:
    entries = tables.nodes[BLACKLIST_ENTRY.label].drop_nulls("listed_at")
    return entries.select("kind", "value", "source", "listed_at").sort(pl.all())


def _labels(tables: NumberedTables) -> pl.DataFrame:
    labels, keys = tables.nodes[LABEL.label].drop_nulls("decided_at"), tables.nodes[ACCOUNT.label]["key"]
    place = keys.search_sorted(labels["applicant_id"]).cast(pl.Int32)
    known = keys.gather(pl.Series(np.minimum(place.to_numpy(), len(keys) - 1))) == labels["applicant_id"]
    labels = labels.select(place.alias("applicant"), "label", "source", "decided_at")
    return labels.filter(known).sort(pl.all())


def _spread(values: pl.Series, number: Index, size: int) -> pl.Series:
    """Values by these numbers; null where there is none."""
    row = np.full(size, -1, np.int64)
    row[number] = np.arange(len(number))
    return values.gather(pl.Series(row).set(pl.Series(row < 0), None))
