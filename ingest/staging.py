"""First pass over a file: read, normalise and check all of it, before anything of it is in the graph."""

from collections.abc import Iterator

import polars as pl

from ingest.checking import CheckedRows, check, check_columns, unknown_columns
from ingest.extras import json_objects
from ingest.mapping import check_sources, mapped
from ingest.options import Options, Phase, Progress, Report
from ingest.reading import RawRows, has_header, read_rows
from ingest.reading.rows import grouped
from ingest.sources import SourceFile
from ingest.spool import Spool, Staged

CHUNK_BYTES = 64 << 20
"""Size at which a chunk is closed earlier: rows may be long."""


def stage(file: SourceFile, spool: Spool, options: Options, report: Report) -> Staged:
    """Spool the file's rows. `BadInputError` where it cannot be read to its end or lacks a required column."""
    known = spool.staged()
    if known is not None:
        return known
    spool.begin()
    staged = Staged()
    for number, (rows, columns) in enumerate(_tables(file, options, spool.chunk_rows)):
        checked = check(file.table, columns, rows.lines, options.region)
        spool.add(number, checked.good, _all_bad(checked, rows))
        staged = _counted(staged, file, rows, columns, checked)
        report(Progress(file.name, Phase.CHECKING, staged.rows_read))
    spool.finish(staged)
    return staged


def _tables(file: SourceFile, options: Options, chunk_rows: int) -> Iterator[tuple[RawRows, pl.DataFrame]]:
    """Chunks of raw rows, each with its columns under the contract's names."""
    for number, rows in enumerate(grouped(read_rows(file.path, options.encoding), chunk_rows, CHUNK_BYTES)):
        first = number == 0
        if first and file.mapping and has_header(file.path):
            check_sources(file.mapping, rows.columns.columns, file.name)
        columns = mapped(rows, file.mapping, file.name) if file.mapping else rows.columns
        if first and (columns.width or has_header(file.path)):
            check_columns(file.table, columns.columns, file.name)
        yield rows, columns


def _all_bad(checked: CheckedRows, rows: RawRows) -> pl.DataFrame:
    """Bad rows and unreadable ones, by line."""
    if not rows.unreadable.height:
        return checked.bad
    unreadable = rows.unreadable.select(
        "line",
        pl.lit("").alias("column"),
        pl.lit("").alias("value"),
        "reason",
        json_objects(rows.unreadable.select(pl.col("text").alias(UNREADABLE_TEXT))).alias("raw"),
    )
    return pl.concat([checked.bad, unreadable]).sort("line")


UNREADABLE_TEXT = "_row"
"""Name under which the text of a row stands that could not be split into columns."""


def _counted(staged: Staged, file: SourceFile, rows: RawRows, columns: pl.DataFrame, checked: CheckedRows) -> Staged:
    inside = rows.unreadable["text"].str.strip_chars("\n").str.count_matches("\n", literal=True)
    unknown = dict.fromkeys((*staged.unknown_columns, *unknown_columns(file.table, columns.columns)))
    return Staged(
        rows_read=staged.rows_read + rows.height,
        quarantined=staged.quarantined + checked.bad.height + rows.unreadable.height,
        swallowed=staged.swallowed + int(inside.sum()),
        placeholders=staged.placeholders + checked.placeholders,
        cut=inside.len() > 0 and not inside[-1] and rows.unreadable["line"][-1] == staged.rows_read + rows.height,
        chunks=staged.chunks + 1,
        unknown_columns=tuple(unknown),
    )
