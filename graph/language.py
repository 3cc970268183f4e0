"""Sentences in more than one language: a template for each, filled with the same figures.

Whoever stores a sentence stores its code and its figures; which language it is told in is decided when it is read.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import Any


class Language(StrEnum):
    """Languages that reasons can be told in, by their ISO 639 codes."""

    EN = "en"
    ZH = "zh"

    def text(self, *sentences: str) -> str:
        """The sentences one after the other; empty ones are left out."""
        return ("" if self is Language.ZH else " ").join(filter(None, sentences))


Figures = dict[str, int | float]
"""Counts, shares (0 to 1), amounts (minor units) by name. Numbers alone, so that no personal data can be among them."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence in every language.

    A template names its values in braces. Beside Python's own formats there are `{n:device|# devices}`, one device or
    several, with the number in place of `#`; `{x:%}`, a share; `{x:money}`, minor units; `{x:day}`, a unix time.
    """

    en: str
    zh: str

    def say(self, language: Language, **values: Any) -> str:  # noqa: ANN401 (anything with a text)
        """The sentence; `KeyError` if it names a value that is not given. Braces in values mean nothing."""
        pieces = _pieces(self.zh if language is Language.ZH else self.en)
        return "".join([text if name is None else text + _put(values[name], form) for text, name, form in pieces])


@cache
def _pieces(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """A template as text, the name of the value after it, and the value's format."""
    return tuple((text, name, form or "") for text, name, form, _ in Formatter().parse(template))


def _put(value: Any, form: str) -> str:  # noqa: ANN401 (anything with a text)
    one, bar, many = form.partition("|")
    if bar:
        return (one if value == 1 else many).replace("#", f"{value:,}")
    match form:
        case "%":
            return per_cent(value)
        case "money":
            return f"{value / 100:,.2f}"
        case "day":
            return f"{datetime.fromtimestamp(value, UTC):%Y-%m-%d}"
        case "":
            return f"{value:,}" if isinstance(value, int) else str(value)
        case _:
            return f"{value:{form}}"


def per_cent(share: float) -> str:
    """A share as per cent with one decimal, or as many as it takes to tell "nearly all" from "all"."""
    for digits in range(1, 5):
        text = f"{100 * share:.{digits}f}"
        if share in {0, 1} or 0 < float(text) < 100:
            break
    return f"{text.rstrip('0').rstrip('.')}%"
