"""The whole world in columns of numbers: honest people first, then the rings among them."""

from dataclasses import dataclass

import numpy as np

from ingest.world.applications import Applications
from ingest.world.contacts import Contacts
from ingest.world.devices import Devices
from ingest.world.knobs import Knobs
from ingest.world.lives import live
from ingest.world.networks import Networks
from ingest.world.people import People
from ingest.world.randomness import Bools, stream
from ingest.world.rings.fabric import Fabric
from ingest.world.rings.kinds import weave
from ingest.world.rings.payments import embed
from ingest.world.rings.plan import Ring, plan_rings
from ingest.world.seen import Seen, together
from ingest.world.sharing import Sharing, SharingNotes
from ingest.world.transfers import Transfers


@dataclass(slots=True)
class Population:
    """Everybody, everything observed, and the truth about it."""

    people: People
    applications: Applications
    networks: Networks
    devices: int
    """How many devices there are."""
    on_device: Seen
    cards: int
    on_card: Seen
    contacts: Contacts
    transfers: Transfers
    rings: list[Ring]
    fraud: Bools
    notes: SharingNotes


def imagine(knobs: Knobs) -> Population:
    """The population that these knobs describe, always the same for the same knobs."""
    lives, notes = live(knobs)
    rings = plan_rings(knobs, lives.people)
    fabric = Fabric(stream(knobs.seed, "weaving"), knobs.end, lives)
    for ring in rings:
        weave(fabric, ring)
    people, devices, cards = lives.people, lives.devices, lives.cards
    _note_lasting(people, devices, notes)
    return Population(
        people=people,
        applications=lives.applications,
        networks=lives.networks,
        devices=devices.count,
        on_device=together([devices.own, devices.others]),
        cards=cards.count,
        on_card=together([cards.own, cards.others]),
        contacts=lives.contacts,
        transfers=embed(lives.transfers, fabric.payments, len(people), knobs.end),
        rings=rings,
        fraud=_fraud(knobs, rings),
        notes=notes,
    )


def _note_lasting(people: People, devices: Devices, notes: SharingNotes) -> None:
    """Note the honest sharing that rings may have undone."""
    old, new = devices.handed_on
    kept = devices.own.what[old] == devices.own.what[new]
    notes.note(Sharing.SECOND_HAND_PHONE, devices.own.who[old[kept]])
    notes.note(Sharing.SECOND_HAND_PHONE, devices.own.who[new[kept]])
    notes.note(Sharing.RECYCLED_NUMBER, people.recycled)
    shared = (people.homes.size > 1) & ~people.homes.dormitory
    notes.note(Sharing.HOUSEHOLD, np.flatnonzero(shared[people.home]))


def _fraud(knobs: Knobs, rings: list[Ring]) -> Bools:
    """Everybody in a ring, and some who cheat alone."""
    fraud = np.zeros(knobs.applicants, dtype=bool)
    for ring in rings:
        fraud[ring.members] = True
    alone = round(knobs.applicants * knobs.fraud_share * knobs.lone_fraud_share)
    rng = stream(knobs.seed, "lone fraud")
    fraud[rng.choice(np.flatnonzero(~fraud), alone, replace=False)] = True
    return fraud
