"""Moments in time."""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.values.absence import given
from graph.values.base import Normalised, ValueType
from graph.values.columns import TEXT, cleaned, first_reason, settled
from graph.values.masks import mask_figure

END = 7_258_118_400
"""2200-01-01, the first moment that is out of range."""

_UNIX = r"^([0-9]{1,10})(?:\.[0-9]*)?$"
_ISO = (
    r"^(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ](?P<minute>[0-9]{2}:[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r" ?(?:[Zz]|(?P<sign>[+-])(?P<hours>[01][0-9]|2[0-3]):?(?P<minutes>[0-5][0-9])?)?)?$"
)
_COMPACT_DATE = r"^(?:19|20|21)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$"


@dataclass(frozen=True)
class TimestampType(ValueType):
    """Unix seconds, or ISO 8601 (`2024-01-31`, `2024-01-31T12:30:00+08:00`, UTC unless it says otherwise), from 1970
    to 2199; kept as unix seconds.
    """

    name: ClassVar[str] = "timestamp"
    dtype: ClassVar[pl.DataType] = pl.Int64()

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        value = pl.coalesce(TEXT.str.extract(_UNIX).cast(pl.Int64), _iso_seconds())
        bad = first_reason(
            (TEXT.str.contains(r"^[0-9]{13}(?:\.[0-9]*)?$"), "unix milliseconds: divide by 1000"),
            (TEXT.str.contains(_COMPACT_DATE), "eight digits: write a date as YYYY-MM-DD"),
            ((value < 0) | (value >= END), "not between 1970 and 2199"),
            (value.is_null(), "neither unix seconds nor an ISO 8601 date"),
        )
        return settled(given(cleaned(raw)), value, bad=bad)

    def mask(self, value: str) -> str:
        return mask_figure(value)


def _iso_seconds() -> pl.Expr:
    """Unix seconds of ISO 8601 text, null for anything else."""
    part = TEXT.str.extract_groups(_ISO).struct
    moment = pl.concat_str(
        part.field("date"), part.field("minute").fill_null("00:00"), part.field("second").fill_null("00"), separator=" "
    )
    local = moment.str.to_datetime("%Y-%m-%d %H:%M %S", strict=False).dt.epoch("s")
    hours, minutes = (part.field(name).fill_null("0").cast(pl.Int64) for name in ("hours", "minutes"))
    ahead = pl.when(part.field("sign") == "-").then(-1).otherwise(1) * (hours * 3600 + minutes * 60)
    return local - ahead
