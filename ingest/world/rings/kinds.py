"""One function for each kind of ring: what its members are made to share."""

from collections.abc import Callable

import numpy as np

from ingest.world.knobs import DAY
from ingest.world.randomness import Ints
from ingest.world.rings.fabric import Fabric
from ingest.world.rings.plan import Ring, RingKind
from ingest.world.rings.weave import acquaintances, fan_in, groups, has_second, in_groups, in_pairs, run_round, soon

_CYCLE = (3, 7)
_COVER = (2, 4)
_HOUR = 3_600

Weaver = Callable[[Fabric, Ring], None]


def device_farm(fabric: Fabric, ring: Ring) -> None:
    """Many accounts on few phones and few lines, perhaps with the same people as contacts."""
    in_groups(fabric, ring, fabric.device, ring.difficulty.group)
    in_groups(fabric, ring, fabric.ip, ring.difficulty.place, shifted=True)
    if has_second(fabric, ring.difficulty):
        in_groups(fabric, ring, fabric.contact, ring.difficulty.group, shifted=True)


def den(fabric: Fabric, ring: Ring) -> None:
    """One place, everybody with a phone of his own."""
    in_groups(fabric, ring, fabric.wifi, ring.difficulty.place)
    in_groups(fabric, ring, fabric.ip, ring.difficulty.place, shifted=True)
    if has_second(fabric, ring.difficulty):
        in_groups(fabric, ring, fabric.contact, ring.difficulty.group, shifted=True)


def shared_cards(fabric: Fabric, ring: Ring) -> None:
    """The money of several ends on one card, the phones overlap."""
    in_groups(fabric, ring, fabric.card, ring.difficulty.group)
    in_groups(fabric, ring, fabric.device, ring.difficulty.group, shifted=True)
    if has_second(fabric, ring.difficulty):
        in_groups(fabric, ring, fabric.ip, ring.difficulty.place)


def recombined_identity(fabric: Fabric, ring: Ring) -> None:
    """The same phone numbers, ids and addresses, combined anew for every applicant."""
    in_groups(fabric, ring, fabric.phone, ring.difficulty.group)
    in_groups(fabric, ring, fabric.national_id, ring.difficulty.group, shifted=True)
    if has_second(fabric, ring.difficulty):
        in_groups(fabric, ring, fabric.address, ring.difficulty.place)


def contact_hub(fabric: Fabric, ring: Ring) -> None:
    """Agents recruit: their numbers are among everybody's contacts, and they are paid."""
    in_groups(fabric, ring, fabric.contact, ring.difficulty.place)
    in_groups(fabric, ring, fabric.contact, ring.difficulty.group, shifted=True)
    if has_second(fabric, ring.difficulty):
        fan_in(fabric, ring.members)


def money_cycle(fabric: Fabric, ring: Ring) -> None:
    """Money goes round in groups, and among one of each group; some is collected through mules."""
    circles = list(groups(fabric, ring.members, _CYCLE))
    for circle in circles:
        for _ in range(ring.difficulty.rounds):
            _circulate(fabric, ring, circle)
    if len(circles) > 1:
        _circulate(fabric, ring, np.array([circle[0] for circle in circles]))
    if has_second(fabric, ring.difficulty):
        fan_in(fabric, ring.members)


def patient(fabric: Fabric, ring: Ring) -> None:
    """Over months, each two share one thing at most, much of it in public places."""
    in_pairs(fabric, ring)


def camouflaged(fabric: Fabric, ring: Ring) -> None:
    """Small covers that look like households, tied by cards and money; all else is as with honest people."""
    in_groups(fabric, ring, fabric.address, _COVER)
    in_groups(fabric, ring, fabric.card, ring.difficulty.group, shifted=True)
    for circle in groups(fabric, np.roll(ring.members, 1), _CYCLE):
        _circulate(fabric, ring, circle)
    if has_second(fabric, ring.difficulty):
        in_groups(fabric, ring, fabric.device, _COVER, shifted=True)


def _circulate(fabric: Fabric, ring: Ring, circle: Ints) -> None:
    """The easier the ring, the faster its money goes round."""
    longest = ring.difficulty.pause_days * DAY
    latest = max(0, fabric.end - len(circle) * longest)
    start = soon(fabric, int(fabric.created[circle].max()), latest)
    run_round(fabric, circle, start, (_HOUR, longest))


WEAVERS: dict[RingKind, Weaver] = {
    RingKind.DEVICE_FARM: device_farm,
    RingKind.DEN: den,
    RingKind.SHARED_CARDS: shared_cards,
    RingKind.RECOMBINED_IDENTITY: recombined_identity,
    RingKind.CONTACT_HUB: contact_hub,
    RingKind.MONEY_CYCLE: money_cycle,
    RingKind.PATIENT: patient,
    RingKind.CAMOUFLAGED: camouflaged,
}


def weave(fabric: Fabric, ring: Ring) -> None:
    """Make the ring's members share what its kind shares; some of them also know each other."""
    WEAVERS[ring.kind](fabric, ring)
    acquaintances(fabric, ring)
