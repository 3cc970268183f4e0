"""The truth tables tell what the input tables hold."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from ingest.world import DifficultyChoice, Knobs
from ingest.world.people import populate
from ingest.world.population import Population
from ingest.world.rings.plan import RingKind, plan_rings
from ingest.world.sharing import Sharing

Read = Callable[[str], pl.DataFrame]


def test_every_kind_of_ring_exists(read: Read) -> None:
    rings = read("truth/rings")
    assert set(rings["kind"]) == {kind.value for kind in RingKind}
    sizes = rings.group_by("ring_id").len()["len"].sort()
    assert sizes.first() >= 3
    assert sizes.last() <= 80


def test_every_kind_of_honest_sharing_exists(read: Read) -> None:
    honest = read("truth/applicants").filter(~pl.col("is_fraud"))
    named = honest["sharing"].str.split("|").explode().unique().to_list()
    assert {kind.label for kind in Sharing} <= set(named)


def test_ring_members_are_fraudsters_in_one_ring_only(read: Read) -> None:
    rings, people = read("truth/rings"), read("truth/applicants")
    fraud = set(people.filter("is_fraud")["applicant_id"])
    assert rings["applicant_id"].is_unique().all()
    assert set(rings["applicant_id"]) < fraud
    assert set(read("applicants")["applicant_id"]) == set(people["applicant_id"])
    assert 0.009 < len(fraud) / len(people) < 0.011


def test_an_honest_neighbour_lives_with_most_fraudsters(read: Read) -> None:
    fraud = read("truth/applicants").filter("is_fraud")
    sharing = fraud["sharing"].str.contains("household|dormitory|office|carrier_nat|merchant")
    assert sharing.mean() > 0.9


def test_label_never_precedes_the_applicant(read: Read) -> None:
    both = read("labels").join(read("applicants").unique("applicant_id"), on="applicant_id")
    assert (both["decided_at"] > both["created_at"]).all()
    assert set(both["label"]) == {"fraud", "legit"}


def test_some_blacklist_entries_are_false(read: Read) -> None:
    listed = read("blacklist").filter(pl.col("kind") == "applicant")
    everything = read("truth/applicants").join(listed, left_on="applicant_id", right_on="value")
    assert len(everything) == len(listed)
    assert read("blacklist")["kind"].n_unique() > 3


@pytest.mark.parametrize("difficulty", [choice for choice in DifficultyChoice if choice is not DifficultyChoice.MIXED])
def test_one_difficulty_only(difficulty: DifficultyChoice) -> None:
    knobs = Knobs(applicants=5_000, difficulty=difficulty)
    rings = plan_rings(knobs, populate(knobs))
    assert {ring.difficulty.name for ring in rings} == {difficulty.value}


def test_second_hand_phones_have_one_owner_after_the_other(population: Population, knobs: Knobs) -> None:
    seen = population.on_device
    rows = pl.DataFrame({"who": seen.who, "what": seen.what, "first": seen.first, "last": seen.last})
    pairs = rows.join(rows, on="what").filter(pl.col("first") < pl.col("first_right"))
    succeeded = pairs.filter(pl.col("last") < pl.col("first_right"))
    owners = np.unique(succeeded.select("who", "who_right").to_numpy())
    noted = np.flatnonzero(population.notes.names().str.contains("second_hand_phone").to_numpy())
    assert len(noted) > 0.02 * knobs.applicants
    assert set(noted) <= set(owners)


def test_patient_rings_share_each_thing_between_two_or_three(population: Population) -> None:
    ring = next(ring for ring in population.rings if ring.kind is RingKind.PATIENT)
    days = np.ptp(population.people.created[ring.members]) / 86_400
    assert days > 45
    for seen in (population.on_device, population.on_card):
        things = seen.what[np.isin(seen.who, ring.members)]
        assert np.bincount(things).max() <= 3
