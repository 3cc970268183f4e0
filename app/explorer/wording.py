"""How values are put before an analyst: money, times, kinds, and evidence in words. Nothing here is markup."""

from datetime import UTC, datetime

from app.explorer.palette import GROUP
from app.explorer.search import RING
from app.masking import masked_key, property_type
from graph.ontology.nodes import APPLICANT
from graph.ontology.relationships import TRANSFERRED
from graph.results import Change, Evidence
from graph.values import MoneyType, TimestampType

_NAMES = {
    "Applicant": "Applicant",
    "Wifi": "WiFi",
    "Ip": "IP address",
    "NationalId": "National id",
    "Group": "Applicants in a group",
    "ON_WIFI": "On WiFi",
    "FROM_IP": "From IP address",
}
CHANGES: dict[str, str] = {change.value: change.value.capitalize() for change in Change}

_SHOWN = frozenset({APPLICANT.label, GROUP, RING})
_FACTS = {TRANSFERRED.type: "Transfer"}
_LISTED = 4
"""How many applicants a sentence names before it counts the rest."""


def kind_name(label: str) -> str:
    """A node label or relationship type in words."""
    return _NAMES.get(label, label.replace("_", " ").capitalize())


def code_name(code: str) -> str:
    """A reason code in words."""
    return code.replace("_", " ").capitalize()


def money(minor: int) -> str:
    """An amount of minor units with two decimals and thousands separators."""
    return f"{minor / 100:,.2f}"


def day(seconds: int | None) -> str:
    """The day of a unix time, in UTC; empty where unknown."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def moment(at: datetime | None) -> str:
    """A time to the minute, in UTC."""
    return "" if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def masked(kind: str, key: str) -> str:
    """The key of a node or relationship as it may be shown to anybody; ids of applicants and rings as they are."""
    return key if kind in _SHOWN else masked_key(kind, key)


def property_words(kind: str, name: str, value: str | int) -> str:
    """A node's property as it may be shown; empty for one that the ontology does not declare."""
    declared = property_type(kind, name)
    if declared is None:
        return ""
    if isinstance(value, str):
        return declared.mask(value)
    if isinstance(declared, TimestampType):
        return day(value)
    return money(value) if isinstance(declared, MoneyType) else str(value)


def evidence_words(item: Evidence) -> str:
    """One fact as a sentence, personal data masked."""
    key = item.key if item.key in item.applicants else masked(item.kind, item.key)
    name = f"{_FACTS.get(item.kind) or kind_name(item.kind)} {key}"
    others = len(item.applicants) - _LISTED
    people = ", ".join(item.applicants[:_LISTED]) + (f" and {others} more" if others > 0 else "")
    return f"{name}: {people}{_period(item)}{_detail(item)}."


def _period(item: Evidence) -> str:
    first, last = day(item.first_seen), day(item.last_seen)
    if not first and not last:
        return ""
    return f", {first or last}" if first == last or not (first and last) else f", {first} to {last}"


def _detail(item: Evidence) -> str:
    return f" ({item.detail.rstrip('.')})" if item.detail else ""
