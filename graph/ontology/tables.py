"""The data contract: every input table, its columns, and what its rows become in the graph."""

from graph.ontology.model import Column, InputTable, NodeFeed, NodeKind, RelationshipFeed, RelationshipKind
from graph.ontology.nodes import (
    APPLICANT,
    APPLICATION,
    BLACKLIST_ENTRY,
    BLACKLIST_KINDS,
    CARD,
    DEVICE,
    IP,
    LABEL,
    WIFI,
)
from graph.ontology.relationships import (
    FROM_IP,
    HAS_CARD,
    HAS_ID,
    HAS_PHONE,
    LISTS_CONTACT,
    LIVES_AT,
    ON_WIFI,
    SUBMITTED,
    TRANSFERRED,
    USED_DEVICE,
    WORKS_AT,
)
from graph.values import (
    AddressType,
    BssidType,
    ChoiceType,
    CountType,
    EmployerType,
    IpType,
    KeyType,
    MacType,
    MoneyType,
    NameType,
    PhoneType,
    TextType,
    TimestampType,
    TokenType,
    ValueType,
)

_SEEN = (("first_seen", "first_seen"), ("last_seen", "last_seen"), ("sessions", "sessions"))


def _since(column: str) -> tuple[tuple[str, str], ...]:
    """An observation of one moment."""
    return (("first_seen", column), ("last_seen", column))


def _entity(name: str, kind: NodeKind, columns: tuple[Column, ...], doc: str) -> InputTable:
    """A table whose rows describe nodes: the first column is the key, the others are its properties."""
    feed = NodeFeed(kind, (columns[0].name,), tuple(column.name for column in columns[1:]))
    return InputTable(name, columns, nodes=(feed,), doc=doc)


def _observation(name: str, kind: RelationshipKind, end: str, type_: ValueType, placeholder: str) -> InputTable:
    """A table that says which applicant was seen with which identifier, from when to when."""
    columns = (
        Column("applicant_id", KeyType(), required=True),
        Column(end, type_, required=True),
        Column("first_seen", TimestampType(), required=True),
        Column("last_seen", TimestampType(), required=True),
        Column("sessions", CountType()),
    )
    feed = RelationshipFeed(kind, "applicant_id", end, _SEEN, placeholder=placeholder)
    return InputTable(name, columns, relationships=(feed,), doc=kind.doc)


APPLICANTS = InputTable(
    "applicants",
    (
        Column("applicant_id", KeyType(), required=True),
        Column("name", NameType()),
        Column("phone", PhoneType()),
        Column("id_hash", TokenType()),
        Column("address", AddressType()),
        Column("employer", EmployerType()),
        Column("created_at", TimestampType(), required=True),
    ),
    nodes=(NodeFeed(APPLICANT, ("applicant_id",), ("name", "phone", "id_hash", "address", "employer", "created_at")),),
    relationships=(
        RelationshipFeed(HAS_PHONE, "applicant_id", "phone", _since("created_at")),
        RelationshipFeed(HAS_ID, "applicant_id", "id_hash", _since("created_at")),
        RelationshipFeed(LIVES_AT, "applicant_id", "address", _since("created_at")),
        RelationshipFeed(WORKS_AT, "applicant_id", "employer", _since("created_at")),
    ),
    doc=APPLICANT.doc,
)

APPLICATIONS = InputTable(
    "applications",
    (
        Column("application_id", KeyType(), required=True),
        Column("applicant_id", KeyType(), required=True),
        Column("amount", MoneyType()),
        Column("purpose", TextType()),
        Column("term_days", CountType()),
        Column("channel", TextType()),
        Column("submitted_at", TimestampType(), required=True),
        Column("status", TextType()),
    ),
    nodes=(
        NodeFeed(
            APPLICATION,
            ("application_id",),
            ("amount", "purpose", "term_days", "channel", "submitted_at", "status"),
        ),
    ),
    relationships=(RelationshipFeed(SUBMITTED, "applicant_id", "application_id", (("submitted_at", "submitted_at"),)),),
    doc=APPLICATION.doc,
)

DEVICES = _entity(
    "devices",
    DEVICE,
    (
        Column("fingerprint", TokenType(), required=True),
        Column("model", TextType()),
        Column("os", TextType()),
        Column("mac", MacType()),
    ),
    DEVICE.doc,
)

WIFI_TABLE = _entity("wifi", WIFI, (Column("bssid", BssidType(), required=True), Column("ssid", TextType())), WIFI.doc)

IPS = _entity(
    "ips",
    IP,
    (Column("ip", IpType(), required=True), Column("asn", TextType()), Column("net_type", TextType())),
    IP.doc,
)

CARDS = _entity("cards", CARD, (Column("card_hash", TokenType(), required=True), Column("bank", TextType())), CARD.doc)

APPLICANT_DEVICE = _observation("applicant_device", USED_DEVICE, "fingerprint", TokenType(), "device_placeholder")
APPLICANT_WIFI = _observation("applicant_wifi", ON_WIFI, "bssid", BssidType(), "wifi_placeholder")
APPLICANT_IP = _observation("applicant_ip", FROM_IP, "ip", IpType(), "ip_placeholder")

APPLICANT_CARD = InputTable(
    "applicant_card",
    (
        Column("applicant_id", KeyType(), required=True),
        Column("card_hash", TokenType(), required=True),
        Column("bound_at", TimestampType(), required=True),
    ),
    relationships=(
        RelationshipFeed(HAS_CARD, "applicant_id", "card_hash", _since("bound_at"), placeholder="card_placeholder"),
    ),
    doc=HAS_CARD.doc,
)

CONTACTS = InputTable(
    "contacts",
    (
        Column("applicant_id", KeyType(), required=True),
        Column("contact_phone", PhoneType(), required=True),
        Column("relation", TextType()),
    ),
    relationships=(
        RelationshipFeed(
            LISTS_CONTACT,
            "applicant_id",
            "contact_phone",
            (("relation", "relation"),),
            placeholder="contact_placeholder",
        ),
    ),
    doc=LISTS_CONTACT.doc,
)

TRANSFERS = InputTable(
    "transfers",
    (
        Column("transfer_id", KeyType(), required=True),
        Column("from_id", KeyType(), required=True),
        Column("to_id", KeyType(), required=True),
        Column("amount", MoneyType(), required=True),
        Column("ts", TimestampType(), required=True),
    ),
    relationships=(
        RelationshipFeed(TRANSFERRED, "from_id", "to_id", (("amount", "amount"), ("ts", "ts")), key="transfer_id"),
    ),
    doc=TRANSFERRED.doc,
)

BLACKLIST = InputTable(
    "blacklist",
    (
        Column("kind", ChoiceType(BLACKLIST_KINDS), required=True),
        Column("value", KeyType(), required=True),
        Column("source", KeyType(), required=True),
        Column("reason", TextType()),
        Column("listed_at", TimestampType(), required=True),
    ),
    nodes=(
        NodeFeed(
            BLACKLIST_ENTRY,
            ("kind", "value", "source"),
            ("kind", "value", "source", "reason", "listed_at"),
        ),
    ),
    doc=BLACKLIST_ENTRY.doc,
)

LABELS = InputTable(
    "labels",
    (
        Column("applicant_id", KeyType(), required=True),
        Column("label", ChoiceType(("fraud", "legit")), required=True),
        Column("source", KeyType(), required=True),
        Column("decided_at", TimestampType(), required=True),
    ),
    nodes=(
        NodeFeed(
            LABEL,
            ("applicant_id", "source", "decided_at"),
            ("applicant_id", "label", "source", "decided_at"),
        ),
    ),
    doc=LABEL.doc,
)

INPUT_TABLES: tuple[InputTable, ...] = (
    APPLICANTS,
    APPLICATIONS,
    DEVICES,
    WIFI_TABLE,
    IPS,
    CARDS,
    APPLICANT_DEVICE,
    APPLICANT_WIFI,
    APPLICANT_IP,
    APPLICANT_CARD,
    CONTACTS,
    TRANSFERS,
    BLACKLIST,
    LABELS,
)
