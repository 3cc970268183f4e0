"""Reads the truth from outside: who is a fraudster, from a file that is no table of the lender's."""

from pathlib import Path

import polars as pl

from graph.errors import BadInputError, UsageError
from graph.ontology import Column, InputTable
from graph.values import ChoiceType, KeyType, TimestampType
from ingest.checking import check, check_columns
from ingest.reading import format_of, read_rows

_YES = ("true", "1")
TRUTH = InputTable(
    "truth",
    (
        Column("applicant_id", KeyType(), required=True),
        Column("is_fraud", ChoiceType((*_YES, "false", "0")), required=True),
        Column("lost_at", TimestampType()),
    ),
    doc="Who is a fraudster, and when the lender lost money to him; other columns are left alone.",
)
_SCHEMA = pl.Schema({column.name: column.type.dtype for column in TRUTH.columns})
_ANYWHERE = ""
"""No column depends on the lender's country."""


def read_truth(path: Path) -> pl.DataFrame:
    """`applicant_id`, `is_fraud` (Boolean), `lost_at` (unix seconds or null), one row for each applicant.

    CSV, JSON Lines or Parquet. `UsageError` for another format; `BadInputError` where a row is bad, or two rows
    contradict each other.
    """
    if format_of(path) is None:
        raise UsageError("The truth is in no known format", where=str(path), do="Give a .csv, .jsonl or .parquet file.")
    found = pl.concat([_SCHEMA.to_frame(), *_parts(path)]).unique()
    truth = found.select("applicant_id", pl.col("is_fraud").is_in(_YES), "lost_at")
    twice = truth.filter(pl.col("applicant_id").is_duplicated())
    if twice.height:
        count = twice["applicant_id"].n_unique()
        raise BadInputError(f"{count:,} applicants have rows that differ", where=str(path), do="Leave one row each.")
    return truth


def _parts(path: Path) -> list[pl.DataFrame]:
    parts = []
    for rows in read_rows(path):
        check_columns(TRUTH, rows.columns.columns, str(path))
        known = rows.columns.select(name for name in _SCHEMA if name in rows.columns.columns)
        checked = check(TRUTH, known, rows.lines, _ANYWHERE)
        if rows.unreadable.height or checked.bad.height:
            raise _bad(path, checked.bad.rows(named=True) or rows.unreadable.rows(named=True))
        good = checked.good if "lost_at" in known.columns else checked.good.with_columns(lost_at=None)
        parts.append(good.select(_SCHEMA.names()).cast(_SCHEMA))
    return parts


def _bad(path: Path, rows: list[dict[str, object]]) -> BadInputError:
    first = rows[0]
    place = f"{path}, row {first['line']}"
    return BadInputError(f"A bad row in the truth: {first['reason']}", where=place, do="Correct it, then run again.")
