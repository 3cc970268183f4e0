"""CSV cells that a spreadsheet must not take for formulas.

Every CSV file is opened in a spreadsheet one day, and whoever applied for credit chose what stands in it.
"""

import polars as pl

_MARK = "'"
_TEMPTING = r"^[=+\-@\t\r']"


def guarded(rows: pl.DataFrame) -> pl.DataFrame:
    """Text that starts with `= + - @`, a tab, a carriage return or an apostrophe gets an apostrophe before it."""
    return rows.with_columns(pl.col(pl.String).str.replace(_TEMPTING, f"{_MARK}$0"))


def unguarded(rows: pl.DataFrame) -> pl.DataFrame:
    """The cells as they were."""
    return rows.with_columns(pl.col(pl.String).str.strip_prefix(_MARK))
