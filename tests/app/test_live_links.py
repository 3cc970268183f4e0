"""The live link check says of everybody in the graph what the nightly run says: the same pairs, by the same weights.

Everybody comes again, at the last moment of the data, with everything that he was ever seen with. Two things may then
differ from the run, both because he is seen with it now, and both as the run of tonight will see them:

- what fades counts the time until he comes again, not until he was last seen, so that it is worth more;
- a device that he took over after another had left it, and that he has now had for a week, was sold second-hand.

Payments are no part of an application: what they are worth is left out on both sides.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from typer.testing import CliRunner

from app.cli.main import app
from app.detection import run_detection
from app.settings import Settings
from app.wiring import store_of
from decisions.linking.background import Background, background
from decisions.linking.identified import Given, Identified
from decisions.linking.known import Known
from decisions.linking.looking import MOST_USERS, Look, look, questions
from decisions.linking.velocity import Recent
from detectors.context import context_of
from detectors.contract import Context
from detectors.hubs.kinds import HubKind
from detectors.pairs import FORGETTING, LASTING, pairs
from detectors.sharing import ONE_FACT, SOURCES
from graph.learned import Learned
from graph.ontology.relationships import (
    FROM_IP,
    HAS_CARD,
    HAS_ID,
    HAS_PHONE,
    LISTS_CONTACT,
    LIVES_AT,
    ON_WIFI,
    USED_DEVICE,
    WORKS_AT,
)
from graph.projecting import project
from graph.store.contract import Store
from ingest.options import Options
from ingest.pipeline import load_folder

KINDS = {
    ("device", "device"): USED_DEVICE, ("wifi", "wifi"): ON_WIFI, ("ip", "ip"): FROM_IP, ("phone", "phone"): HAS_PHONE,
    ("card", "card"): HAS_CARD, ("id", "national_id"): HAS_ID, ("address", "address"): LIVES_AT,
    ("employer", "employer"): WORKS_AT, ("contact", "contact"): LISTS_CONTACT,
}  # fmt: skip
FAMILY = {source.name: source.family for source in SOURCES}
ENOUGH = 3000
Fact = tuple[str, str]
"""Source and key."""
Pair = tuple[str, str]
"""Who comes, and with whom he shares."""


@dataclass(frozen=True)
class World:
    """A store with everything that its run was made from."""

    store: Store
    context: Context
    background: Background
    at: int

    def again(self, applicant_id: str) -> Look:
        """Look at him as he comes again with everything."""
        uses = self.store.graph.surroundings(applicant_id, [], most=500).uses
        given = tuple(
            Given(source, learned, kind, one.key)
            for (source, learned), kind in KINDS.items()
            for one in uses.get(kind.type, ())
        )
        asked = Identified(applicant_id, "P-again", None, self.at, given, ())
        around = self.store.graph.surroundings(applicant_id, questions(asked), most=MOST_USERS)
        return look(asked, around, Recent(), self.background)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("live")
    made = CliRunner().invoke(app, ["world", str(folder / "world"), "--applicants", "4000", "--seed", "9"])
    assert made.exit_code == 0, made.output
    with store_of(Settings(store=f"sqlite:///{folder}/store.db")) as store:
        load_folder(store, folder / "world", Options(work_dir=folder / "work"))
        run = run_detection(store, keep_runs=2).run
        learned = Learned.from_bytes(store.runs.learned(run.run_id) or b"")
        context = context_of(project(store.graph))
        yield World(store, context, background(run, learned, Known()), int(run.as_of.timestamp()))


@pytest.fixture(scope="module")
def nightly(world: World) -> dict[Pair, dict[Fact, int]]:
    """What each pair shares in the run's eyes, with the one who comes seen until now."""
    sharing = world.context.sharing
    found = pairs(sharing, world.context.profiles, world.context.roof)
    accounts = world.context.projection.accounts.to_list()
    rows = {
        (int(identifier), int(who)): at
        for at, (identifier, who) in enumerate(zip(sharing.identifier, sharing.applicant, strict=True))
    }
    keys = sharing.values(found.identifier.astype(np.int64))
    shared: dict[Pair, dict[Fact, int]] = defaultdict(dict)
    for low, high, identifier, key in zip(found.low, found.high, found.identifier, keys, strict=True):
        source = SOURCES[sharing.source[identifier]]
        full = int(world.context.profiles.worth[identifier])
        for own, other in ((low, high), (high, low)):
            mine, his = rows[identifier, own], rows[identifier, other]
            gap = max(0, max(sharing.first[mine], sharing.first[his]) - min(world.at, sharing.last[his]))
            worth = full if source.family in LASTING else int(full * 0.5 ** (gap / FORGETTING))
            if worth and source.name not in {"payee", "partner"}:
                shared[accounts[own], accounts[other]][source.name, key] = worth
    return shared


@pytest.fixture(scope="module")
def looks(world: World) -> dict[str, Look]:
    """Everybody who is linked with anybody, and each tenth of all others."""
    projection, linked = world.context.projection, set(world.context.links.low) | set(world.context.links.high)
    chosen = [
        who
        for at, who in enumerate(projection.accounts)
        if projection.is_applicant[at] and (at in linked or at % 10 == 0)
    ]
    return {who: world.again(who) for who in chosen}


def total(facts: dict[Fact, int]) -> int:
    """As `detectors/links.py` adds up."""
    single = sum(worth for (source, _), worth in facts.items() if FAMILY[source] not in ONE_FACT)
    of_family: dict[str, int] = {}
    for (source, _), worth in facts.items():
        if FAMILY[source] in ONE_FACT:
            of_family[FAMILY[source]] = max(of_family.get(FAMILY[source], 0), worth)
    return single + sum(of_family.values())


def sold(found: Look) -> set[Fact]:
    """Devices that are second-hand now that he has them still."""
    return {
        ("device", hub.given.key)
        for hub in found.hubs
        if hub.given.source == "device" and hub.kind == "second_hand"
    }  # fmt: skip


def test_the_live_links_are_those_of_the_run(world, nightly, looks):
    theirs: dict[str, dict[str, int]] = defaultdict(dict)
    for (who, other), facts in nightly.items():
        if who in looks:
            known = world.background.learned.identifier
            was = sold(looks[who])
            facts = {  # noqa: PLW2901 (as he is seen now)
                fact: worth for fact, worth in facts.items() if fact not in was or known(*fact).kind == "second_hand"
            }
            if total(facts) >= ENOUGH:
                theirs[who][other] = total(facts)
    ours = {who: {link.applicant_id: round(link.weight * 1000) for link in found.links} for who, found in looks.items()}
    newly_sold = {who for who, found in looks.items() for fact in sold(found) if is_news(world, fact)}
    assert sum(map(len, ours.values())) > 100
    for who, links in ours.items():
        if who in newly_sold:
            strong = {other: worth for other, worth in links.items() if other in theirs[who]}
            assert strong.keys() == theirs[who].keys(), who  # beside the little that a sold device is worth
        else:
            assert links == theirs[who], who


def is_news(world: World, fact: Fact) -> bool:
    return world.background.learned.identifier(*fact).kind != "second_hand"


def test_what_is_second_hand_by_now_is_so_in_the_run_of_tonight(world, looks):
    news = [(who, key) for who, found in looks.items() for _, key in sold(found) if is_news(world, ("device", key))]
    assert news
    projection = world.context.projection
    seen = projection.observations["Device"]
    for who, key in news:
        own = (seen.keys.to_numpy()[seen.identifier] == key) & (projection.accounts.to_numpy()[seen.applicant] == who)
        assert own.sum() == 1
        tonight = replace(seen, last_seen=np.where(own, world.at, seen.last_seen))
        context = context_of(replace(projection, observations={**projection.observations, "Device": tonight}))
        devices = np.flatnonzero(context.sharing.of("device"))
        number = devices[context.sharing.values(devices).index(key)]
        assert context.profiles.kind[number] == HubKind.SECOND_HAND


def test_hubs_are_those_of_the_run_with_their_worth(world, looks):
    learned, shared = world.background.learned, 0
    for found in looks.values():
        for hub in found.hubs:
            known = learned.identifier(hub.given.learned, hub.given.key)
            if hub.crowd or (hub.given.source == "device" and known and known.kind != hub.kind == "second_hand"):
                continue
            if known is None:
                assert hub.worth == 0
            else:
                shared += 1
                assert (hub.users, hub.roofs, hub.worth) == (known.users, known.roofs, known.worth)
                assert hub.kind == known.kind
    assert shared > 500


def test_a_crowd_is_worth_nothing_in_the_run_either(world, looks):
    crowds = [hub for found in looks.values() for hub in found.hubs if hub.crowd]
    assert crowds
    for hub in crowds:
        known = world.background.learned.identifier(hub.given.learned, hub.given.key)
        assert known.users > MOST_USERS
        assert not hub.new
        assert hub.worth == 0


def test_held_links_are_those_by_which_the_run_holds_a_group_together(world, nightly, looks):
    from detectors.membership import VERY_STRONG  # noqa: PLC0415
    from detectors.profiles import PIECE  # noqa: PLC0415

    held = set()
    for who, found in looks.items():
        for link in found.links:
            facts: dict[object, int] = {}
            for shared in link.shared:
                source = shared.hub.given.learned
                one = FAMILY[source] if FAMILY[source] in ONE_FACT else (source, shared.hub.given.key)
                facts[one] = max(facts.get(one, 0), shared.worth)
            pieces = sum((worth >= PIECE) + (worth >= VERY_STRONG) for worth in facts.values())
            assert link.held == (pieces >= 2), (who, link)
            held.add(link.held)
    assert held == {True, False}
