"""What an application brings, in canonical form: identifiers that others may share, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from decisions.application import Application
from graph.ontology import RelationshipKind
from graph.ontology.nodes import APPLICANT
from graph.ontology.relationships import (
    FROM_IP,
    HAS_CARD,
    HAS_ID,
    HAS_PHONE,
    LISTS_CONTACT,
    LIVES_AT,
    ON_WIFI,
    USED_DEVICE,
    WORKS_AT,
)

_NAME = next(item.type for item in APPLICANT.properties if item.name == "name")


class Given(NamedTuple):
    """An identifier of the application.

    `source`: its name among features; `learned`: its name among what a run learned; `kind`: how people are seen with
    it; `key`: its canonical value.
    """

    source: str
    learned: str
    kind: RelationshipKind
    key: str


@dataclass(frozen=True, slots=True)
class Identified:
    """`at`: when it was submitted, unix seconds; `given`: what others may share; `missing`: names of what is not there
    or stands for nobody.
    """

    applicant_id: str
    application_id: str
    name: str | None
    at: int
    given: tuple[Given, ...]
    missing: tuple[str, ...]

    def of(self, source: str) -> Given | None:
        """The (first) identifier of a source."""
        return next((one for one in self.given if one.source == source), None)


def identified(application: Application, region: str, now: int) -> Identified:
    """Bring the application into canonical form. What is submitted later than now is submitted now."""
    given: dict[tuple[str, str], Given] = {}
    missing = []
    for source, learned, kind, raw in _identifiers(application):
        one = kind.end.key.type.normalise_one(raw, region)
        if one.value is None or one.placeholder:
            missing.append(source)
        else:
            given[source, one.value] = Given(source, learned, kind, one.value)
    at = application.submitted_at
    return Identified(
        applicant_id=application.applicant.applicant_id,
        application_id=application.application_id,
        name=_NAME.normalise_one(application.applicant.name, region).value,
        at=min(int(at.timestamp()), now) if at else now,
        given=tuple(given.values()),
        missing=tuple(dict.fromkeys((*missing, *_unsaid(application)))),
    )


def _identifiers(application: Application) -> Iterator[tuple[str, str, RelationshipKind, str | None]]:
    """Each identifier as it was written, by source."""
    person, device, wifi, ip, card = (
        getattr(application, name) for name in ("applicant", "device", "wifi", "ip", "card")
    )
    yield "device", "device", USED_DEVICE, device and device.fingerprint
    yield "wifi", "wifi", ON_WIFI, wifi and wifi.bssid
    yield "ip", "ip", FROM_IP, ip and ip.ip
    yield "phone", "phone", HAS_PHONE, person.phone
    yield "card", "card", HAS_CARD, card and card.card_hash
    yield "id", "national_id", HAS_ID, person.id_hash
    yield "address", "address", LIVES_AT, person.address
    yield "employer", "employer", WORKS_AT, person.employer
    for contact in application.contacts:
        yield "contact", "contact", LISTS_CONTACT, contact.contact_phone
    if not application.contacts:
        yield "contact", "contact", LISTS_CONTACT, None


def _unsaid(application: Application) -> Iterator[str]:
    """What is missing beside identifiers."""
    if not application.applicant.name:
        yield "name"
    for name in ("amount", "purpose", "term_days", "channel"):
        if getattr(application, name) in {None, ""}:
            yield name
