"""What decisions call the things that an application comes with, as nodes of the graph."""

from collections.abc import Mapping
from types import MappingProxyType

from graph.ontology.nodes import APPLICANT, CARD, DEVICE, IP, NATIONAL_ID, PHONE, WIFI

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "applicant": APPLICANT.label,
        "device": DEVICE.label,
        "wifi": WIFI.label,
        "ip": IP.label,
        "phone": PHONE.label,
        "contact": PHONE.label,
        "card": CARD.label,
        "id": NATIONAL_ID.label,
    }
)
"""The label of the node, by source (`decisions.features.SOURCES`) or `applicant`."""
