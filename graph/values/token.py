"""Opaque strings: keys of the lender's systems, and tokens that stand for something people can share."""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.values.absence import absent, digests
from graph.values.base import Normalised, ValueType
from graph.values.columns import KEY_LIMIT, NO_REASON, TEXT, cleaned, first_reason, settled
from graph.values.masks import mask_tail

_HEX = r"^[0-9A-Fa-f]{4,}(?:[-:]?[0-9A-Fa-f]{2,})*$"
_SEPARATORS = r"[-:._/\s]"
_ONE_CHARACTER = "^(?:0*|" + "|".join(f"{c}{{4,}}" for c in "123456789abcdefghijklmnopqrstuvwxyz") + ")$"
_DUMMIES = (
    "9774d56d682e549c",  # the ANDROID_ID of a whole series of phones, by a fault of Android 2.2
    "020000000000",  # the MAC that Android and iOS give instead of the real one
    "012345678912345",  # IMEI of emulators
    *digests(("", "0", "null", "NULL", "None", "none", "nan", "N/A", "unknown", "undefined")),
)


@dataclass(frozen=True)
class KeyType(ValueType):
    """A key of the lender's own systems: kept exactly but for blanks around it, up to 512 characters; empty is missing.

    A word for "no value" is bad, as all who have it would become one.
    """

    name: ClassVar[str] = "key"
    dtype: ClassVar[pl.DataType] = pl.String()

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        text = raw.str.strip_chars().alias("text")
        frame = text.to_frame().lazy().select(pl.when(TEXT != "").then(TEXT), bad=NO_REASON)
        bad = first_reason(
            (TEXT.str.len_chars() > KEY_LIMIT, f"longer than {KEY_LIMIT} characters"),
            (TEXT.str.contains(r"\p{Cc}"), "control character in a key"),
            (absent(), "a word for no value"),
        )
        return settled(frame, TEXT, bad=bad)

    def mask(self, value: str) -> str:
        return mask_tail(value)


@dataclass(frozen=True)
class TokenType(ValueType):
    """A token of a national id, a card or a device: case kept, unless it is hexadecimal (lower case then).

    Placeholders: empty, words for "no value" and their digests, one character repeated, values known to be dummies.
    """

    name: ClassVar[str] = "token"
    dtype: ClassVar[pl.DataType] = pl.String()
    linkable: ClassVar[bool] = True

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        frame = cleaned(raw).with_columns(control=raw.str.strip_chars().str.contains(r"\p{Cc}"))
        hexadecimal = TEXT.str.contains(_HEX) & (TEXT.str.len_chars() >= 12)
        value = pl.when(hexadecimal).then(TEXT.str.to_lowercase()).otherwise(TEXT)
        bare = TEXT.str.to_lowercase().str.replace_all(_SEPARATORS, "")
        placeholder = absent() | bare.str.contains(_ONE_CHARACTER) | bare.is_in(_DUMMIES)
        return settled(
            frame, value, placeholder=placeholder, bad=first_reason((pl.col("control"), "control character in a token"))
        )

    def mask(self, value: str) -> str:
        return mask_tail(value)
