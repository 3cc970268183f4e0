"""Every node kind, declared once. Add one here and the stores, the checks, the masks and the docs know it."""

from graph.ontology.model import Keep, NodeKind, Property
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

BLACKLIST_VALUES: dict[str, ValueType] = {
    "applicant": KeyType(),
    "device": TokenType(),
    "phone": PhoneType(),
    "card": TokenType(),
    "ip": IpType(),
    "wifi": BssidType(),
    "id_hash": TokenType(),
}
"""What may be blacklisted, and the type by which the listed value is normalised."""

BLACKLIST_KINDS = tuple(BLACKLIST_VALUES)

ACCOUNT = NodeKind(
    label="Account",
    key=Property("account_id", KeyType()),
    doc="An end of a transfer: an applicant, or an outside account such as a salary payer, a merchant, another bank.",
)

APPLICANT = NodeKind(
    label="Applicant",
    base=ACCOUNT,
    key=Property("applicant_id", KeyType()),
    properties=(
        Property("name", NameType()),
        Property("phone", PhoneType()),
        Property("id_hash", TokenType()),
        Property("address", AddressType()),
        Property("employer", EmployerType()),
        Property("created_at", TimestampType(), Keep.EARLIEST),
        Property("device_placeholder", TextType()),
        Property("wifi_placeholder", TextType()),
        Property("ip_placeholder", TextType()),
        Property("card_placeholder", TextType()),
        Property("contact_placeholder", TextType()),
    ),
    time="created_at",
    extras=True,
    doc="A person who asks, or has asked, for credit.",
)

APPLICATION = NodeKind(
    label="Application",
    key=Property("application_id", KeyType()),
    properties=(
        Property("amount", MoneyType()),
        Property("purpose", TextType()),
        Property("term_days", CountType()),
        Property("channel", TextType()),
        Property("submitted_at", TimestampType(), Keep.EARLIEST),
        Property("status", TextType()),
    ),
    time="submitted_at",
    extras=True,
    doc="One request for credit.",
)

DEVICE = NodeKind(
    label="Device",
    key=Property("fingerprint", TokenType()),
    properties=(Property("model", TextType()), Property("os", TextType()), Property("mac", MacType())),
    identifier=True,
    extras=True,
    doc="A phone, tablet or computer, by its fingerprint.",
)

WIFI = NodeKind(
    label="Wifi",
    key=Property("bssid", BssidType()),
    properties=(Property("ssid", TextType()),),
    identifier=True,
    extras=True,
    doc="A WiFi access point, by its BSSID.",
)

IP = NodeKind(
    label="Ip",
    key=Property("ip", IpType()),
    properties=(Property("asn", TextType()), Property("net_type", TextType())),
    identifier=True,
    extras=True,
    doc="A public IP address.",
)

PHONE = NodeKind(
    label="Phone",
    key=Property("phone", PhoneType()),
    identifier=True,
    doc="A phone number, of an applicant or in somebody's contacts.",
)

CARD = NodeKind(
    label="Card",
    key=Property("card_hash", TokenType()),
    properties=(Property("bank", TextType()),),
    identifier=True,
    extras=True,
    doc="A bank card, by its token.",
)

NATIONAL_ID = NodeKind(
    label="NationalId",
    key=Property("id_hash", TokenType()),
    identifier=True,
    doc="A national id, by its token.",
)

ADDRESS = NodeKind(
    label="Address",
    key=Property("address", AddressType()),
    identifier=True,
    doc="A postal address in canonical form.",
)

EMPLOYER = NodeKind(
    label="Employer",
    key=Property("employer", EmployerType()),
    identifier=True,
    doc="An employer's name in canonical form.",
)

BLACKLIST_ENTRY = NodeKind(
    label="BlacklistEntry",
    key=Property("entry", KeyType()),
    properties=(
        Property("kind", ChoiceType(BLACKLIST_KINDS)),
        Property("value", KeyType()),
        Property("source", KeyType()),
        Property("reason", TextType()),
        Property("listed_at", TimestampType(), Keep.EARLIEST),
    ),
    time="listed_at",
    extras=True,
    doc="A value that some source has listed as fraudulent, known from `listed_at` on.",
)

LABEL = NodeKind(
    label="Label",
    key=Property("entry", KeyType()),
    properties=(
        Property("applicant_id", KeyType()),
        Property("label", ChoiceType(("fraud", "legit"))),
        Property("source", KeyType()),
        Property("decided_at", TimestampType(), Keep.EARLIEST),
    ),
    time="decided_at",
    extras=True,
    doc="A verdict on an applicant from outside, known from `decided_at` on.",
)

NODE_KINDS: tuple[NodeKind, ...] = (
    ACCOUNT,
    APPLICANT,
    APPLICATION,
    DEVICE,
    WIFI,
    IP,
    PHONE,
    CARD,
    NATIONAL_ID,
    ADDRESS,
    EMPLOYER,
    BLACKLIST_ENTRY,
    LABEL,
)
