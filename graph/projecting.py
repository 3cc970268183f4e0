"""Builds the projection of a store's graph as of a moment: integers in columns, nothing later than that moment.

An applicant is known from `created_at` on, or from the first observation or application on where that is earlier or
`created_at` is missing. Contacts are known with their applicant. What a node says of itself without a time (the network
type of an IP, the amount of an application) is taken as known with the node. Stores keep one interval per pair of ends:
an applicant seen with a device before and after the moment counts as seen with it up to the moment.
"""

import numpy as np
import polars as pl

from graph.numbered_graph import NumberedGraph, Seen, number_graph
from graph.numbering import renumbering
from graph.ontology.nodes import IP, PHONE
from graph.projection import Applications, Index, Ints, Mask, Observations, Projection, Transfers
from graph.reading import read_tables
from graph.store.contract import GraphStore

_NEVER = int(np.iinfo(np.int64).max)


def project(graph: GraphStore, as_of: int | None = None) -> Projection:
    """The graph as it was known at `as_of` (unix seconds); without it, at the latest time in the data."""
    whole = number_graph(read_tables(graph, as_of), as_of)
    now = as_of if as_of is not None else whole.latest()
    since = _known_since(whole)
    is_applicant = whole.is_applicant & (since <= now)
    transfers, applications = whole.transfers, whole.applications
    known = is_applicant.copy()
    known[transfers.source] = known[transfers.target] = True
    new = renumbering(known)

    contacts = _contacts(whole, since, now)
    used = {label: _used(len(whole.keys[label]), rows) for label, rows in whole.seen.items()}
    used[PHONE.label] |= _used(len(whole.keys[PHONE.label]), contacts)

    def observations(label: str, rows: Seen) -> Observations:
        return _observations(label, whole.keys[label], used[label], rows, new)

    return Projection(
        as_of=now,
        accounts=whole.accounts.filter(pl.Series(known)),
        is_applicant=is_applicant[known],
        created_at=np.where(whole.created_at > now, -1, whole.created_at)[known],
        observations={label: observations(label, rows) for label, rows in whole.seen.items()},
        contacts=observations(PHONE.label, contacts),
        transfers=Transfers(
            transfers.ids, new[transfers.source], new[transfers.target], transfers.amount, transfers.time
        ),
        applications=Applications(new[applications.applicant], applications.amount, applications.time),
        blacklist=whole.blacklist,
        labels=_numbered_labels(whole, new),
        ip_types=whole.ip_types.filter(pl.Series(used[IP.label])),
    )


def _known_since(whole: NumberedGraph) -> Ints:
    """When each account became known as an applicant."""
    since = np.where(whole.created_at < 0, _NEVER, whole.created_at)
    np.minimum.at(since, whole.applications.applicant, whole.applications.time)
    for rows in whole.seen.values():
        np.minimum.at(since, rows.applicant, rows.first)
    return since


def _contacts(whole: NumberedGraph, since: Ints, now: int) -> Seen:
    """Phones that applicants list, at the time from which the applicant is known."""
    applicant, phone = whole.listed
    known = since[applicant] <= now
    time = since[applicant[known]]
    return Seen(applicant[known], phone[known], time, time)


def _used(size: int, rows: Seen) -> Mask:
    """Which identifiers have any row."""
    used = np.zeros(size, np.bool_)
    used[rows.identifier] = True
    return used


def _observations(label: str, keys: pl.Series, used: Mask, rows: Seen, new: Index) -> Observations:
    """Rows with accounts and the used identifiers numbered anew."""
    applicant, identifier = new[rows.applicant], renumbering(used)[rows.identifier]
    order = np.argsort(identifier.astype(np.int64) << 32 | applicant, kind="stable")
    return Observations(
        label=label,
        keys=keys.filter(pl.Series(used)),
        applicant=applicant[order],
        identifier=identifier[order],
        first_seen=rows.first[order],
        last_seen=rows.last[order],
    )


def _numbered_labels(whole: NumberedGraph, new: Index) -> pl.DataFrame:
    """Labels of known accounts: `applicant` (Int32), `label`, `decided_at`."""
    known = whole.accounts.alias("applicant_id").to_frame().with_columns(pl.Series("applicant", new))
    return (
        whole.labels.join(known.filter(pl.col("applicant") >= 0), on="applicant_id", how="inner")
        .select("applicant", "label", "decided_at")
        .sort(pl.all())
    )
