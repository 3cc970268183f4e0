"""Amounts of money."""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.values.absence import given
from graph.values.base import Normalised, ValueType
from graph.values.columns import TEXT, cleaned, first_reason, settled
from graph.values.masks import mask_figure

LARGEST = 10**15
"""In minor units; the sum of thousands of such amounts still fits into 64 bits."""

_PLAIN = r"^[0-9]+(?:\.[0-9]*)?$"
_GROUPED = r"^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?$"
_TOO_FINE = r"\.[0-9]{2}[0-9]*[1-9]"


@dataclass(frozen=True)
class MoneyType(ValueType):
    """An amount in decimals (`1234.5`, `1,234.50`), kept exactly, as a whole number of minor units (hundredths)."""

    name: ClassVar[str] = "money"
    dtype: ClassVar[pl.DataType] = pl.Int64()

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        """No floating point is involved: the digits themselves are shifted."""
        digits = TEXT.str.replace_all(",", "", literal=True)
        whole = digits.str.extract(r"^0*([0-9]{0,15})(?:\.|$)")
        cents = digits.str.extract(r"\.([0-9]{0,2})").fill_null("").str.pad_end(2, "0")
        value = pl.concat_str(pl.lit("0"), whole, cents).cast(pl.Int64, strict=False)
        bad = first_reason(
            (TEXT.str.starts_with("-"), "less than zero"),
            (~(TEXT.str.contains(_PLAIN) | TEXT.str.contains(_GROUPED)), "not a decimal amount"),
            (TEXT.str.contains(_TOO_FINE), "more than two decimals"),
            ((value > LARGEST) | value.is_null(), f"more than {LARGEST // 100:,}"),
        )
        return settled(given(cleaned(raw)), value, bad=bad)

    def mask(self, value: str) -> str:
        return mask_figure(value)
