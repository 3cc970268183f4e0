"""Checks rows of a table: every value normalised by its column's type, and which rows are bad, where and why."""

from dataclasses import dataclass

import polars as pl

from graph.errors import BadInputError
from graph.ontology import Column, InputTable
from graph.ontology.nodes import BLACKLIST_VALUES
from graph.values import KeyType, Normalised, ValueType
from ingest.extras import json_objects

BAD = {"line": pl.Int64, "column": pl.String, "value": pl.String, "reason": pl.String, "raw": pl.String}

EXTRAS = "extras"

_SHOWN = 80
"""Characters of a masked value that are kept."""

_PERIODS = (("first_seen", "last_seen"),)
"""Columns of which the second must not be before the first."""


def placeholder_flag(column: str) -> str:
    """Name of the Boolean column that says where a column's value stands for nobody."""
    return f"{column}?"


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """`good`: the table's columns that the file has, normalised, with their placeholder flags, and `extras`.

    `bad`: line, column, value (masked), reason, raw (the row as a JSON object). `placeholders`: values that link
    nobody.
    """

    good: pl.DataFrame
    bad: pl.DataFrame
    placeholders: int


def check_columns(table: InputTable, names: list[str], where: str) -> None:
    """`BadInputError` where a required column is missing."""
    missing = [column.name for column in table.columns if column.required and column.name not in names]
    if missing:
        raise BadInputError(
            f"Table {table.name} lacks required columns: {', '.join(missing)}",
            where=where,
            do=f"It has: {', '.join(names)[:1000]}. If they are named otherwise, write a mapping file.",
        )


def check(table: InputTable, rows: pl.DataFrame, lines: pl.Series, region: str) -> CheckedRows:
    """Normalise and check raw rows whose columns are named as in the data contract; others become extras."""
    columns = [column for column in table.columns if column.required or column.name in rows.columns]
    done = {column.name: _normalised(table, column, rows, region) for column in columns}
    reasons = pl.DataFrame([_reason(column, done[column.name]) for column in columns]).with_columns(_disorder(done))
    is_bad = reasons.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    good = _frame(table, done, rows)
    bad = _bad(table, rows.filter(is_bad), lines.filter(is_bad), reasons.filter(is_bad))
    if bad.height:
        good = good.filter(~is_bad)
    placeholders = sum(
        int(good[placeholder_flag(name)].sum()) for name, column in done.items() if column.placeholder.any()
    )
    return CheckedRows(good, bad, placeholders)


def _normalised(table: InputTable, column: Column, rows: pl.DataFrame, region: str) -> Normalised:
    raw = _raw(rows, column.name)
    if column.required and column.type.linkable:
        # Nothing at all, where something that people can share must stand, is a placeholder.
        return column.type.normalise(raw.fill_null(""), region)
    raw = raw.set(raw == "", None)
    if table.name == "blacklist" and column.name == "value":
        return _listed_value(raw, _raw(rows, "kind"), region)
    return column.type.normalise(raw, region)


def _raw(rows: pl.DataFrame, name: str) -> pl.Series:
    """The column, or as many missing values."""
    return rows[name] if name in rows.columns else pl.repeat(None, rows.height, dtype=pl.String, eager=True)


def _listed_value(raw: pl.Series, kinds: pl.Series, region: str) -> Normalised:
    """A blacklisted value is normalised as what its row's `kind` says it is."""
    frame = pl.DataFrame({"raw": raw, "kind": kinds.str.strip_chars().str.to_lowercase()}).with_row_index()
    parts = []
    for (kind,), part in frame.group_by("kind"):
        done = BLACKLIST_VALUES.get(str(kind), KeyType()).normalise(part["raw"], region)
        parts.append(part.select("index", value=done.value, placeholder=done.placeholder, bad=done.bad))
    whole = pl.concat(parts).sort("index") if parts else None
    if whole is None:
        return KeyType().normalise(raw, region)
    return Normalised(whole["value"], whole["placeholder"], whole["bad"])


def _reason(column: Column, done: Normalised) -> pl.Series:
    """Why each value is bad, null where it is not."""
    if not column.required or not done.value.has_nulls():
        return done.bad.alias(column.name)
    missing = pl.when(done.value.is_null()).then(pl.lit("missing"))
    return pl.select(pl.coalesce(done.bad, missing).alias(column.name)).to_series()


def _disorder(done: dict[str, Normalised]) -> list[pl.Series]:
    """Reasons for periods that end before they begin, under the name of the later column."""
    out = []
    for first, last in _PERIODS:
        if first in done and last in done:
            reversed_ = done[last].value < done[first].value
            own = pl.when(reversed_).then(pl.lit(f"before {first}"))
            out.append(pl.select(pl.coalesce(done[last].bad, own).alias(last)).to_series())
    return out


def _frame(table: InputTable, done: dict[str, Normalised], rows: pl.DataFrame) -> pl.DataFrame:
    values = [column.value.alias(name) for name, column in done.items()]
    flags = [
        column.placeholder.alias(placeholder_flag(name)) for name, column in done.items() if column.placeholder.any()
    ]
    unknown = rows.select(unknown_columns(table, rows.columns))
    extras = [json_objects(unknown).alias(EXTRAS)] if unknown.width else []
    return pl.DataFrame([*values, *flags, *extras])


def unknown_columns(table: InputTable, names: list[str]) -> list[str]:
    """The names that are no columns of the table."""
    known = {column.name for column in table.columns}
    return [name for name in names if name not in known]


def _bad(table: InputTable, rows: pl.DataFrame, lines: pl.Series, reasons: pl.DataFrame) -> pl.DataFrame:
    """Quarantine entries of bad rows: the first bad column in the contract's order, and what else is bad."""
    if not rows.height:
        return pl.DataFrame(schema=BAD)
    first = pl.coalesce(pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in reasons.columns)
    told = [pl.lit(f"{name}: ") + pl.col(name) for name in reasons.columns]
    found = reasons.select(column=first, reason=pl.concat_str(told, separator="; ", ignore_nulls=True))
    return pl.DataFrame(
        {
            "line": lines,
            "column": found["column"],
            "value": _masked(table, rows, found["column"]),
            "reason": found["reason"],
            "raw": json_objects(rows).fill_null("{}"),
        },
        schema=BAD,
    )


def _masked(table: InputTable, rows: pl.DataFrame, columns: pl.Series) -> list[str]:
    """The value of each row's bad column, masked; row by row, because few rows are bad."""
    types: dict[str, ValueType] = {column.name: column.type for column in table.columns}
    raw = rows.to_dict(as_series=False)
    values = [(name, raw.get(name, [None] * rows.height)[at]) for at, name in enumerate(columns)]
    return [types[name].mask(value)[:_SHOWN] if value else "" for name, value in values]
