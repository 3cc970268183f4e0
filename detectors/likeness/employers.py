"""Employers: one firm whose name is given with its town or without, as 杭州市瑞丰五金, 杭州瑞丰五金 and 瑞丰五金.

Which words are towns is learned from the names that call one so. Two firms of one name in two towns are one here, which
only makes people look more like colleagues if they share something else.
"""

import numpy as np
import polars as pl

from graph.projection import Index

_TOWN = r"^(\p{Han}{2,3})市"
_LEAST = 3
"""Characters that a name must have without its town: 杭州银行 and 宁波银行 are not one bank."""


def employers(names: pl.Series) -> Index:
    """A number for each of these different names: same number, same firm."""
    towns = names.str.extract(_TOWN).drop_nulls().unique()
    name = pl.col("name")
    told = pl.coalesce(
        _without(name.str.extract(_TOWN), towns, "市"), *(_without(name.str.head(n), towns) for n in (3, 2))
    )
    firm = names.to_frame("name").select(pl.coalesce(told, name).alias("firm"))["firm"]
    return np.asarray(firm.rank("dense").to_numpy(), np.int32) - 1


def _without(town: pl.Expr, towns: pl.Series, suffix: str = "") -> pl.Expr:
    """The names without this town in front, if it is one and enough is left; else null."""
    left = pl.col("name").str.strip_prefix(town + suffix)
    return pl.when(town.is_in(towns.implode()) & (left.str.len_chars() >= _LEAST)).then(left)
