"""What a value type promises: normalise a whole column at once, say what is bad, what links nobody, and mask."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

import polars as pl


@dataclass(frozen=True, slots=True)
class Normalised:
    """One column after normalisation; the three series have the length of the input.

    `value`: of the type's `dtype`, null where the input was missing or bad.
    `placeholder`: true where the value stands for nobody in particular (kept as a property, never shared).
    `bad`: null where the value is usable or missing, otherwise the reason in a few words.
    """

    value: pl.Series
    placeholder: pl.Series
    bad: pl.Series


class One(NamedTuple):
    """One value after normalisation: what the three series of `Normalised` say of it."""

    value: str | None
    placeholder: bool
    bad: str | None


MISSING = One(None, False, None)


class ValueType(ABC):
    """A kind of value in the lender's tables. One instance serves every column of that kind; it has no state.

    Null is missing. An empty string, or a word such as `N/A`, is a placeholder where the type is `linkable` and missing
    where it holds figures or choices; text keeps such words, and keys refuse them.
    """

    name: ClassVar[str]
    dtype: ClassVar[pl.DataType]
    linkable: ClassVar[bool] = False
    """Can two people be linked because they share such a value?"""

    @abstractmethod
    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        """Bring a column of strings (nulls for missing) into canonical form. Never raises for data.

        `region` is the lender's country (ISO 3166, such as `CN`), for values that leave theirs out.
        """

    def normalise_one(self, raw: str | None, region: str) -> One:
        """As `normalise` says of a column of this one value, in microseconds; rare characters take milliseconds.

        For types of text; a figure (`MoneyType`, `TimestampType`, `CountType`) is a number already where one is wanted.
        """
        if raw is None:
            return MISSING
        return self._one(raw, region) or _by_column(self, raw, region)

    def _one(self, raw: str, region: str) -> One | None:
        """What the type says of one value, None if only a column can tell."""
        raise TypeError(f"{self.name} is a figure, which has columns only")

    @abstractmethod
    def mask(self, value: str) -> str:
        """The value as it may be shown to somebody without a purpose to see it whole."""


@lru_cache(maxsize=2048)
def _by_column(kind: ValueType, raw: str, region: str) -> One:
    column = kind.normalise(pl.Series([raw], dtype=pl.String), region)
    return One(column.value[0], column.placeholder[0], column.bad[0])
