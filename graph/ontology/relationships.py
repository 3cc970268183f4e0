"""Every relationship kind, declared once, each drawn above its declaration."""

from graph.ontology.model import Keep, Property, RelationshipKind
from graph.ontology.nodes import (
    ACCOUNT,
    ADDRESS,
    APPLICANT,
    APPLICATION,
    CARD,
    DEVICE,
    EMPLOYER,
    IP,
    NATIONAL_ID,
    PHONE,
    WIFI,
)
from graph.values import CountType, KeyType, MoneyType, TextType, TimestampType

_FIRST_SEEN = Property("first_seen", TimestampType(), Keep.EARLIEST)
_LAST_SEEN = Property("last_seen", TimestampType(), Keep.HIGHEST)
_SESSIONS = Property("sessions", CountType())

# (:Applicant)-[:USED_DEVICE]->(:Device)
USED_DEVICE = RelationshipKind(
    "USED_DEVICE", APPLICANT, DEVICE, (_FIRST_SEEN, _LAST_SEEN, _SESSIONS),
    time="last_seen", known_from="first_seen", extras=True, doc="The applicant was seen on the device.",
)  # fmt: skip

# (:Applicant)-[:ON_WIFI]->(:Wifi)
ON_WIFI = RelationshipKind(
    "ON_WIFI", APPLICANT, WIFI, (_FIRST_SEEN, _LAST_SEEN, _SESSIONS),
    time="last_seen", known_from="first_seen", extras=True, doc="The applicant was seen on the WiFi.",
)  # fmt: skip

# (:Applicant)-[:FROM_IP]->(:Ip)
FROM_IP = RelationshipKind(
    "FROM_IP", APPLICANT, IP, (_FIRST_SEEN, _LAST_SEEN, _SESSIONS),
    time="last_seen", known_from="first_seen", extras=True, doc="The applicant came from the IP address.",
)  # fmt: skip

# (:Applicant)-[:HAS_PHONE]->(:Phone)
HAS_PHONE = RelationshipKind(
    "HAS_PHONE", APPLICANT, PHONE, (_FIRST_SEEN, _LAST_SEEN),
    time="last_seen", known_from="first_seen", doc="The applicant gave the phone number as his own.",
)  # fmt: skip

# (:Applicant)-[:HAS_CARD]->(:Card)
HAS_CARD = RelationshipKind(
    "HAS_CARD", APPLICANT, CARD, (_FIRST_SEEN, _LAST_SEEN),
    time="last_seen", known_from="first_seen", extras=True, doc="The applicant bound the card.",
)  # fmt: skip

# (:Applicant)-[:HAS_ID]->(:NationalId)
HAS_ID = RelationshipKind(
    "HAS_ID", APPLICANT, NATIONAL_ID, (_FIRST_SEEN, _LAST_SEEN),
    time="last_seen", known_from="first_seen", doc="The applicant showed the national id.",
)  # fmt: skip

# (:Applicant)-[:LIVES_AT]->(:Address)
LIVES_AT = RelationshipKind(
    "LIVES_AT", APPLICANT, ADDRESS, (_FIRST_SEEN, _LAST_SEEN),
    time="last_seen", known_from="first_seen", doc="The applicant gave the address as his own.",
)  # fmt: skip

# (:Applicant)-[:WORKS_AT]->(:Employer)
WORKS_AT = RelationshipKind(
    "WORKS_AT", APPLICANT, EMPLOYER, (_FIRST_SEEN, _LAST_SEEN),
    time="last_seen", known_from="first_seen", doc="The applicant named the employer.",
)  # fmt: skip

# (:Applicant)-[:LISTS_CONTACT]->(:Phone)
LISTS_CONTACT = RelationshipKind(
    "LISTS_CONTACT", APPLICANT, PHONE, (Property("relation", TextType()),),
    extras=True, doc="The phone number is among the contacts that the applicant named; known with the applicant.",
)  # fmt: skip

# (:Account)-[:TRANSFERRED]->(:Account)
TRANSFERRED = RelationshipKind(
    "TRANSFERRED", ACCOUNT, ACCOUNT, (Property("amount", MoneyType()), Property("ts", TimestampType(), Keep.EARLIEST)),
    key=Property("transfer_id", KeyType()), time="ts", known_from="ts", extras=True,
    doc="Money went from one account to another.",
)  # fmt: skip

# (:Applicant)-[:SUBMITTED]->(:Application)
SUBMITTED = RelationshipKind(
    "SUBMITTED", APPLICANT, APPLICATION, (Property("submitted_at", TimestampType(), Keep.EARLIEST),),
    time="submitted_at", known_from="submitted_at", doc="The applicant asked for this credit.",
)  # fmt: skip

RELATIONSHIP_KINDS: tuple[RelationshipKind, ...] = (
    USED_DEVICE,
    ON_WIFI,
    FROM_IP,
    HAS_PHONE,
    HAS_CARD,
    HAS_ID,
    LIVES_AT,
    WORKS_AT,
    LISTS_CONTACT,
    TRANSFERRED,
    SUBMITTED,
)
