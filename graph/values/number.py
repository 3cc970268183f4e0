"""Counts."""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.values.absence import given
from graph.values.base import Normalised, ValueType
from graph.values.columns import TEXT, cleaned, first_reason, settled
from graph.values.masks import mask_figure

_WHOLE = r"^\+?([0-9]{1,18})(?:\.0*)?$"


@dataclass(frozen=True)
class CountType(ValueType):
    """A whole number, zero or more."""

    name: ClassVar[str] = "count"
    dtype: ClassVar[pl.DataType] = pl.Int64()

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        value = TEXT.str.extract(_WHOLE).cast(pl.Int64)
        bad = first_reason(
            (TEXT.str.starts_with("-"), "less than zero"), (value.is_null(), "not a whole number of at most 18 digits")
        )
        return settled(given(cleaned(raw)), value, bad=bad)

    def mask(self, value: str) -> str:
        return mask_figure(value)
