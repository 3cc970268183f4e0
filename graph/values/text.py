"""Words: names, descriptions, one of a few choices."""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.values.absence import given, is_absent
from graph.values.base import MISSING, Normalised, One, ValueType
from graph.values.columns import TEXT, TEXT_LIMIT, cleaned, first_reason, settled
from graph.values.masks import mask_head
from graph.values.single import cleaned_one, settled_one

_BLANKS = r"\s+"


class _Words(ValueType):
    """Text made clean: compatibility forms folded, invisible characters and runs of blanks made one blank."""

    dtype: ClassVar[pl.DataType] = pl.String()

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        frame = cleaned(raw, TEXT_LIMIT)
        words = TEXT.str.replace_all(_BLANKS, " ")
        return settled(frame, pl.when(words != "").then(words))

    def _one(self, raw: str, region: str) -> One | None:
        return cleaned_one(raw, lambda text: settled_one(" ".join(text.split()) or None), TEXT_LIMIT)


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
        value = TEXT.str.to_lowercase().replace_strict(self._canonical(), default=None, return_dtype=pl.String)
        return settled(frame, value, bad=first_reason((value.is_null(), self._reason())))

    def _one(self, raw: str, region: str) -> One | None:
        return cleaned_one(raw, self._chosen)

    def _chosen(self, text: str) -> One:
        if is_absent(text):
            return MISSING
        value = self._canonical().get(text.lower())
        return settled_one(value, bad=None if value is not None else self._reason())

    def _canonical(self) -> dict[str, str]:
        return {choice.lower(): choice for choice in self.choices}

    def _reason(self) -> str:
        return f"not one of {', '.join(self.choices)}"

    def mask(self, value: str) -> str:
        return value if value in self.choices else mask_head(value)
