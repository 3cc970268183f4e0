"""What a run has learned, and what is around an application, made by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from decisions.application import Application
from decisions.linking.background import Background, background
from decisions.linking.identified import Identified, identified
from decisions.linking.known import Known
from decisions.linking.looking import Look, look, questions
from decisions.linking.velocity import Recent
from graph.learned import (
    PEOPLE,
    Identifiers,
    Learned,
    LearnedSource,
    Limits,
    Neighbours,
    People,
    Rings,
)  # fmt: skip
from graph.results import Run
from graph.stable_hash import hash_of
from graph.store.contract import Seen, Surroundings

DAY = 86_400
NOW = 1_700_000_000
KINDS = ("ordinary", "household", "second_hand", "public")
BUSIEST = 60
SOURCES = {
    "device": (3000, True), "wifi": (2000, True), "ip": (1500, True), "phone": (4000, False), "card": (5000, False),
    "national_id": (6000, False), "address": (2500, True), "employer": (800, True), "contact": (2200, False),
    "friend": (900, False),
}  # fmt: skip
"""What sharing is worth, and whether that fades."""
FAMILIES = {
    "wifi": "place", "ip": "place", "address": "place", "employer": "place", "friend": "social", "phone": "identity",
    "national_id": "identity",
}  # fmt: skip
PHONE, OTHER_PHONE, ID = "+8613871520946", "+8613971520946", "1b7e" * 16


@dataclass
class Learning:
    """Collects what a run has learned."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    shared: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    rings: list[tuple[str, float, int]] = field(default_factory=list)
    ties: list[tuple[str, str]] = field(default_factory=list)

    def person(self, who: str, *, roof: int | None = None, score: float = 0.0, ring: int = -1) -> None:
        self.people[who] = {"roof": 1000 + len(self.people) if roof is None else roof, "score": score, "ring": ring}

    def knows(self, source: str, key: str, **told: Any) -> None:
        self.shared[source, key] = {
            "kind": "ordinary", "users": 2, "roofs": 2, "worth": SOURCES[source][0], "explained": False,
        } | told  # fmt: skip

    def learned(self) -> Learned:
        people = sorted(self.people.items(), key=lambda one: hash_of(PEOPLE, one[0]))
        shared = sorted(self.shared.items(), key=lambda one: hash_of(*one[0]))
        place = {who: at for at, (who, _) in enumerate(people)}
        both = sorted((place[a], place[b]) for one in self.ties for a, b in (one, one[::-1]))
        usual = np.zeros((len(SOURCES), len(KINDS), 2, BUSIEST + 2), np.int32)
        for number, (worth, _) in enumerate(SOURCES.values()):
            usual[number, :, :, 2 : BUSIEST + 1] = worth
        usual[:, KINDS.index("second_hand")] //= 10
        usual[:, :, 1] //= 5
        return Learned(
            sources=tuple(
                LearnedSource(name, "Label", f"shared_{name}", FAMILIES.get(name, name),
                              one_fact=FAMILIES.get(name) in {"place", "social"}, fades=fades)
                for name, (_, fades) in SOURCES.items()
            ),
            kinds=KINDS,
            limits=Limits(piece=1200, very_strong=4500, link=3000, busiest=BUSIEST, home=7, forgetting=30 * DAY,
                          second_hand_users=3, settled=7 * DAY, recycled=60 * DAY, listed=20),
            ring_ids=tuple(ring[0] for ring in self.rings),
            identifiers=Identifiers(
                np.array([hash_of(*key) for key, _ in shared], np.uint64),
                np.array([KINDS.index(told["kind"]) for _, told in shared], np.uint8),
                *(np.array([told[name] for _, told in shared], np.int32) for name in ("users", "roofs", "worth")),
                np.array([told["explained"] for _, told in shared], np.bool_),
            ),
            usual=usual,
            people=People(
                np.array([hash_of(PEOPLE, who) for who, _ in people], np.uint64),
                np.array([told["roof"] for _, told in people], np.int32),
                np.array([told["score"] for _, told in people], np.float32),
                np.array([told["ring"] for _, told in people], np.int32),
            ),
            rings=Rings(
                np.array([ring[1] for ring in self.rings], np.float32),
                np.array([ring[2] for ring in self.rings], np.int32),
            ),
            links=Neighbours(
                np.searchsorted([one for one, _ in both], np.arange(len(people) + 1)),
                np.array([other for _, other in both], np.int32),
                np.full(len(both), 5.0, np.float32),
            ),
        )  # fmt: skip


@pytest.fixture
def run() -> Learning:
    """A run that has learned nothing yet."""
    return Learning()


@pytest.fixture
def told() -> Callable[..., Application]:
    """told(device="d1", phone="138..."): an application of `me`, with no more than this."""

    def build(who: str = "me", *, phone: str | None = None, id_hash: str | None = None, address: str | None = None,
              name: str | None = None, device: str | None = None, wifi: str | None = None, ip: str | None = None,
              card: str | None = None, contacts: Sequence[str] = (), **other: Any) -> Application:  # fmt: skip
        return Application.model_validate(
            {
                "application_id": "P-me",
                "applicant": {
                    "applicant_id": who,
                    "phone": phone,
                    "id_hash": id_hash,
                    "address": address,
                    "name": name,
                },
                "device": {"fingerprint": device} if device else None,
                "wifi": {"bssid": wifi} if wifi else None,
                "ip": {"ip": ip} if ip else None,
                "card": {"card_hash": card} if card else None,
                "contacts": [{"contact_phone": one} for one in contacts],
            }
            | other
        )

    return build


@dataclass
class Checked:
    """An application, looked at."""

    application: Application
    asked: Identified
    look: Look
    background: Background
    recent: Recent

    def hub(self, source: str) -> Any:
        return next(one for one in self.look.hubs if one.given.source == source)

    def link(self, who: str) -> Any:
        return next((one for one in self.look.links if one.applicant_id == who), None)


@pytest.fixture
def check(run: Learning) -> Callable[..., Checked]:
    """check(application, {("USED_DEVICE", key): [Seen(...)]}): what the live check finds; of a crowd None."""

    def build(
        application: Application,
        users: dict[tuple[str, str], Sequence[Seen] | None] | None = None,
        *,
        uses: dict[str, tuple[Seen, ...]] | None = None,
        properties: dict[str, Any] | None = None,
        known: Known | None = None,
        recent: Recent | None = None,
        learned: bool = True,
        described: dict[str, Any] | None = None,
    ) -> Checked:
        asked = identified(application, "CN", NOW)
        answers = []
        for kind, key in questions(asked):
            found = (users or {}).get((kind.type, key), ())
            answers.append(None if found is None else tuple(found))
        around = Surroundings(properties, uses or {}, tuple(answers), tuple([described or {}] * len(answers)))
        moment = datetime.fromtimestamp(NOW - 3600, UTC)
        known, recent = known or Known(), recent or Recent()
        behind = background(
            Run(run_id="run-1", as_of=moment, started_at=moment) if learned else None,
            run.learned() if learned else None,
            known,
        )
        return Checked(application, asked, look(asked, around, recent, behind), behind, recent)

    return build


@pytest.fixture
def seen() -> Callable[..., Seen]:
    """seen("x", 40, 10): x, from 40 to 10 days ago."""
    return lambda who, first=10.0, last=0.0: Seen(who, int(NOW - first * DAY), int(NOW - last * DAY))
