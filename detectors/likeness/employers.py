"""Employers: one firm whose name is given with its town or without, as 杭州市瑞丰五金, 杭州瑞丰五金 and 瑞丰五金.

Which words are towns is learned from the names that call one so. Two firms of one name in two towns are one here, which
only makes people look more like colleagues if they share something else.
"""

import numpy as np
import polars as pl

from graph.projection import Index

_TOWN = r"^(\p{Han}{2,3})市."


def employers(names: pl.Series) -> Index:
    """A number for each of these different names: same number, same firm."""
    towns = names.str.extract(_TOWN).drop_nulls().unique().to_list()
    if not towns:
        return np.arange(len(names), dtype=np.int32)
    known = pl.DataFrame({"town": towns, "is_town": True})
    firm = pl.col("name").str.replace(r"^\p{Han}{2,3}市(.)", "$1")
    frame = names.to_frame("name").with_columns(pl.col("name").str.slice(0, 2).alias("town"))
    frame = frame.join(known, on="town", how="left", maintain_order="left").with_columns(firm.alias("firm"))
    bare = pl.when(pl.col("is_town") & (pl.col("firm") == pl.col("name")) & (pl.col("name").str.len_chars() > 3))
    frame = frame.with_columns(bare.then(pl.col("name").str.slice(2)).otherwise(pl.col("firm")).alias("firm"))
    return np.asarray(frame["firm"].rank("dense").to_numpy(), np.int32) - 1
