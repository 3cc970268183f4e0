"""What kind of hub an identifier is: explanations are weighed against chance, and the first that holds decides."""

from enum import IntEnum

import numpy as np
import polars as pl

from detectors.hubs.chance import beyond_chance
from detectors.hubs.milieu import BELIEVED, MOST, Milieu
from detectors.hubs.uses import BUSIEST, Uses
from detectors.roofs import LARGEST_HOME
from detectors.sharing import DAY, SOURCES, Family, Sharing
from graph.projection import Index, Mask

RECYCLED_AFTER = 60 * DAY
"""A number that a second person has so much later was given out anew."""

SETTLED_OWNER = 7 * DAY
"""Who sells his phone has had it for longer. What goes from hand to hand faster is not sold but shared."""

SECOND_HAND_USERS = 3
SHOP_SPAN = 45 * DAY
SUSPICIOUS_ROOFS = 3
FEW_WORKERS = 3
"""So many must say where they work, and differ, before a network of many is no office."""


class HubKind(IntEnum):
    """What a shared identifier is. (In words: `detectors/evidence_sentences.py`.)"""

    ORDINARY = 0
    HOUSEHOLD = 1
    SECOND_HAND = 2
    SHOP = 3
    OFFICE = 4
    DORMITORY = 5
    PUBLIC = 6
    CARRIER_NAT = 7
    PLACEHOLDER = 8
    SUSPICIOUS = 9
    CAMPUS = 10
    STAFF = 11
    MERCHANT = 12


_PERSONAL = frozenset({Family.DEVICE, Family.CARD, Family.IDENTITY})


def kinds(sharing: Sharing, use: Uses, milieu: Milieu, carrier: Mask, accounts: int) -> Index:
    """The kind of each identifier; the first rule that fits decides."""
    device, network = sharing.of("device"), sharing.of("wifi", "ip")
    personal = np.array([source.family in _PERSONAL for source in SOURCES])[sharing.source]
    crowd = use.users > max(50, accounts // 200)
    many = use.users > LARGEST_HOME
    brief = beyond_chance(use.one_off * use.users, use.users, sharing.brief[sharing.source]) >= BELIEVED
    visited = brief & (use.one_off >= MOST)
    believed = milieu.likely >= BELIEVED
    work, living = believed & (milieu.work >= MOST), believed & (milieu.living >= MOST)
    kept = use.tenure >= SETTLED_OWNER
    served = device & visited & (use.users > SECOND_HAND_USERS) & (use.span >= SHOP_SPAN)
    elsewhere = (milieu.employed >= FEW_WORKERS) & (milieu.work * use.users < MOST * milieu.employed)
    rules: list[tuple[Mask, HubKind]] = [
        (use.roofs <= 1, HubKind.HOUSEHOLD),
        (served & kept, HubKind.STAFF),
        (served & ~kept, HubKind.SHOP),
        (personal & crowd, HubKind.PLACEHOLDER),
        (device & (use.at_once == 1) & (use.users <= SECOND_HAND_USERS) & kept, HubKind.SECOND_HAND),
        (sharing.of("phone") & (use.users == 2) & (use.span >= RECYCLED_AFTER), HubKind.SECOND_HAND),
        ((network | personal) & work, HubKind.OFFICE),
        (personal & (use.roofs >= SUSPICIOUS_ROOFS), HubKind.SUSPICIOUS),
        (network & living & many, HubKind.DORMITORY),
        (network & living, HubKind.HOUSEHOLD),
        (network & milieu.campus, HubKind.CAMPUS),
        (carrier, HubKind.CARRIER_NAT),
        (network & visited, HubKind.PUBLIC),
        (network & many & (use.rush >= BELIEVED), HubKind.SUSPICIOUS),
        (network & many & elsewhere, HubKind.PUBLIC),
        (network & many & (use.one_off < 0.5), HubKind.OFFICE),
        (sharing.of("address") & many, HubKind.DORMITORY),
        (sharing.of("employer"), HubKind.OFFICE),
        (sharing.of("payee") & many, HubKind.MERCHANT),
    ]
    return np.select([fits for fits, _ in rules], [int(kind) for _, kind in rules], int(HubKind.ORDINARY)).astype(
        np.int32
    )


def carriers(sharing: Sharing, use: Uses, milieu: Milieu, types: pl.Series) -> Mask:
    """Which identifiers are IP addresses behind which a carrier hides strangers.

    Crowds that neither work nor home explains, and whatever is of a network type that is mostly used by such crowds.
    """
    ip = np.flatnonzero(sharing.of("ip") & (use.roofs > 1))
    crowd = (use.users[ip] > BUSIEST) & (milieu.most[ip] < MOST) & ~milieu.campus[ip] & (use.one_off[ip] < 0.5)
    of_type = pl.DataFrame({"type": types.gather(sharing.number[ip]), "users": use.users[ip], "crowd": crowd})
    hidden = (pl.col("users") * pl.col("crowd")).sum().over("type") >= MOST * pl.col("users").sum().over("type")
    carrier = np.zeros(len(sharing.source), np.bool_)
    carrier[ip] = crowd | of_type.select(hidden & pl.col("type").is_not_null()).to_series().to_numpy()
    return carrier
