"""A store's graph in numbers instead of ids: compact columns, before it is known which of them count at a moment."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from graph.numbering import Numbering, numbered
from graph.ontology.nodes import ACCOUNT, APPLICANT, APPLICATION, BLACKLIST_ENTRY, IP, LABEL, PHONE
from graph.ontology.relationships import LISTS_CONTACT, SUBMITTED, TRANSFERRED
from graph.projection import Applications, Index, Ints, Mask, Transfers
from graph.reading import SEEN_KINDS, Tables, in_threads


@dataclass(frozen=True, slots=True)
class Seen:
    """Applicants seen with identifiers: numbers and times (unix seconds), in any order."""

    applicant: Index
    identifier: Index
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class NumberedGraph:
    """All accounts and identifiers, numbered in the order of their keys, whether or not they are known by then.

    By account: `is_applicant`, `created_at` (-1 where unknown). `keys` and `seen` by node label; `listed`: applicants
    with the phones they list. `blacklist` and `labels` have ids, not numbers. `ip_types`: by number of the Ip.
    """

    accounts: pl.Series
    is_applicant: Mask
    created_at: Ints
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


def number_graph(tables: Tables, until: int | None) -> NumberedGraph:
    """Number what was read; what happened after `until` is cut off."""
    labels = [kind.end.label for kind in SEEN_KINDS]
    accounts, *identifiers = in_threads(lambda label: numbered(tables.nodes[label]), [ACCOUNT.label, *labels])
    keys = dict(zip(labels, identifiers, strict=True))
    is_applicant, created_at = _applicants(tables, accounts)
    seen = in_threads(
        lambda kind: _seen(tables.relationships[kind.type], accounts, keys[kind.end.label], until), SEEN_KINDS
    )
    listed = tables.relationships[LISTS_CONTACT.type]
    return NumberedGraph(
        accounts=accounts.keys,
        is_applicant=is_applicant,
        created_at=created_at,
        keys={label: one.keys for label, one in keys.items()},
        seen=dict(zip(labels, seen, strict=True)),
        listed=(accounts.of(listed["start"]), keys[PHONE.label].of(listed["end"])),
        transfers=_transfers(tables, accounts),
        applications=_applications(tables, accounts),
        blacklist=_entries(tables, until),
        labels=_labels(tables, until),
        ip_types=_values(tables.nodes[IP.label], "key", keys[IP.label].keys, "net_type"),
    )


def _applicants(tables: Tables, accounts: Numbering) -> tuple[Mask, Ints]:
    """Which accounts are applicants, and since when (-1 where unknown)."""
    # An applicant that a load added after the accounts were read is not among them.
    rows = tables.nodes[APPLICANT.label].join(tables.nodes[ACCOUNT.label], on="node_id", how="semi")
    number = accounts.of(rows["node_id"])
    is_applicant = np.zeros(len(accounts.keys), np.bool_)
    is_applicant[number] = True
    created_at = np.full(len(accounts.keys), -1, np.int64)
    created_at[number] = rows["created_at"].fill_null(-1).to_numpy()
    return is_applicant, created_at


def _applications(tables: Tables, accounts: Numbering) -> Applications:
    rows = tables.relationships[SUBMITTED.type]
    amounts = _values(tables.nodes[APPLICATION.label], "node_id", rows["end"], "amount")
    frame = pl.DataFrame(
        {
            "applicant": accounts.of(rows["start"]),
            "time": rows["submitted_at"].fill_null(0),
            "amount": amounts.fill_null(0),
        }
    ).sort("applicant", "time", "amount")
    return Applications(frame["applicant"].to_numpy(), frame["amount"].to_numpy(), frame["time"].to_numpy())


def _transfers(tables: Tables, accounts: Numbering) -> Transfers:
    rows = tables.relationships[TRANSFERRED.type].with_columns(pl.col("amount", "ts").fill_null(0)).sort("ts", "key")
    return Transfers(
        ids=rows["key"],
        source=accounts.of(rows["start"]),
        target=accounts.of(rows["end"]),
        amount=rows["amount"].to_numpy(),
        time=rows["ts"].to_numpy(),
    )


def _seen(rows: pl.DataFrame, accounts: Numbering, identifiers: Numbering, until: int | None) -> Seen:
    """Observations of one kind. What was seen after `until` is cut off; a missing time is that of the other one."""
    first = pl.coalesce("first_seen", "last_seen", pl.lit(0, pl.Int64))
    rows = rows.with_columns(first_seen=first, last_seen=pl.max_horizontal(first, "last_seen"))
    if until is not None:
        rows = rows.filter(pl.col("first_seen") <= until).with_columns(pl.col("last_seen").clip(upper_bound=until))
    return Seen(
        accounts.of(rows["start"]),
        identifiers.of(rows["end"]),
        rows["first_seen"].to_numpy(),
        rows["last_seen"].to_numpy(),
    )


def _entries(tables: Tables, until: int | None) -> pl.DataFrame:
    nodes = tables.nodes[BLACKLIST_ENTRY.label]
    return _known(nodes, "listed_at", until).select("kind", "value", "listed_at").sort(pl.all())


def _labels(tables: Tables, until: int | None) -> pl.DataFrame:
    nodes = tables.nodes[LABEL.label]
    return _known(nodes, "decided_at", until).select("applicant_id", "label", "decided_at").sort(pl.all())


def _known(nodes: pl.DataFrame, time: str, until: int | None) -> pl.DataFrame:
    """Without those of a later, or no, time."""
    return nodes.filter(pl.col(time) <= until) if until is not None else nodes.drop_nulls(time)


def _values(nodes: pl.DataFrame, by: str, wanted: pl.Series, column: str) -> pl.Series:
    """A column of the nodes whose `by` is wanted, in that order; null where there is no such node."""
    return wanted.alias(by).to_frame().join(nodes.select(by, column), on=by, how="left", maintain_order="left")[column]
