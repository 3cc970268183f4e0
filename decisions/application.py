"""One application as it comes in: who asks for what, from which device and network. Half of it may be missing."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from graph.values import KeyType

MOST_CONTACTS = 50


def _storable(text: str) -> str:
    """No database keeps NUL or half a character (a lone surrogate, which JSON can spell)."""
    text.encode()  # UnicodeEncodeError is a ValueError
    if "\0" in text:
        raise ValueError("No NUL, please")
    return text


def _written(moment: object) -> object:
    """Only a written moment is one: a bare number could be seconds or milliseconds."""
    if isinstance(moment, bool | int | float):
        raise ValueError("Write it as 2026-11-25T12:00:00Z")
    return moment


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Moment = Annotated[datetime, BeforeValidator(_written), AfterValidator(_in_utc)]
"""ISO 8601, in UTC if no zone is said."""


def _exact(amount: object) -> object:
    """Whole units as a number, cents as text: a fraction in JSON is a binary one on its way."""
    if isinstance(amount, float) and amount.is_integer():
        return int(amount)
    if isinstance(amount, bool | float) or (isinstance(amount, str) and not re.fullmatch(_AMOUNT, amount, re.ASCII)):
        raise ValueError("Write it as text with at most two decimals, such as 3000.00, or as a whole number")
    return amount


_AMOUNT = r"[0-9]{1,12}(\.[0-9]{1,2})?"
_MOST = 10**12 - 1
Amount = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, lt=10**12),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{_AMOUNT}$"},
                {"type": "integer", "minimum": 0, "maximum": _MOST},
            ]
        }
    ),
]
"""Money, exact to the hundredth."""


def _number(value: object) -> object:
    if isinstance(value, bool | str):
        raise ValueError("Write it as a whole number")
    return value


def _usable(key: str) -> str:
    """The key as files would have it; a word for "no value" is none."""
    one = KeyType().normalise_one(key, "")
    if one.value is None:
        raise ValueError(f"No key: {one.bad or 'it is empty'}")
    return one.value


Text = Annotated[str, Field(max_length=1000), AfterValidator(_storable)]
Key = Annotated[
    str,
    Field(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$"),
    AfterValidator(_storable),
    AfterValidator(_usable),
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Part):
    """Who asks."""

    applicant_id: Key = Field(description="The lender's id of the person", examples=["A-000017"])
    name: Text | None = None
    phone: Text | None = Field(default=None, examples=["+86 138 1234 5678"])
    id_hash: Text | None = Field(default=None, description="Token of the national id, never the id itself")
    address: Text | None = None
    employer: Text | None = None


class Device(_Part):
    """The phone, tablet or computer."""

    fingerprint: Text
    model: Text | None = None
    os: Text | None = None
    mac: Text | None = None


class Wifi(_Part):
    """The WiFi access point."""

    bssid: Text
    ssid: Text | None = None


class Ip(_Part):
    """The public IP address."""

    ip: Text
    asn: Text | None = None
    net_type: Text | None = None


class Card(_Part):
    """The bank card that the money goes to."""

    card_hash: Text = Field(description="Token of the card number, never the number itself")
    bank: Text | None = None


class Contact(_Part):
    """Somebody named as a contact."""

    contact_phone: Text
    relation: Text | None = None


class Application(_Part):
    """One request for credit. Only the two ids are needed; the less there is, the more likely a person looks at it."""

    application_id: Key = Field(description="The lender's id of this request", examples=["P-000981"])
    applicant: Person
    amount: Amount | None = Field(default=None, description="In the lender's currency", examples=["3000.00"])
    purpose: Text | None = None
    term_days: Annotated[int, Field(ge=0, le=36_600), BeforeValidator(_number)] | None = None
    channel: Text | None = None
    submitted_at: Moment | None = Field(default=None, description="Now, if it is not said")
    device: Device | None = None
    wifi: Wifi | None = None
    ip: Ip | None = None
    card: Card | None = None
    contacts: Annotated[tuple[Contact, ...], Field(max_length=MOST_CONTACTS)] = ()
