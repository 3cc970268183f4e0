"""Rings hang together through what they share and pay, and leave nobody with more than honest people have."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ingest.world import DifficultyChoice, Knobs
from ingest.world.lives import live
from ingest.world.population import Population, imagine
from ingest.world.rings.plan import Ring

_MOST_USERS = 100


def _shared(members: NDArray[np.int64], who: NDArray[np.int64], what: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Pairs of members who share a thing with few others (each with the first member who has it)."""
    few = np.bincount(what[what >= 0], minlength=int(what.max()) + 1) <= _MOST_USERS
    inside = np.isin(who, members) & (what >= 0)
    inside &= few[np.where(what >= 0, what, 0)]
    first: dict[int, int] = {}
    return [(first.setdefault(int(w), int(p)), int(p)) for p, w in zip(who[inside], what[inside], strict=True)]


def _largest_part(world: Population, ring: Ring) -> float:
    people, everybody = world.people, np.arange(len(world.people))
    pairs = [(int(ring.members[0]), int(ring.members[0]))]
    phones = np.concatenate([world.contacts.who, everybody]), np.concatenate([world.contacts.phone, people.phone])
    for seen in (world.on_device, world.on_card, world.networks.on_wifi, world.networks.from_ip):
        pairs += _shared(ring.members, seen.who, seen.what)
    for who, what in (phones, (everybody, people.address), (everybody, people.national_id)):
        pairs += _shared(ring.members, who, what)
    paid = np.isin(world.transfers.source, ring.members) & np.isin(world.transfers.target, ring.members)
    pairs += zip(world.transfers.source[paid].tolist(), world.transfers.target[paid].tolist(), strict=True)
    index = {int(member): number for number, member in enumerate(ring.members)}
    ends = np.array([(index[a], index[b]) for a, b in pairs]).T
    size = len(ring.members)
    _, part = connected_components(coo_array((np.ones(ends.shape[1]), ends), shape=(size, size)), directed=False)
    return float(np.bincount(part).max() / size)


@pytest.mark.parametrize(
    ("difficulty", "least"),
    [(DifficultyChoice.EASY, 0.95), (DifficultyChoice.MEDIUM, 0.9), (DifficultyChoice.HARD, 0.75)],
)
def test_rings_hang_together(difficulty: DifficultyChoice, least: float) -> None:
    world = imagine(Knobs(applicants=20_000, seed=2, difficulty=difficulty))
    parts = [_largest_part(world, ring) for ring in world.rings]
    assert np.mean(parts) > least


def test_rings_give_nobody_more(knobs: Knobs, population: Population) -> None:
    lives, _ = live(knobs)
    for with_rings, without in (
        (population.networks.on_wifi, lives.networks.on_wifi),
        (population.networks.from_ip, lives.networks.from_ip),
        (population.contacts, lives.contacts),
    ):
        assert np.array_equal(with_rings.who, without.who)
    assert not np.array_equal(population.contacts.phone, lives.contacts.phone)
    received = np.bincount(population.transfers.target)[: knobs.applicants][population.fraud].mean()
    assert 0.7 < received / np.bincount(population.transfers.target)[: knobs.applicants].mean() < 1.5
