"""What a value type promises: normalise a whole column at once, say what is bad, what links nobody, and mask."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

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

    @abstractmethod
    def mask(self, value: str) -> str:
        """The value as it may be shown to somebody without a purpose to see it whole."""
