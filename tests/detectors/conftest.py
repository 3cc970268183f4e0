"""Small graphs made by hand, and a small world with honest sharing and rings, as projections."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import polars as pl
import pytest

from graph.ontology.nodes import NODE_KINDS, PHONE
from graph.projection import Applications, Observations, Projection, Transfers

DAY = 86_400
START = 1_700_000_000
LABELS = [kind.label for kind in NODE_KINDS if kind.identifier]


def _numbers(keys: pl.Series, values: Iterable[str]) -> np.ndarray:
    position = {key: number for number, key in enumerate(keys)}
    return np.array([position[value] for value in values], np.int32)


@dataclass
class Sketch:
    """Collects facts by name and turns them into a projection."""

    people: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    seen: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    listed: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    asked: list[tuple[str, int, int]] = field(default_factory=list)
    blacklist: list[tuple[str, str, int]] = field(default_factory=list)
    labels: list[tuple[str, str, int] | tuple[str, str, int, str]] = field(default_factory=list)
    """Of whom, which, when, and (if it matters) by whom."""

    def person(self, name: str, created: int = START, amount: int = 500_000, called: str | None = None) -> str:
        self.people[name] = created
        if called:
            self.names[name] = called
        self.asked.append((name, amount, created))
        return name

    def see(self, who: str, label: str, key: str, first: int = START, last: int = START + 60 * DAY) -> None:
        self.seen.append((who, label, key, first, last))

    def tie(self, one: str, other: str, name: str) -> None:
        """Two share a card and a device with nobody else."""
        for who in (one, other):
            self.see(who, "Device", f"device {name}")
            self.see(who, "Card", f"card {name}")

    def row(self, length: int) -> "Sketch":
        """Of a hundred people, each with things of his own, the first few in a row, each tied to the next."""
        for n in range(100):
            who = self.person(f"p{n:03d}")
            self.see(who, "Device", f"device of {who}")
            self.see(who, "Card", f"card of {who}")
        for n in range(length - 1):
            self.tie(f"p{n:03d}", f"p{n + 1:03d}", str(n))
        return self

    def pay(self, source: str, target: str, amount: int, time: int) -> None:
        self.moved.append((f"t{len(self.moved):07d}", source, target, amount, time))

    def projection(self, shuffle: int | None = None) -> Projection:
        """`shuffle`: seed of a permutation of everything that was collected."""
        order = np.random.default_rng(shuffle)
        mixed: Callable[[list], list] = (
            (lambda rows: rows) if shuffle is None else (lambda rows: [rows[i] for i in order.permutation(len(rows))])
        )
        ends = {end for _, source, target, _, _ in self.moved for end in (source, target)}
        accounts = pl.Series("account", sorted(ends | set(self.people)), dtype=pl.String)
        phones = {key for _, label, key, _, _ in self.seen if label == PHONE.label} | {key for _, key in self.listed}
        observations = {}
        for label in LABELS:
            rows = mixed([row for row in self.seen if row[1] == label])
            known = phones if label == PHONE.label else {row[2] for row in rows}
            observations[label] = self._observed(label, accounts, known, [(w, k, f, t) for w, _, k, f, t in rows])
        listed = [(who, key, self.people[who], self.people[who]) for who, key in mixed(self.listed)]
        moved = sorted(mixed(self.moved), key=lambda row: (row[4], row[0]))
        asked = sorted(mixed(self.asked), key=lambda row: (row[0], row[2], row[1]))
        return Projection(
            as_of=START + 180 * DAY,
            accounts=accounts,
            is_applicant=np.array([name in self.people for name in accounts], np.bool_),
            names=pl.Series("name", [self.names.get(name) for name in accounts], dtype=pl.String),
            created_at=np.array([self.people.get(name, -1) for name in accounts], np.int64),
            observations=observations,
            contacts=self._observed(PHONE.label, accounts, phones, listed),
            transfers=Transfers(
                ids=pl.Series("id", [row[0] for row in moved], dtype=pl.String),
                source=_numbers(accounts, (row[1] for row in moved)),
                target=_numbers(accounts, (row[2] for row in moved)),
                amount=np.array([row[3] for row in moved], np.int64),
                time=np.array([row[4] for row in moved], np.int64),
            ),
            applications=Applications(
                applicant=_numbers(accounts, (row[0] for row in asked)),
                amount=np.array([row[1] for row in asked], np.int64),
                time=np.array([row[2] for row in asked], np.int64),
            ),
            blacklist=pl.DataFrame(
                self.blacklist, {"kind": pl.String, "value": pl.String, "listed_at": pl.Int64}, orient="row"
            )
            .with_columns(source=pl.lit("list"))
            .sort(pl.all()),
            labels=pl.DataFrame(
                {
                    "applicant": _numbers(accounts, (row[0] for row in self.labels)),
                    "label": pl.Series([row[1] for row in self.labels], dtype=pl.String),
                    "decided_at": pl.Series([row[2] for row in self.labels], dtype=pl.Int64),
                    "source": pl.Series([row[3] if len(row) > 3 else "review" for row in self.labels], dtype=pl.String),
                }
            ).sort(pl.all()),
            ip_types=pl.Series([None] * len(observations["Ip"].keys), dtype=pl.String),
        )

    def _observed(self, label, accounts, known, rows) -> Observations:
        keys = pl.Series("key", sorted(known), dtype=pl.String)
        applicant = _numbers(accounts, (row[0] for row in rows))
        identifier = _numbers(keys, (row[1] for row in rows))
        first = np.array([row[2] for row in rows], np.int64)
        last = np.array([row[3] for row in rows], np.int64)
        order = np.lexsort((applicant, identifier))
        return Observations(label, keys, applicant[order], identifier[order], first[order], last[order])


def honest(sketch: Sketch, rng: np.random.Generator, homes: int) -> list[str]:
    """Households, offices, cafes, carrier NAT, friends, second-hand phones, shop tablets."""
    people = [who for home in range(homes) for who in household(sketch, rng, home)]
    for n, who in enumerate(people):
        day = START + int(rng.integers(0, 170)) * DAY
        office, cafe = int(rng.integers(0, 1 + len(people) // 30)), int(rng.integers(0, 1 + len(people) // 80))
        for label in ("Wifi", "Ip", "Employer"):
            sketch.see(who, label, f"office-{label}-{office}", START, START + 170 * DAY)
        sketch.see(who, "Wifi", f"cafe-{cafe}", day, day + DAY)
        sketch.see(who, "Ip", f"nat-{n % 5}", START, START + 170 * DAY)
        sketch.pay(f"employer-{office}", who, 800_000, START + 20 * DAY)
        sketch.pay(who, f"merchant-{rng.integers(0, 40)}", int(rng.integers(1_000, 40_000)), day)
        if rng.random() < 0.05:
            sketch.see(who, "Device", f"shop-{n % 2}", day, day + 600)
        befriend(sketch, rng, who, people[int(rng.integers(0, len(people)))], day)
    return people


def household(sketch: Sketch, rng: np.random.Generator, home: int) -> list[str]:
    """People of one address, WiFi and IP; some share a tablet; they list and pay each other."""
    size = int(rng.choice([1, 2, 3, 4, 5], p=[0.3, 0.3, 0.2, 0.15, 0.05]))
    family = [sketch.person(f"h{home:04d}-{n}", START + int(rng.integers(0, 150 * DAY))) for n in range(size)]
    tablet = rng.random() < 0.3
    for n, who in enumerate(family):
        for label in ("Address", "Wifi", "Ip"):
            sketch.see(who, label, f"home-{label}-{home}", START, START + 170 * DAY)
        for label in ("Device", "Phone", "NationalId", "Card"):
            sketch.see(who, label, f"{label}-{who}", START, START + 170 * DAY)
        if tablet:
            sketch.see(who, "Device", f"tablet-{home}", START, START + 100 * DAY)
        relative = family[(n + 1) % size]
        if relative != who:
            sketch.listed.append((who, f"Phone-{relative}"))
            sketch.pay(who, relative, int(rng.integers(5_000, 90_000)), START + int(rng.integers(0, 170 * DAY)))
    return family


def befriend(sketch: Sketch, rng: np.random.Generator, who: str, friend: str, day: int) -> None:
    """A contact and a transfer; now and then the friend buys the old phone."""
    if friend != who:
        sketch.listed.append((who, f"Phone-{friend}"))
        sketch.pay(who, friend, int(rng.integers(1_000, 50_000)), day)
        if rng.random() < 0.05:
            sketch.see(friend, "Device", f"Device-{who}", START + 171 * DAY, START + 179 * DAY)


def farm(sketch: Sketch, rng: np.random.Generator, name: str, size: int = 8) -> list[str]:
    """A device farm: few devices and one WiFi for everybody, within two weeks."""
    start = START + int(rng.integers(20, 120)) * DAY
    ring = [sketch.person(f"{name}-{n}", start + int(rng.integers(0, 14 * DAY))) for n in range(size)]
    for who in ring:
        for device in rng.choice(3, 2, replace=False):
            sketch.see(who, "Device", f"{name}-device-{device}", start, start + 20 * DAY)
        sketch.see(who, "Wifi", f"{name}-wifi", start, start + 20 * DAY)
        sketch.see(who, "Address", f"home-{who}")
        sketch.see(who, "Phone", f"phone-{who}")
    return ring


def careful(sketch: Sketch, rng: np.random.Generator, name: str, size: int = 6) -> list[str]:
    """No shared device: a contact whom all list, cards in twos, money in a circle."""
    ring = [sketch.person(f"{name}-{n}", START + int(rng.integers(0, 90 * DAY))) for n in range(size)]
    start = START + 100 * DAY
    for n, who in enumerate(ring):
        other = ring[(n + 1) % size]
        sketch.see(who, "Device", f"own-{who}")
        sketch.see(who, "Address", f"home-{who}")
        sketch.see(who, "Phone", f"phone-{who}")
        sketch.see(who, "Card", f"{name}-card-{n // 2}", START + 90 * DAY, START + 120 * DAY)
        sketch.listed.append((who, f"{name}-broker"))
        sketch.pay(who, other, 400_000 - 5_000 * n, start + n * DAY // 2)
    return ring


def mules(sketch: Sketch, rng: np.random.Generator, name: str, size: int = 6) -> list[str]:
    """Everybody pays one outside account, which empties itself within hours."""
    ring = [sketch.person(f"{name}-{n}", START + int(rng.integers(0, 90 * DAY))) for n in range(size)]
    for n, who in enumerate(ring):
        sketch.see(who, "Address", f"home-{who}")
        sketch.pay(who, f"{name}-mule", 300_000, START + (100 + n) * DAY)
        sketch.pay(f"{name}-mule", f"{name}-boss", 290_000, START + (100 + n) * DAY + 7_200)
    return ring


def washing(sketch: Sketch, rng: np.random.Generator, name: str, size: int = 5) -> list[str]:
    """Everybody sends everybody a like amount back and forth."""
    ring = [sketch.person(f"{name}-{n}", START + int(rng.integers(0, 90 * DAY))) for n in range(size)]
    for n, who in enumerate(ring):
        sketch.see(who, "Address", f"home-{who}")
        for other in ring[:n]:
            day = START + int(rng.integers(100, 150)) * DAY
            sketch.pay(who, other, 200_000, day)
            sketch.pay(other, who, 198_000, day + 2 * DAY)
    return ring


def recruited(sketch: Sketch, rng: np.random.Generator, name: str, size: int = 8) -> list[str]:
    """Everybody pays one of them a share of the loan within days."""
    ring = [sketch.person(f"{name}-{n}", START + int(rng.integers(0, 90 * DAY))) for n in range(size)]
    for n, who in enumerate(ring):
        sketch.see(who, "Address", f"home-{who}")
        if n:
            asked = sketch.people[who]
            sketch.pay(who, ring[0], int(rng.integers(20_000, 90_000)), asked + int(rng.integers(DAY, 6 * DAY)))
    return ring


def structured(sketch: Sketch, rng: np.random.Generator, name: str, size: int = 6) -> list[str]:
    """Four pay two others, who pay it to two banks: all a little below a limit of 10,000."""
    ring = [sketch.person(f"{name}-{n}", START + int(rng.integers(0, 90 * DAY))) for n in range(size)]
    for who in ring:
        sketch.see(who, "Address", f"home-{who}")
    collectors, banks = ring[:2], [f"{name}-bank-{n}" for n in range(2)]
    ways = [(who, to) for who in ring[2:] for to in collectors] + [(who, to) for who in collectors for to in banks]
    for who, to in ways:
        sketch.pay(who, to, int(rng.integers(910_000, 999_000)), START + int(rng.integers(100, 150)) * DAY)
    return ring


@dataclass(frozen=True)
class World:
    sketch: Sketch
    rings: list[list[str]]
    honest: list[str]

    @property
    def projection(self) -> Projection:
        return self.sketch.projection()


@pytest.fixture(scope="session")
def honest_world() -> World:
    """Honest sharing and nothing else."""
    sketch = Sketch()
    return World(sketch, [], honest(sketch, np.random.default_rng(3), 300))


@pytest.fixture(scope="session")
def small_world() -> World:
    """Honest sharing with rings of six kinds."""
    rng, sketch = np.random.default_rng(7), Sketch()
    people = honest(sketch, rng, 400)
    rings = [farm(sketch, rng, f"farm{n}") for n in range(3)] + [careful(sketch, rng, f"care{n}") for n in range(3)]
    rings += [mules(sketch, rng, "mule"), washing(sketch, rng, "wash")]
    rings += [recruited(sketch, rng, "fan"), structured(sketch, rng, "limit")]
    sketch.labels += [(ring[0], "fraud", START + 120 * DAY) for ring in rings]
    return World(sketch, rings, people)


@pytest.fixture
def sketch() -> Sketch:
    return Sketch()
