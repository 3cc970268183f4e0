"""What was seen of a node, as lines: the other end, when, how often, and what it weighs in rings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.ring_graph import PER_TYPE
from graph.errors import NotFoundError
from graph.ontology import NodeKind
from graph.results import Evidence, Ring
from graph.store.contract import Neighbourhood, Relationship, Store, Wanted


@dataclass(frozen=True, slots=True)
class Sighting:
    """One relationship of the node that is looked at: its type, the other end, unix times, its own properties."""

    type: str
    kind: str
    key: str
    first: int | None
    last: int | None
    outgoing: bool
    properties: dict[str, str | int]


def read(store: Store, kind: NodeKind, key: str, as_of: int) -> tuple[Neighbourhood, list[Sighting]]:
    """The node's neighbourhood, and what of it was known at `as_of`, the latest first; `NotFoundError` without it."""
    around = store.graph.neighbourhood(kind, key, per_type=PER_TYPE, wanted=Wanted(known_until=as_of))
    if around is None:
        raise NotFoundError("It is no longer in the graph", do="Look at the queue again.")
    lines = (_line(each, (around.centre.kind, around.centre.key)) for each in around.relationships)
    return around, sorted(lines, key=lambda line: (-(line.last or 0), line.type, line.key))


def _line(relationship: Relationship, centre: tuple[str, str]) -> Sighting:
    outgoing = relationship.start == centre
    label, key = relationship.end if outgoing else relationship.start
    values = relationship.properties
    first = _time(values, "first_seen", "ts", "submitted_at")
    last = _time(values, "last_seen", "ts", "submitted_at")
    return Sighting(relationship.kind, label, key, first, last, outgoing, values)


def _time(values: dict[str, str | int], *names: str) -> int | None:
    return next((int(values[name]) for name in names if name in values), None)


def evidence_of(rings: Iterable[Ring], kind: str, key: str) -> list[Evidence]:
    """What rings rest on this node, the weightiest first."""
    found = [item for ring in rings for item in ring.evidence if (item.kind, item.key) == (kind, key)]
    return sorted(found, key=lambda item: (-item.weight, item.code))


def weights(rings: Sequence[Ring], applicant_id: str) -> dict[tuple[str, str], float]:
    """By (kind, key): the most that it weighs in any of the rings as evidence about this applicant."""
    best: dict[tuple[str, str], float] = {}
    for item in (item for ring in rings for item in ring.evidence if applicant_id in item.applicants):
        best[item.kind, item.key] = max(item.weight, best.get((item.kind, item.key), 0.0))
    return best
