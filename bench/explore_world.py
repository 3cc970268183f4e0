"""Stores to measure the explorer on: rings of any size, a queue of many, and an identifier with very many users."""

import random
from datetime import UTC, datetime, timedelta

import polars as pl

from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ontology import NODE_BY_LABEL, RELATIONSHIP_BY_TYPE
from graph.results import Change, Evidence, Member, Part, Reason, Ring, Run
from graph.store.contract import Store

START = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
DAY = 86_400
AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
HUB = "58:41:20:aa:bb:01"
HUB_USER = "A10-00000"
"""A member of the smallest ring."""
RUN = "RUN-BENCH"
SIZES = (10, 100, 500, 2_000)
_SHARED = (
    ("Device", "USED_DEVICE", "shared_device"),
    ("Wifi", "ON_WIFI", "shared_wifi"),
    ("Ip", "FROM_IP", "shared_ip"),
)


def ring_of(nodes: int) -> str:
    """Id of the ring whose picture has this many nodes."""
    return f"R-{nodes:05}-NODES"


def small_ring(number: int) -> str:
    """Id of one of the small rings that fill the queue."""
    return f"R-{number:06}"


def fill(store: Store, *, rings: int, hub_users: int) -> None:
    """Publish a run with `rings` rings, among them one of each of `SIZES`, and an identifier that many have used."""
    made = [_ring(store, nodes) for nodes in SIZES]
    made += [_small(number) for number in range(rings - len(made))]
    _add_hub(store, hub_users)
    run = Run(
        run_id=RUN, as_of=AS_OF, started_at=AS_OF, finished_at=AS_OF + timedelta(minutes=9), rings=len(made),
        applicants=sum(ring.size for ring in made),
    )  # fmt: skip
    rows = [(member.applicant_id, member.score, ring.ring_id, "[]", "[]") for ring in made for member in ring.members]
    names = ["applicant_id", "score", "ring_id", "parts", "reasons"]
    store.runs.publish(run, made, pl.DataFrame(rows, schema=names, orient="row").unique("applicant_id"), keep=1)


def _ring(store: Store, nodes: int) -> Ring:
    """Three applicants for each identifier; everybody has three of them, and pays the next."""
    chance = random.Random(nodes)
    people = [f"A{nodes}-{number:05}" for number in range(nodes - nodes // 4)]
    shared = [(*_SHARED[number % 3], _key(nodes, number)) for number in range(nodes // 4)]
    users: list[set[int]] = [set() for _ in shared]
    for number in range(len(people)):
        near = number * len(shared) // len(people)
        for _ in range(3):
            users[min(max(near + round(chance.gauss(0, 1.5)), 0), len(shared) - 1)].add(number)
    evidence = []
    seen: dict[str, list[tuple[str, str, int, int]]] = {relationship: [] for _, relationship, _ in _SHARED}
    for (label, relationship, code, key), who in zip(shared, users, strict=True):
        first = START + chance.randrange(60) * DAY
        seen[relationship] += [(people[each], key, first, first + 20 * DAY) for each in sorted(who)]
        evidence.append(
            Evidence(code=code, kind=label, key=key, applicants=tuple(people[each] for each in sorted(who)), weight=2.0)
        )
    store.graph.merge(Chunk((_people(people),), (*(_seen(*item) for item in seen.items()), _paid(people))))
    return _told(ring_of(nodes), people, evidence, 10_000_000 + nodes)


def _key(nodes: int, number: int) -> str:
    match number % 3:
        case 0:
            return f"b16de41ce{nodes:05}{number:06}"
        case 1:
            return f"02:00:{nodes % 100:02}:{nodes // 100:02}:{number % 100:02}:{number // 100:02}"
        case _:
            return f"10.{nodes % 250}.{number // 250}.{number % 250}"


def _small(number: int) -> Ring:
    people = [f"Q-{number:06}-{each}" for each in range(3)]
    shared = Evidence(code="shared_device", kind="Device", key=f"5ma11{number:08}", applicants=tuple(people), weight=1)
    return _told(small_ring(number), people, [shared], number * 100)


def _told(ring_id: str, people: list[str], evidence: list[Evidence], loss: int) -> Ring:
    codes = sorted({item.code for item in evidence})
    reasons = tuple(Reason(code=code, text=f"Members share what {code} says.", weight=1.0) for code in codes)
    return Ring(
        ring_id=ring_id, run_id=RUN, score=0.3 + loss % 70 / 100, size=len(people), change=Change.NEW, kind=codes[0],
        headline=reasons[0].text, reasons=reasons, evidence=tuple(evidence), exposure=loss + 100, expected_loss=loss,
        first_seen=START, last_seen=START + 80 * DAY, parts=(Part(name="links", value=0.8),),
        members=tuple(Member(applicant_id=each, score=0.7, role="core") for each in people),
    )  # fmt: skip


def _people(ids: list[str]) -> NodeRows:
    names = [f"Person {each}" for each in ids]
    return NodeRows(
        NODE_BY_LABEL["Applicant"], pl.DataFrame({"key": ids, "name": names, "created_at": [START] * len(ids)})
    )


def _seen(relationship: str, rows: list[tuple[str, str, int, int]]) -> RelationshipRows:
    columns = {"start": pl.String, "end": pl.String, "first_seen": pl.Int64, "last_seen": pl.Int64}
    return RelationshipRows(RELATIONSHIP_BY_TYPE[relationship], pl.DataFrame(rows, schema=columns, orient="row"))


def _paid(people: list[str]) -> RelationshipRows:
    last = len(people) - 1
    rows = {
        "key": [f"T-{each}" for each in people[:last]],
        "start": people[:last],
        "end": people[1:],
        "amount": [100_00 + number for number in range(last)],
        "ts": [START + number % 80 * DAY for number in range(last)],
    }
    return RelationshipRows(RELATIONSHIP_BY_TYPE["TRANSFERRED"], pl.DataFrame(rows))


def _add_hub(store: Store, users: int) -> None:
    """A WiFi that so many have used, and one member of the smallest ring."""
    step = store.graph.chunk_rows
    ids = [f"H-{number:06}" for number in range(users - 1)] + [HUB_USER]
    for at in range(0, users, step):
        part = ids[at : at + step]
        days = [START + number % 60 * DAY for number in range(at, at + len(part))]
        rows = [(each, HUB, day, day + number % DAY) for number, (each, day) in enumerate(zip(part, days, strict=True))]
        store.graph.merge(Chunk((_people(part),), (_seen("ON_WIFI", rows),)))
