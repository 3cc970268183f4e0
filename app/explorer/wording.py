"""How values are put before an analyst: money, times, kinds, masked keys. Nothing here is markup."""

from datetime import UTC, datetime

from app.explorer.frame.language import said
from app.explorer.names import NAMES
from app.explorer.palette import GROUP
from app.explorer.search import RING
from app.masking import masked_key, property_type
from app.plain_text import printable, shortened
from graph.ontology.nodes import APPLICANT
from graph.values import MoneyType, TimestampType

_SHOWN = frozenset({APPLICANT.label, GROUP, RING})
_VALUE = 200
"""No value of the lender's data is drawn out longer than this."""


def name_of(name: str) -> str:
    """A node label, relationship type, property or reason code in words of the page's language."""
    known = NAMES.get(name)
    return said(known) if known else shortened(name.replace("_", " ").capitalize(), _VALUE)


def money(minor: int) -> str:
    """An amount of minor units with two decimals and thousands separators."""
    return f"{minor / 100:,.2f}"


def day(seconds: int | None) -> str:
    """The day of a unix time, in UTC; empty where unknown."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def moment(at: datetime | int | None) -> str:
    """A time (or unix time) to the minute, in UTC; empty where unknown."""
    if isinstance(at, int):
        at = datetime.fromtimestamp(at, UTC)
    return "" if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def masked(kind: str, key: str) -> str:
    """The key of a node or relationship as it may be shown to anybody; ids of applicants and rings as they are."""
    return printable(key if kind in _SHOWN else masked_key(kind, key))


def property_words(kind: str, name: str, value: str | int) -> str:
    """A node's property as it may be shown; empty for one that the ontology does not declare."""
    declared = property_type(kind, name)
    if declared is None:
        return ""
    if isinstance(value, str):
        return shortened(declared.mask(value), _VALUE)
    if isinstance(declared, TimestampType):
        return day(value)
    return money(value) if isinstance(declared, MoneyType) else str(value)
