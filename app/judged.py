"""What analysts have judged, put among what detection reads, and among what a backtest judges by."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graph.projection import Ints, Projection

if TYPE_CHECKING:
    from cases.standing import Standing

SOURCE = "casebook"
"""Where these labels come from, for whoever asks for a label's source."""


def judged(projection: Projection, said: "Standing") -> Projection:
    """The projection with what the judgements come to; people whom it does not know are left out."""
    return replace(
        projection,
        labels=labels_with(projection.labels, said, projection.accounts),
        homes=_pairs(said.homes.join(_numbers(projection.accounts), on="applicant_id")),
    )


def labels_with(labels: pl.DataFrame, said: "Standing", accounts: pl.Series) -> pl.DataFrame:
    """The labels with those that the judgements come to; people who are no `accounts` are left out."""
    own = said.labels.join(_numbers(accounts), on="applicant_id").select(
        pl.col("applicant").cast(pl.Int32), "label", "decided_at", source=pl.lit(SOURCE)
    )
    return pl.concat([labels, own.select(labels.columns)]).sort(pl.all())


def _numbers(accounts: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"applicant_id": accounts}).with_row_index("applicant")


def _pairs(homes: pl.DataFrame) -> Ints:
    """Each one of a home with the next: together they tie all of them."""
    ordered = homes.sort("home", "applicant").select(
        "home", low="applicant", high=pl.col("applicant").shift(-1).over("home")
    )
    pairs = ordered.drop_nulls("high").select(
        pair=pl.col("low").cast(pl.Int64) * (1 << 32) + pl.col("high").cast(pl.Int64)
    )
    return np.sort(pairs["pair"].to_numpy())
