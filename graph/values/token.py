"""Opaque strings: keys of the lender's systems, and tokens that stand for something people can share."""

import re
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import polars as pl

from graph.values.absence import absent, digests, is_absent
from graph.values.base import MISSING, Normalised, One, ValueType
from graph.values.columns import KEY_LIMIT, NO_REASON, TEXT, cleaned, first_reason, settled, too_long
from graph.values.masks import mask_tail
from graph.values.single import cleaned_one, settled_one

_HEX = r"^[0-9A-Fa-f]{4,}(?:[-:][0-9A-Fa-f]{2,})*$"
_HEX_LEAST = 12
_SEPARATORS = r"[-:._/\s]"
_ONE_CHARACTER = "^(?:0*|" + "|".join(f"{c}{{4,}}" for c in "123456789abcdefghijklmnopqrstuvwxyz") + ")$"
_DUMMIES = (
    "9774d56d682e549c",  # the ANDROID_ID of a whole series of phones, by a fault of Android 2.2
    "020000000000",  # the MAC that Android and iOS give instead of the real one
    "012345678912345",  # IMEI of emulators
    *digests(("", "0", "null", "NULL", "None", "none", "nan", "N/A", "unknown", "undefined")),
)

_CONTROL = "[\u0000-\u001f\u007f-\u009f]"
_BLANKS = "\t\n\v\f\r \u0085\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""White space of Unicode, which `str.strip` of Python takes for more."""
_NO_KEY = "a word for no value"
_IN_KEY, _IN_TOKEN = "control character in a key", "control character in a token"

_is_hex, _has_control, _is_one_character = (
    re.compile(_HEX).match,
    re.compile(_CONTROL).search,
    re.compile(_ONE_CHARACTER).match,
)
_bare = partial(re.compile(_SEPARATORS).sub, "")


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
            (TEXT.str.len_chars() > KEY_LIMIT, too_long(KEY_LIMIT)),
            (TEXT.str.contains(_CONTROL), _IN_KEY),
            (absent(), _NO_KEY),
        )
        return settled(frame, TEXT, bad=bad)

    def _one(self, raw: str, region: str) -> One:
        text = raw.strip(_BLANKS)
        if not text:
            return MISSING
        if len(text) > KEY_LIMIT:
            return settled_one(None, bad=too_long(KEY_LIMIT))
        if _has_control(text):
            return settled_one(None, bad=_IN_KEY)
        return settled_one(text, bad=_NO_KEY if is_absent(text) else None)

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
        frame = cleaned(raw).with_columns(control=raw.str.strip_chars().str.contains(_CONTROL))
        hexadecimal = TEXT.str.contains(_HEX) & (TEXT.str.len_chars() >= _HEX_LEAST)
        value = pl.when(hexadecimal).then(TEXT.str.to_lowercase()).otherwise(TEXT)
        bare = TEXT.str.to_lowercase().str.replace_all(_SEPARATORS, "")
        placeholder = absent() | bare.str.contains(_ONE_CHARACTER) | bare.is_in(_DUMMIES)
        return settled(frame, value, placeholder=placeholder, bad=first_reason((pl.col("control"), _IN_TOKEN)))

    def _one(self, raw: str, region: str) -> One | None:
        return cleaned_one(raw, partial(self._judged, raw=raw))

    def _judged(self, text: str, raw: str) -> One:
        lower = text.lower()
        bare = _bare(lower)
        nobody = is_absent(text) or _is_one_character(bare) is not None or bare in _DUMMIES
        control = not raw.isprintable() and _has_control(raw.strip(_BLANKS))
        value = lower if len(text) >= _HEX_LEAST and _is_hex(text) else text
        return settled_one(value, placeholder=nobody, bad=_IN_TOKEN if control else None)

    def mask(self, value: str) -> str:
        return mask_tail(value)
