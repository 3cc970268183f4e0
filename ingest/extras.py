"""Rows as JSON objects: for columns that the contract does not know, and for rows in quarantine."""

import polars as pl


def json_objects(rows: pl.DataFrame) -> pl.Series:
    """Each row as the text of a JSON object of its columns, missing values left out; null where nothing is left."""
    if not rows.width:
        return pl.repeat(None, rows.height, dtype=pl.String, eager=True)
    members = [
        pl.when(pl.col(name).is_not_null()).then(pl.struct(name).struct.json_encode().str.slice(1).str.head(-1))
        for name in rows.columns
    ]
    joined = rows.select(pl.concat_str(members, separator=",", ignore_nulls=True).alias("json"))
    return joined.select(pl.when(pl.col("json") != "").then("{" + pl.col("json") + "}").alias("json"))["json"]
