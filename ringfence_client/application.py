"""One application, as it is sent. Half of it may be missing; what the server cannot check, it takes as missing."""

from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Part):
    """Who asks. `id_hash` is a token of the national id, never the id itself."""

    applicant_id: str
    name: str | None = None
    phone: str | None = None
    id_hash: str | None = None
    address: str | None = None
    employer: str | None = None


class Device(_Part):
    """The phone, tablet or computer."""

    fingerprint: str
    model: str | None = None
    os: str | None = None
    mac: str | None = None


class Wifi(_Part):
    """The WiFi access point."""

    bssid: str
    ssid: str | None = None


class Ip(_Part):
    """The public IP address."""

    ip: str
    asn: str | None = None
    net_type: str | None = None


class Card(_Part):
    """The bank card that the money goes to. `card_hash` is a token of its number, never the number itself."""

    card_hash: str
    bank: str | None = None


class Contact(_Part):
    """Somebody named as a contact."""

    contact_phone: str
    relation: str | None = None


class Application(_Part):
    """One request for credit. `submitted_at` needs its time zone; it is now, if it is left out."""

    application_id: str
    applicant: Person
    amount: Decimal | None = None
    purpose: str | None = None
    term_days: int | None = None
    channel: str | None = None
    submitted_at: datetime | None = None
    device: Device | None = None
    wifi: Wifi | None = None
    ip: Ip | None = None
    card: Card | None = None
    contacts: tuple[Contact, ...] = ()
