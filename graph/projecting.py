"""Builds the projection of a store's graph as of a moment: integers in columns, nothing later than that moment.

An applicant is known from `created_at` on, or from the first observation or application on where that is earlier or
`created_at` is missing. Contacts are known with their applicant. What a node says of itself without a time (the
network type of an IP, the amount of an application, the name of an applicant) is taken as known with the node's own
row. Stores keep one interval per pair of ends: an applicant seen with a device before and after the moment counts as
seen with it up to the moment.

This is the only place that knows what was known when: whatever is read from a store goes through `projection_at`.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

from graph.kept_tables import KeptTables
from graph.numbered_graph import NumberedGraph, Seen, graph_of, number_graph
from graph.numbering import renumbering
from graph.ontology.nodes import IP, PHONE
from graph.projection import Applications, Index, Mask, Observations, Projection, Transfers
from graph.reading import read_tables
from graph.rereading import latest_tables
from graph.store.contract import GraphStore


def project(graph: GraphStore, as_of: int | None = None) -> Projection:
    """The graph as it was known at `as_of` (unix seconds); without it, at the latest time in the data."""
    whole = number_graph(read_tables(graph, as_of))
    return projection_at(whole, whole.latest() if as_of is None else as_of)


def project_latest(graph: GraphStore, kept: KeptTables) -> Projection:
    """As `project` at the latest time: of what was kept the last time only the changes are read. Keeps what it read."""
    tables, position = latest_tables(graph, kept)
    with ThreadPoolExecutor(1) as aside:
        saving = aside.submit(kept.save, position, tables) if position is not None else None
        whole = graph_of(tables)
        del tables
        if saving is not None:
            saving.result()
    return projection_at(whole, whole.latest())


def projection_at(whole: NumberedGraph, moment: int) -> Projection:
    """What of the graph was known at the moment (unix seconds). One graph serves any number of moments."""
    is_applicant = whole.is_applicant & (whole.known_since <= moment)
    transfers, applications = _transfers(whole.transfers, moment), whole.applications
    asked = applications.time <= moment
    known = is_applicant.copy()
    known[transfers.source] = known[transfers.target] = True
    new = renumbering(known)

    contacts = _contacts(whole)
    used = {label: _used(len(whole.keys[label]), rows, moment) for label, rows in whole.seen.items()}
    used[PHONE.label] |= _used(len(whole.keys[PHONE.label]), contacts, moment)

    def observations(label: str, rows: Seen) -> Observations:
        return _observations(label, whole.keys[label], used[label], rows.until(moment), new)

    return Projection(
        as_of=moment,
        accounts=whole.accounts.filter(pl.Series(known)),
        is_applicant=is_applicant[known],
        created_at=np.where(whole.created_at > moment, -1, whole.created_at)[known],
        names=_names(whole, is_applicant, moment).filter(pl.Series(known)),
        observations={label: observations(label, rows) for label, rows in whole.seen.items()},
        contacts=observations(PHONE.label, contacts),
        transfers=Transfers(
            transfers.ids, new[transfers.source], new[transfers.target], transfers.amount, transfers.time
        ),
        applications=Applications(
            new[applications.applicant[asked]], applications.amount[asked], applications.time[asked]
        ),
        blacklist=whole.blacklist.filter(pl.col("listed_at") <= moment),
        labels=_labels(whole.labels, new, moment),
        ip_types=whole.ip_types.filter(pl.Series(used[IP.label])),
    )


def _names(whole: NumberedGraph, is_applicant: Mask, moment: int) -> pl.Series:
    """The names of applicants whose own row had come."""
    return whole.names.set(pl.Series(~is_applicant | (whole.created_at > moment)), None)


def _transfers(rows: Transfers, moment: int) -> Transfers:
    """They are in order of time."""
    end = int(np.searchsorted(rows.time, moment, side="right"))
    return Transfers(rows.ids[:end], rows.source[:end], rows.target[:end], rows.amount[:end], rows.time[:end])


def _contacts(whole: NumberedGraph) -> Seen:
    """Phones that applicants list, at the time from which the applicant is known."""
    applicant, phone = whole.listed
    time = whole.known_since[applicant]
    return Seen(applicant, phone, time, time)


def _used(size: int, rows: Seen, moment: int) -> Mask:
    """Which identifiers somebody had been seen with."""
    used = np.zeros(size, np.bool_)
    used[rows.identifier[rows.first <= moment]] = True
    return used


def _observations(label: str, keys: pl.Series, used: Mask, rows: Seen, new: Index) -> Observations:
    """Rows with accounts and the used identifiers numbered anew, which leaves them in their order."""
    return Observations(
        label=label,
        keys=keys if used.all() else keys.filter(pl.Series(used)),
        applicant=new[rows.applicant],
        identifier=rows.identifier if used.all() else renumbering(used)[rows.identifier],
        first_seen=rows.first,
        last_seen=rows.last,
    )


def _labels(labels: pl.DataFrame, new: Index, moment: int) -> pl.DataFrame:
    """Labels of known accounts, numbered anew."""
    known = labels.filter(pl.col("decided_at") <= moment)
    return known.with_columns(pl.Series("applicant", new[known["applicant"].to_numpy()])).filter(
        pl.col("applicant") >= 0
    )
