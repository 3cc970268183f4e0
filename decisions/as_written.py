"""Numbers and times as callers write them: nothing is taken for something that it may not be."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

_DIGITS = r"^[0-9]{1,12}(\.[0-9]{1,4})?$"
_TOO_MUCH = 10**12
_AMOUNT = {
    "anyOf": [
        {"type": "number", "minimum": 0, "exclusiveMaximum": _TOO_MUCH},
        {"type": "string", "pattern": _DIGITS},
    ]
}


def whole(text: str) -> str:
    """The text, if it is one: JSON can spell half a character (a lone surrogate), which no database keeps."""
    text.encode()  # UnicodeEncodeError is a ValueError
    return text


def _money(amount: object) -> object:
    if isinstance(amount, bool) or (isinstance(amount, str) and not re.fullmatch(_DIGITS, amount)):
        raise ValueError("An amount is a number, such as 3000 or 3000.00")
    return amount


def _days(days: object) -> object:
    if isinstance(days, str | bool):
        raise ValueError("Days are a whole number")
    return days


def _moment(moment: object) -> object:
    if not isinstance(moment, str | datetime) or (isinstance(moment, str) and moment.replace(".", "", 1).isdigit()):
        raise ValueError("A time is written as in 2026-11-25T12:00:00+08:00")
    return moment


Amount = Annotated[
    Decimal,
    Field(ge=0, lt=_TOO_MUCH),
    AfterValidator(lambda amount: round(amount, 4)),
    BeforeValidator(_money),
    WithJsonSchema(_AMOUNT),
]
"""A number, or its digits as text, which keep what a binary fraction would not; rounded to 4 decimals."""
Days = Annotated[int, Field(ge=0, le=36_600), BeforeValidator(_days)]
"""`true` is not 1."""
Moment = Annotated[
    datetime,
    AfterValidator(lambda moment: moment if moment.tzinfo else moment.replace(tzinfo=UTC)),
    BeforeValidator(_moment),
]
"""In UTC if no zone is said. Numbers are refused: nobody can tell seconds from milliseconds."""
