"""One application as it comes in: who asks for what, from which device and network. Half of it may be missing."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from decisions.as_written import Amount, Days, Moment, whole
from graph.values import KeyType

MOST_CONTACTS = 50


def _usable(key: str) -> str:
    """The key as files would have it; a word for "no value" is none."""
    one = KeyType().normalise_one(key, "")
    if one.value is None:
        raise ValueError(f"No key: {one.bad or 'it is empty'}")
    return one.value


WITHOUT_NUL = r"^[^\x00]*$"
"""No database keeps one."""
Text = Annotated[str, Field(max_length=1000, pattern=WITHOUT_NUL), AfterValidator(whole)]
Key = Annotated[
    str,
    Field(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$"),
    AfterValidator(whole),
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
    term_days: Days | None = None
    channel: Text | None = None
    submitted_at: Moment | None = Field(default=None, description="Now, if it is not said")
    device: Device | None = None
    wifi: Wifi | None = None
    ip: Ip | None = None
    card: Card | None = None
    contacts: Annotated[tuple[Contact, ...], Field(max_length=MOST_CONTACTS)] = ()
