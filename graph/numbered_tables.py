"""A store's tables in numbers instead of ids, each in an order that depends on the data alone.

New rows are put among the old ones, which are in order already. So a night costs what it reads and one pass over the
columns; to number everything is to put it among nothing.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from graph.numbering import Numbers, in_rows
from graph.ontology import NodeKind, RelationshipKind
from graph.ontology.nodes import ACCOUNT, APPLICANT, APPLICATION, BLACKLIST_ENTRY, LABEL
from graph.ontology.relationships import LISTS_CONTACT, SUBMITTED, TRANSFERRED
from graph.projection import Index, Ints
from graph.reading import SEEN_KINDS, Tables, schemas
from graph.threads import in_threads

_BY_KEY = (ACCOUNT, *(kind.end for kind in SEEN_KINDS))
_BY_ID = (APPLICANT, APPLICATION, BLACKLIST_ENTRY, LABEL)
_BY_ENDS = (*SEEN_KINDS, LISTS_CONTACT, SUBMITTED)


@dataclass(frozen=True, slots=True)
class NumberedTables:
    """Frames whose order is part of their meaning.

    `nodes` by label: accounts and identifiers (`node_id`, `key`, properties) in order of their keys, which numbers
    them; other nodes in order of `node_id`, without a key. `relationships` by type, with `start` and `end` as the rows
    of their nodes (Int32): observations (`first`, `last`) and those without times in order of (end, start), transfers
    in order of (ts, key). Times and amounts are never null.
    """

    nodes: dict[str, pl.DataFrame]
    relationships: dict[str, pl.DataFrame]

    @property
    def rows(self) -> int:
        """Number of rows of all tables."""
        return sum(rows.height for rows in (*self.nodes.values(), *self.relationships.values()))

    def updated(self, newer: Tables) -> "NumberedTables":
        """These tables with rows that were read later, in place of older ones of the same identity."""
        nodes = in_threads(lambda kind: _nodes(kind, self.nodes[kind.label], newer.nodes[kind.label]), _BY_KEY + _BY_ID)
        known = {kind.label: rows for kind, rows in zip(_BY_KEY + _BY_ID, nodes, strict=True)}
        numbers = {label: in_rows(rows["node_id"]) for label, rows in known.items()}

        def related(kind: RelationshipKind) -> pl.DataFrame:
            ends = numbers[ACCOUNT.label], numbers[kind.end.label]
            moved = _renumbered(self.relationships[kind.type], ends, (self._ids(ACCOUNT), self._ids(kind.end)))
            return _placed(kind, moved, _numbered(kind, newer.relationships[kind.type], ends))

        kinds = (TRANSFERRED, *_BY_ENDS)
        rows = in_threads(related, kinds)
        return NumberedTables(known, {kind.type: one for kind, one in zip(kinds, rows, strict=True)})

    def _ids(self, kind: NodeKind) -> pl.Series:
        return self.nodes[kind.label]["node_id"]


def nothing() -> NumberedTables:
    """The tables of an empty store."""
    nodes, relationships = schemas()
    no_numbers = in_rows(pl.Series(dtype=pl.Int64)), in_rows(pl.Series(dtype=pl.Int64))
    return NumberedTables(
        {kind.label: _whole_node(kind, pl.DataFrame(schema=nodes[kind.label])) for kind in _BY_KEY + _BY_ID},
        {
            kind.type: _numbered(kind, pl.DataFrame(schema=relationships[kind.type]), no_numbers)
            for kind in (TRANSFERRED, *_BY_ENDS)
        },
    )


def _nodes(kind: NodeKind, old: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    newer = _whole_node(kind, newer)
    if kind in _BY_ID:
        return _among(old, old["node_id"].to_numpy(), newer.sort("node_id"))
    again = in_rows(old["node_id"]).of(newer["node_id"])
    if newer.width == 2:  # a key is for good: there is nothing else that could have changed
        newer = newer.filter(pl.Series(again < 0))
    else:
        old = _without(old, again[again >= 0])
    newer = newer.sort("key")
    return _put(old, newer, old["key"].search_sorted(newer["key"]).to_numpy().astype(np.int64))


def _whole_node(kind: NodeKind, rows: pl.DataFrame) -> pl.DataFrame:
    if kind in _BY_KEY:
        return rows
    unknown = {APPLICANT: {"created_at": -1}, APPLICATION: {"amount": 0}}.get(kind, {})
    return rows.drop("key").with_columns(pl.col(name).fill_null(value) for name, value in unknown.items())


def _numbered(kind: RelationshipKind, rows: pl.DataFrame, ends: tuple[Numbers, Numbers]) -> pl.DataFrame:
    """Rows that were read, with numbers for node ids; a missing time is that of the other one, or 0."""
    start, end = (numbers.of(rows[name]) for name, numbers in zip(("start", "end"), ends, strict=True))
    if kind is TRANSFERRED:
        values = rows.select("key", pl.col("amount", "ts").fill_null(0))
    elif kind is SUBMITTED:
        values = rows.select(pl.col("submitted_at").fill_null(0))
    elif kind is LISTS_CONTACT:
        values = rows.select()
    else:
        first = pl.coalesce("first_seen", "last_seen", pl.lit(0, pl.Int64))
        values = rows.select(first=first, last=pl.max_horizontal(first, "last_seen"))
    return pl.DataFrame({"start": start, "end": end}).hstack(values)


def _renumbered(rows: pl.DataFrame, ends: tuple[Numbers, Numbers], ids: tuple[pl.Series, pl.Series]) -> pl.DataFrame:
    """Rows with the numbers that their ends have now; new keys between the old ones do not change their order."""
    now = [numbers.of(old) for numbers, old in zip(ends, ids, strict=True)]
    return rows.with_columns(
        pl.Series(name, number[rows[name].to_numpy()], dtype=pl.Int32)
        for name, number in zip(("start", "end"), now, strict=True)
    )


def _placed(kind: RelationshipKind, old: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    if kind is TRANSFERRED:
        return _in_time(old, newer)
    place = _place(newer)
    order = np.argsort(place)
    return _among(old, _place(old), newer[order], place[order])


def _place(rows: pl.DataFrame) -> Ints:
    """Where a row stands in order of (end, start)."""
    return np.asarray(rows["end"].to_numpy().astype(np.int64) << 32 | rows["start"].to_numpy())


def _in_time(old: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    """Transfers in order of (ts, key). Those at moments at which another one came are put in order with it."""
    if not newer.height:
        return old
    if old.height:
        old = old.filter(~pl.col("key").is_in(newer["key"].implode()))
    time, moments = old["ts"].to_numpy(), newer["ts"].to_numpy()
    begin, end = (
        np.bincount(np.searchsorted(time, moments, side), minlength=len(time) + 1) for side in ("left", "right")
    )
    there = pl.Series(np.cumsum(begin - end)[:-1] > 0)
    mixed, rest = pl.concat([old.filter(there), newer]).sort("ts", "key"), old.filter(~there)
    return _put(rest, mixed, np.searchsorted(rest["ts"].to_numpy(), mixed["ts"].to_numpy()))


def _among(old: pl.DataFrame, old_place: Ints, newer: pl.DataFrame, place: Ints | None = None) -> pl.DataFrame:
    """Both frames in order of their places; of two rows of one place the newer one."""
    place = newer["node_id"].to_numpy() if place is None else place
    at = np.searchsorted(old_place, place)
    again = np.append(old_place, -1)[at] == place
    gone = np.cumsum(again) - again  # of the old rows before each place, those that are replaced
    return _put(_without(old, at[again]), newer, at - gone)


def _without(rows: pl.DataFrame, dropped: Index | Ints) -> pl.DataFrame:
    if not len(dropped):
        return rows
    keep = np.ones(rows.height, np.bool_)
    keep[dropped] = False
    return rows.filter(pl.Series(keep))


def _put(old: pl.DataFrame, newer: pl.DataFrame, at: Ints) -> pl.DataFrame:
    """The newer rows, each before the old row at its place; places do not fall."""
    if not (old.height and newer.height):
        return old if old.height else newer
    order = np.insert(np.arange(old.height), at, np.arange(old.height, old.height + newer.height))
    return pl.concat([old, newer], rechunk=True)[order]
