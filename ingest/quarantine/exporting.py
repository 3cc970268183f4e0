"""Writes rows in quarantine as CSV: the contract's columns, where each row comes from and what is wrong with it."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import orjson
import polars as pl

from graph.cells import guarded
from graph.ledger import QuarantinedRow
from graph.ontology import INPUT_TABLES
from graph.store.contract import Store

_ROWS = 10_000
"""Rows written at once."""

PLACE = ("_table", "_file", "_line", "_column", "_reason", "_load")
"""Columns that say which row it is; a correction leaves them as they are."""


def export_quarantine(store: Store, path: Path, table: str | None = None) -> int:
    """Write the quarantine, or one table's, to a CSV file of all text; returns the number of rows.

    Columns are named as in the data contract, also where the file's own were mapped; a row that could not be split into
    columns stands whole in `_row`.
    """
    names = _columns(store.ledger.quarantine(table=table))
    written = 0
    with path.open("wb") as file:
        # Without a byte order mark, Excel takes the file for one in the machine's old encoding and garbles every name.
        file.write(guarded(_frame([], names)).write_csv(include_bom=True).encode())
        source = store.ledger.quarantine(table=table)
        while rows := list(islice(source, _ROWS)):
            file.write(guarded(_frame(rows, names)).write_csv(include_header=False).encode())
            written += len(rows)
    return written


def _columns(rows: Iterable[QuarantinedRow]) -> list[str]:
    """Names of all columns that any row has, those of the contract first and in its order."""
    tables: set[str] = set()
    found: dict[str, None] = {}
    for row in rows:
        tables.add(row.table)
        found.update(dict.fromkeys(orjson.loads(row.raw)))
    known = [column.name for table in INPUT_TABLES if table.name in tables for column in table.columns]
    return [name for name in dict.fromkeys([*known, *found]) if name not in PLACE]


def _frame(rows: Iterable[QuarantinedRow], names: list[str]) -> pl.DataFrame:
    records = [(_place(row), orjson.loads(row.raw)) for row in rows]
    columns = [pl.Series(name, [place[at] for place, _ in records], pl.String) for at, name in enumerate(PLACE)]
    return pl.DataFrame(columns + [pl.Series(name, [raw.get(name) for _, raw in records], pl.String) for name in names])


def _place(row: QuarantinedRow) -> tuple[str, ...]:
    return (row.table, row.file, str(row.line), row.column, row.reason, row.load_id)
