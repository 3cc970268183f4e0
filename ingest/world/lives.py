"""Everybody's ordinary life: what honest people and fraudsters alike have and do."""

from dataclasses import dataclass

from ingest.world.applications import Applications, apply_for_credit
from ingest.world.cards import Cards, bind
from ingest.world.contacts import Contacts, name_contacts
from ingest.world.devices import Devices, equip
from ingest.world.knobs import Knobs
from ingest.world.networks import Networks, connect
from ingest.world.people import People, populate
from ingest.world.sharing import SharingNotes
from ingest.world.transfers import Transfers, pay


@dataclass(frozen=True, slots=True)
class Lives:
    """A world without fraud."""

    people: People
    applications: Applications
    networks: Networks
    devices: Devices
    cards: Cards
    contacts: Contacts
    transfers: Transfers


def live(knobs: Knobs) -> tuple[Lives, SharingNotes]:
    """The lives that these knobs describe, and what is shared honestly in them."""
    people = populate(knobs)
    notes = SharingNotes(len(people))
    devices = equip(knobs, people, notes)
    lives = Lives(
        people=people,
        applications=apply_for_credit(knobs, people, devices.by_agent),
        networks=connect(knobs, people, notes),
        devices=devices,
        cards=bind(knobs, people),
        contacts=name_contacts(knobs, people),
        transfers=pay(knobs, people, notes),
    )
    return lives, notes
