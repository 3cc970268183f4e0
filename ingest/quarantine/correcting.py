"""Loads corrected rows: those that are good now go into the graph and leave quarantine, the others stay there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import polars as pl

from graph.cells import unguarded
from graph.errors import BadInputError
from graph.ledger import Load, LoadStatus, QuarantinedRow
from graph.ontology import INPUT_TABLES, InputTable
from graph.store.contract import Store
from ingest.checking import CheckedRows, check
from ingest.feeding import chunk_of
from ingest.identity import content_digest
from ingest.loading import quarantined
from ingest.options import Options
from ingest.quarantine.exporting import PLACE
from ingest.reading.csv import read_csv
from ingest.reading.rows import RawRows, grouped
from ingest.staging import CHUNK_BYTES, UNREADABLE_TEXT

_TABLES = {table.name: table for table in INPUT_TABLES}


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of corrected rows: loads by table, rows released from quarantine, rows that are still bad.

    `still_bad` counts lines of the corrected file; their originals stay in quarantine.
    """

    loads: tuple[Load, ...]
    released: int
    still_bad: tuple[QuarantinedRow, ...]


def load_corrected(store: Store, path: Path, options: Options) -> Correction:
    """Load a corrected export of the quarantine. `BadInputError` where the file is no such export.

    May be run again after a stop, or with the same file: nothing is loaded twice.
    """
    if not path.is_file():
        raise BadInputError("There is no such file", where=str(path), do="Give a corrected `quarantine export`.")
    with store.exclusive("ingest"):
        tables: dict[str, _Table] = {}
        digest = content_digest(path)
        unreadable: list[QuarantinedRow] = []
        for rows in grouped(read_csv(path, options.encoding), store.graph.chunk_rows, CHUNK_BYTES):
            unreadable += _unreadable(rows, path)
            for name, lines, part in _by_table(rows, path):
                table = tables.setdefault(name, _Table(store, _TABLES[name], path, digest))
                table.add(part, lines, options.region)
        loads = tuple(table.finished() for table in tables.values())
    still_bad = [row for table in tables.values() for row in table.still_bad]
    return Correction(loads, sum(table.released for table in tables.values()), (*still_bad, *unreadable))


def _by_table(rows: RawRows, path: Path) -> Iterator[tuple[str, pl.Series, pl.DataFrame]]:
    """The rows of each table with their lines."""
    missing = [name for name in PLACE if name not in rows.columns.columns]
    if missing:
        raise BadInputError(
            f"This is no export of the quarantine: it lacks {', '.join(missing)}",
            where=str(path),
            do="Export with `ringfence quarantine export`, correct the cells, keep the columns that start with _.",
        )
    numbered = unguarded(rows.columns).with_columns(rows.lines)
    for (name,), part in numbered.group_by("_table", maintain_order=True):
        if name not in _TABLES:
            raise BadInputError("A row names no known table in _table", where=str(path), do="Leave _table as exported.")
        yield str(name), part["line"], part.drop("line")


def _unreadable(rows: RawRows, path: Path) -> list[QuarantinedRow]:
    nowhere = {"load_id": "", "table": "", "file": path.name, "column": "", "value": "", "raw": "{}"}
    return [
        QuarantinedRow(line=line, reason=reason, **nowhere)
        for line, reason in rows.unreadable.select("line", "reason").iter_rows()
    ]


class _Table:
    """Corrected rows of one table on their way, chunk by chunk."""

    def __init__(self, store: Store, table: InputTable, path: Path, digest: str) -> None:
        self._store = store
        self._table = table
        identity = sha256(f"correction\0{table.name}\0{digest}".encode()).hexdigest()[:32]
        known = store.ledger.load(identity)
        now = datetime.now(UTC)
        self._load = known or Load(
            load_id=identity, table=table.name, file=path.name, status=LoadStatus.LOADING, started_at=now
        )
        self._before = self._load.chunks_done
        self._chunks = 0
        self.released = 0
        self.still_bad: list[QuarantinedRow] = []

    def add(self, rows: pl.DataFrame, lines: pl.Series, region: str) -> None:
        """Check some rows, load the good ones unless an earlier run did, release their originals."""
        own = rows.drop(*PLACE, UNREADABLE_TEXT, strict=False)
        checked = _checked(self._table, own, lines, region)
        self._chunks += 1
        if self._chunks > self._before:
            self._merge(checked, rows.height)
        self.still_bad += quarantined(checked.bad, self._load)
        corrected = rows.filter(~lines.is_in(checked.bad["line"].implode()))
        self.released += self._store.ledger.release(_originals(corrected))

    def finished(self) -> Load:
        """The ledger's line, done."""
        if self._load.status is not LoadStatus.DONE:
            self._load = self._load.model_copy(update={"status": LoadStatus.DONE, "finished_at": datetime.now(UTC)})
            self._store.ledger.record(self._load)
        return self._load

    def _merge(self, checked: CheckedRows, height: int) -> None:
        load = self._load
        counted = {
            "chunks_done": load.chunks_done + 1,
            "rows_read": load.rows_read + height,
            "quarantined": load.quarantined + checked.bad.height,
            "placeholders": load.placeholders + checked.placeholders,
        }
        load = load.model_copy(update=counted)
        counts = self._store.graph.merge(chunk_of(self._table, checked.good), load)
        self._load = load.with_counts(counts)


def _checked(table: InputTable, rows: pl.DataFrame, lines: pl.Series, region: str) -> CheckedRows:
    """As `check`, but a row that holds nothing at all was not corrected, even where an empty key is a placeholder."""
    filled = rows.select(pl.any_horizontal(pl.all().fill_null("") != "")).to_series()
    checked = check(table, rows.filter(filled), lines.filter(filled), region)
    key = next(column.name for column in table.columns if column.required)
    blank = lines.filter(~filled).alias("line").to_frame()
    blank = blank.with_columns(column=pl.lit(key), value=pl.lit(""), reason=pl.lit(f"{key}: missing"), raw=pl.lit("{}"))
    return replace(checked, bad=pl.concat([checked.bad, blank]).sort("line"))


def _originals(rows: pl.DataFrame) -> list[QuarantinedRow]:
    """The quarantine's entries that corrected rows come from, as far as it needs to know them."""
    place = rows.select(PLACE).with_columns(pl.col("_line").cast(pl.Int64, strict=False)).fill_null("")
    return [
        QuarantinedRow(
            load_id=row["_load"], table=row["_table"], file=row["_file"], line=row["_line"], column=row["_column"],
            value="", reason=row["_reason"], raw="{}",
        )
        for row in place.filter(pl.col("_line").is_not_null()).iter_rows(named=True)
    ]  # fmt: skip
