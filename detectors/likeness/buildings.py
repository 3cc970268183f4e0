"""Buildings: dormitories, hostels and blocks of flats, whose residents give addresses that differ by their rooms.

A building is known by its street and number, the words right before the first number of a Chinese address, or around
the number of a Latin one; a village group, or an estate where no street is given, by the same rule. Towns are often
left out and not compared: two buildings of one name in two towns are one here, which only makes people look more like
neighbours if they share something else.
"""

import numpy as np
import polars as pl

from graph.projection import Index

_CHINESE = r"((?:小区|[\p{Han}--[省市区县镇乡街]]|街)+\d+)"
_LATIN = r"(\d+ (?:[a-z]+ )+?(?:st|rd|ave|ln|dr|blvd))\b"


def buildings(addresses: pl.Series) -> Index:
    """A number for each of these different addresses: same number, same building; -1 where none can be told."""
    named = addresses.to_frame("text").select(
        pl.coalesce(pl.col("text").str.extract(_CHINESE), pl.col("text").str.extract(_LATIN)).alias("name")
    )["name"]
    return np.asarray(named.rank("dense").fill_null(0).cast(pl.Int32).to_numpy() - 1, np.int32)
