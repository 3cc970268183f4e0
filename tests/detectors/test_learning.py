"""What decisions look up of a run is what the run itself has used."""

import networkx as nx
import numpy as np
import polars as pl
import pytest

from detectors.context import context_of
from detectors.contract import Context
from detectors.detection import Detection, detect
from detectors.evidence_sentences import HUBS
from detectors.hubs.kinds import HubKind
from detectors.hubs.uses import BUSIEST, uses
from detectors.links import ENOUGH
from detectors.profiles import MILIEU_WORTH, PIECE, SUPPORTING
from detectors.sharing import SOURCES
from graph.learned import Learned
from graph.results import Change

NOTHING = pl.DataFrame(schema={"ring_id": pl.String, "applicant_id": pl.String})
UNHURRIED = {"public", "placeholder", "carrier_nat", "shop", "staff"}
"""Kinds of whose users it means nothing that they came together."""
LEFT_OUT = {"payee", "partner"}


@pytest.fixture(scope="module")
def context(small_world) -> Context:
    return context_of(small_world.projection)


@pytest.fixture(scope="module")
def found(small_world) -> Detection:
    gone = pl.DataFrame({"ring_id": ["R-old"] * 2, "applicant_id": ["nobody", "no one"]})
    return detect(small_world.projection, gone, "run-1")


@pytest.fixture(scope="module")
def learned(found) -> Learned:
    return Learned.from_bytes(found.learned.to_bytes())


def published(context: Context) -> list[tuple[int, str, str]]:
    """Number, source and key of each identifier that decisions may ask for."""
    values = context.sharing.values(np.arange(len(context.sharing.source)))
    names = [SOURCES[source].name for source in context.sharing.source]
    return [(at, *each) for at, each in enumerate(zip(names, values, strict=True)) if each[0] not in LEFT_OUT]


def test_every_shared_identifier_is_as_its_profile(context, learned):
    profiles, every = context.profiles, published(context)
    assert len(every) == len(learned.identifiers.hash) > 500
    for at, source, key in every:
        one = learned.identifier(source, key)
        assert (one.users, one.roofs, one.worth) == (profiles.users[at], profiles.roofs[at], profiles.worth[at])
        assert one.kind == HubKind(profiles.kind[at]).name.lower()
        assert one.explained == profiles.explained[at]
    assert {one.kind for one in (learned.identifier(*each[1:]) for each in every)} <= set(HUBS)


def test_what_is_not_shared_was_not_learned(context, learned):
    shared = {each[1:] for each in published(context)}
    own = [("device", key) for key in context.projection.observations["Device"].keys]
    alone = [each for each in own if each not in shared]
    assert alone
    assert {learned.identifier(*each) for each in alone} == {None}


def test_usual_worth_is_that_of_the_profile_but_for_how_the_users_came(context, learned):
    """Their rush adds, and that they came at any time takes away; acquaintance and work are worth no more than so much,
    which hides what either did.
    """
    profiles, use = context.profiles, uses(context.sharing, context.roof)
    rushed = at_any_time = explained = 0
    for at, source, _ in published(context):
        kind = learned.kinds[profiles.kind[at]]
        usual = learned.worth(source, int(profiles.roofs[at]), kind, explained=bool(profiles.explained[at]))
        if source in {"employer", "friend"} and usual == SUPPORTING:
            assert profiles.worth[at] <= SUPPORTING
            continue
        hurried = 0 if kind in UNHURRIED else 1000 * use.rush[at] * (MILIEU_WORTH if profiles.explained[at] else 1)
        spread = 1000 * min(use.campaign[at], 0)
        worth = max(usual + hurried + spread, 0)
        if source in {"employer", "friend"}:
            worth = min(worth, SUPPORTING)
        assert profiles.worth[at] == pytest.approx(worth if usual or hurried else 0, abs=2)
        rushed += hurried > 0
        at_any_time += spread < 0 < usual
        explained += profiles.explained[at] and usual > 0
    assert rushed
    assert at_any_time
    assert explained


def test_worth_of_what_was_not_shared_falls_with_roofs_and_ends(learned):
    for source in learned.sources:
        worth = [learned.worth(source.name, roofs, "ordinary", explained=False) for roofs in range(BUSIEST + 3)]
        assert worth[:2] == [0, 0]
        assert worth[BUSIEST + 1 :] == [0, 0]
        assert worth[6:BUSIEST] == sorted(worth[6:BUSIEST], reverse=True)
        assert learned.worth(source.name, 3, "carrier_nat", explained=False) == 0
    assert learned.worth("card", 2, "ordinary", explained=False) >= learned.limits.piece == PIECE
    assert learned.limits.link == ENOUGH


def test_sources_are_told_as_reasons_are(learned):
    told = {one.name: (one.label, one.code, one.family, one.one_fact) for one in learned.sources}
    assert set(told) == {one.name for one in SOURCES} - LEFT_OUT
    assert told["wifi"] == ("Wifi", "shared_wifi", "place", True)
    assert told["national_id"] == ("NationalId", "shared_id", "identity", False)


def test_scores_and_rings_of_people_are_those_that_are_published(found, learned):
    living = [ring for ring in found.rings if ring.change is not Change.GONE]
    assert len(living) == len(found.rings) - 1
    assert learned.ring_ids == tuple(ring.ring_id for ring in living)
    assert learned.rings.score.tolist() == pytest.approx([ring.score for ring in living])
    assert learned.rings.size.tolist() == [ring.size for ring in living]
    for who, score, ring_id in found.scores.select("applicant_id", "score", "ring_id").iter_rows():
        at = learned.person(who)
        assert learned.people.score[at] == np.float32(score)
        assert (learned.ring_ids[learned.people.ring[at]] if learned.people.ring[at] >= 0 else None) == ring_id


def test_who_is_missing_has_no_score_and_no_link_and_lives_alone(context, found, learned):
    accounts, links = context.projection.accounts, context.links
    scored, linked = set(found.scores["applicant_id"]), set(links.low) | set(links.high)
    missing = [at for at, who in enumerate(accounts) if learned.person(who) < 0]
    assert missing
    assert len(missing) == len(accounts) - len(learned.people.hash)
    for at in missing:
        assert accounts[at] not in scored
        assert at not in linked
        assert (context.roof == context.roof[at]).sum() == 1


def test_those_of_one_roof_have_one_number(context, learned):
    place = learned.positions(context.projection.accounts)
    known = place >= 0
    told = learned.people.roof[place[known]]
    assert (told == context.roof[known]).all()


def test_links_are_the_runs_own_both_ways(context, learned):
    accounts, links = context.projection.accounts, context.links
    assert len(learned.links.other) == 2 * len(links.low) > 0
    for low, high, weight in zip(links.low, links.high, links.weight, strict=True):
        for one, other in ((low, high), (high, low)):
            others, weights = learned.linked(learned.person(accounts[int(one)]))
            assert weights[others == learned.person(accounts[int(other)])] == [np.float32(weight)]
            assert (np.diff(others) > 0).all()


def test_two_links_lead_as_far_as_in_the_runs_graph(context, learned):
    accounts, links = context.projection.accounts, context.links
    graph = nx.Graph(zip(links.low.tolist(), links.high.tolist(), strict=True))
    for one in graph:
        near = nx.single_source_shortest_path_length(graph, one, 2).keys() - {one}
        expected = sorted(learned.person(accounts[other]) for other in near)
        assert learned.within_two([learned.person(accounts[one])]).tolist() == expected


def test_the_same_world_gives_the_same_bytes(found, small_world):
    gone = pl.DataFrame({"ring_id": ["R-old"] * 2, "applicant_id": ["nobody", "no one"]})
    again = detect(small_world.sketch.projection(shuffle=3), gone, "run-1")
    assert again.learned.to_bytes() == found.learned.to_bytes()


def test_a_world_in_which_nobody_shares_anything_has_something_to_say_of_worth(sketch):
    for number in range(30):
        sketch.see(sketch.person(f"p{number}"), "Device", f"d{number}")
    learned = Learned.from_bytes(detect(sketch.projection(), NOTHING, "run-1").learned.to_bytes())
    assert learned.identifier("device", "d1") is None
    assert learned.person("p1") == -1
    assert learned.worth("device", 2, "ordinary", explained=False) > 0
