"""Words: names, descriptions, one of a few choices."""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.values.absence import given
from graph.values.base import Normalised, ValueType
from graph.values.columns import TEXT, TEXT_LIMIT, cleaned, first_reason, settled
from graph.values.masks import mask_head

_BLANKS = r"\s+"


class _Words(ValueType):
    """Text made clean: compatibility forms folded, invisible characters and runs of blanks made one blank."""

    dtype: ClassVar[pl.DataType] = pl.String()

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        frame = cleaned(raw, TEXT_LIMIT)
        words = TEXT.str.replace_all(_BLANKS, " ")
        return settled(frame, pl.when(words != "").then(words))


@dataclass(frozen=True)
class TextType(_Words):
    """Free text, up to 10,000 characters; empty is missing. Shown by its first four characters when masked."""

    name: ClassVar[str] = "text"

    def mask(self, value: str) -> str:
        return mask_head(value)


@dataclass(frozen=True)
class NameType(_Words):
    """A person's name, up to 10,000 characters; empty is missing. Links nobody: names are common."""

    name: ClassVar[str] = "name"

    def mask(self, value: str) -> str:
        return mask_head(value, shown=1)


@dataclass(frozen=True)
class ChoiceType(ValueType):
    """One of a few words, in any case; anything else is bad."""

    choices: tuple[str, ...]
    name: ClassVar[str] = "choice"
    dtype: ClassVar[pl.DataType] = pl.String()

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        frame = given(cleaned(raw))
        canonical = {choice.lower(): choice for choice in self.choices}
        value = TEXT.str.to_lowercase().replace_strict(canonical, default=None, return_dtype=pl.String)
        return settled(frame, value, bad=first_reason((value.is_null(), f"not one of {', '.join(self.choices)}")))

    def mask(self, value: str) -> str:
        return value if value in self.choices else mask_head(value)
