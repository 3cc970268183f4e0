"""What analysts have judged, put into the projection that detection reads."""

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
    number = pl.DataFrame({"applicant_id": projection.accounts}).with_row_index("applicant")
    labels = said.labels.join(number, on="applicant_id").select(
        pl.col("applicant").cast(pl.Int32), "label", "decided_at", source=pl.lit(SOURCE)
    )
    known = projection.labels
    return replace(
        projection,
        labels=pl.concat([known, labels.select(known.columns)]).sort(pl.all()),
        homes=_pairs(said.homes.join(number, on="applicant_id")),
    )


def _pairs(homes: pl.DataFrame) -> Ints:
    """Each one of a home with the next: together they tie all of them."""
    ordered = homes.sort("home", "applicant").select(
        "home", low="applicant", high=pl.col("applicant").shift(-1).over("home")
    )
    pairs = ordered.drop_nulls("high").select(
        pair=pl.col("low").cast(pl.Int64) * (1 << 32) + pl.col("high").cast(pl.Int64)
    )
    return np.sort(pairs["pair"].to_numpy())
