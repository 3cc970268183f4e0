"""Applies a table's mapping to raw rows: out come columns named as in the data contract, still text."""

from string import Formatter

import polars as pl

from graph.errors import BadInputError
from ingest.mapping.model import FILE, ROW, ColumnMapping, TableMapping, Unit
from ingest.reading.rows import RawRows

_MILLISECONDS = {
    Unit.MILLISECONDS: 1,
    Unit.SECONDS: 1_000,
    Unit.MINUTES: 60_000,
    Unit.HOURS: 3_600_000,
    Unit.DAYS: 86_400_000,
}


def check_sources(mapping: TableMapping, names: list[str], file: str) -> None:
    """`BadInputError` where the mapping names a source column that the file does not have."""
    missing = sorted(mapping.sources - set(names))
    if missing:
        raise BadInputError(
            f"The mapping names columns that are not there: {', '.join(missing)}",
            where=file,
            do=f"The file has: {', '.join(names)[:1000]}.",
        )


def mapped(rows: RawRows, mapping: TableMapping, file: str) -> pl.DataFrame:
    """The rows' columns under the contract's names; source columns neither used nor ignored stay."""
    nothing = pl.repeat(None, rows.lines.len(), dtype=pl.String, eager=True)
    source = rows.columns.with_columns(nothing.alias(name) for name in mapping.sources - set(rows.columns.columns))
    made = [_column(column, source, rows.lines, file).alias(name) for name, column in mapping.columns.items()]
    used = mapping.sources | set(mapping.ignore) | mapping.columns.keys()
    return pl.DataFrame([*made, *(values for values in rows.columns.iter_columns() if values.name not in used)])


def _column(mapping: ColumnMapping, source: pl.DataFrame, lines: pl.Series, file: str) -> pl.Series:
    if mapping.constant is not None:
        return _same(mapping.constant, lines.len())
    if mapping.format is not None:
        return _formatted(mapping.format, source, lines, file)
    values = source[mapping.column or ""]
    if mapping.values:
        values = values.replace(mapping.values)
    return values if mapping.unit is None else _moment(values, mapping)


def _formatted(text: str, source: pl.DataFrame, lines: pl.Series, file: str) -> pl.Series:
    """The text with its names filled in; null where any of them is."""
    parts: list[pl.Series] = []
    for literal, name, _, _ in Formatter().parse(text):
        parts.append(_same(literal, lines.len()))
        if name == ROW:
            parts.append(lines.cast(pl.String))
        elif name is not None:
            parts.append(_same(file, lines.len()) if name == FILE else source[name])
    return pl.select(pl.concat_str(parts)).to_series()


def _same(text: str, height: int) -> pl.Series:
    return pl.repeat(text, height, dtype=pl.String, eager=True)


def _moment(values: pl.Series, mapping: ColumnMapping) -> pl.Series:
    """Numbers of the mapping's unit since its origin, as unix seconds; what is no number stays, to be found bad."""
    origin = round(mapping.origin.timestamp() * 1000)
    number = pl.col("value").str.strip_chars().cast(pl.Float64, strict=False)
    shifted = (number * _MILLISECONDS[mapping.unit or Unit.SECONDS]).round().cast(pl.Int64, strict=False) + origin
    seconds = shifted.floordiv(1000).cast(pl.String)
    return values.to_frame("value").select(pl.coalesce(seconds, "value").alias("value"))["value"]
