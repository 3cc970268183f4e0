"""CSV cells that a spreadsheet must not take for formulas.

Rows in quarantine are made to be opened in a spreadsheet, and whoever applied for credit chose what stands in them.
"""

import polars as pl

_MARK = "'"
_TEMPTING = r"^[=+\-@\t\r']"


def guarded(rows: pl.DataFrame) -> pl.DataFrame:
    """Cells that start with `= + - @`, a tab, a carriage return or an apostrophe get an apostrophe before them."""
    return rows.select(pl.all().str.replace(_TEMPTING, f"{_MARK}$0"))


def unguarded(rows: pl.DataFrame) -> pl.DataFrame:
    """The cells as they were."""
    return rows.select(pl.all().str.strip_prefix(_MARK))
