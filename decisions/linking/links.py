"""Links: who shares so much with the applicant that it is no chance, by the same weights as in the nightly run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from decisions.linking.hubs import Hub, Own
from decisions.linking.people import InRing, People
from graph.learned import Learned, LearnedSource
from graph.store.contract import Seen

MILLI = 1000


@dataclass(frozen=True, slots=True)
class Shared:
    """One fact that joins two people: its code, a hub, when the other was seen with it, and its worth (thousandths of a
    nat).
    """

    code: str
    hub: Hub
    seen: Seen
    worth: int


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody who shares with the applicant what is worth enough.

    `weight` in nats; `held`: by two pieces of evidence or a very strong one, without which nobody belongs to a group.
    """

    applicant_id: str
    position: int
    weight: float
    held: bool
    shared: tuple[Shared, ...]
    score: float
    ring: InRing | None


@dataclass(slots=True)
class _Pair:
    """What is shared with one other; what counts as one fact under its family, all else under itself."""

    shared: list[Shared] = field(default_factory=list)
    facts: dict[tuple[str, str], int] = field(default_factory=dict)


def links(hubs: Sequence[Hub], own: Own, people: People, learned: Learned) -> tuple[Link, ...]:
    """The links of the applicant, the strongest first; nobody under his own roof."""
    sources = {source.name: source for source in learned.sources}
    pairs: dict[str, _Pair] = {}
    for one in hubs:
        for shared in _worthy(one, sources[one.given.learned], own, people, learned):
            pair = pairs.setdefault(shared.seen.key, _Pair())
            pair.shared.append(shared)
            fact = _fact(one, sources[one.given.learned])
            pair.facts[fact] = max(pair.facts.get(fact, 0), shared.worth)
    found = (_link(other, pair, people, learned) for other, pair in pairs.items())
    return tuple(sorted(filter(None, found), key=lambda link: (-link.weight, link.applicant_id)))


def _worthy(one: Hub, source: LearnedSource, own: Own, people: People, learned: Learned) -> Iterator[Shared]:
    if not one.worth:
        return
    for seen in one.others:
        if people.roof(seen.key) not in own.roofs:
            worth = _faded(one, seen, source, own, learned)
            if worth:
                yield Shared(source.code, one, seen, worth)


def _faded(one: Hub, seen: Seen, source: LearnedSource, own: Own, learned: Learned) -> int:
    """Less, the longer ago the other left before the applicant came."""
    if not source.fades or seen.first is None or seen.last is None:
        return one.worth
    gap = max(own.first(one.given), seen.first) - min(own.at, seen.last)
    return int(one.worth * 0.5 ** (max(gap, 0) / learned.limits.forgetting))


def _fact(one: Hub, source: LearnedSource) -> tuple[str, str]:
    return (source.family, "") if source.one_fact else (source.name, one.given.key)


def _link(other: str, pair: _Pair, people: People, learned: Learned) -> Link | None:
    limits = learned.limits
    weight = sum(pair.facts.values())
    if weight < limits.link:
        return None
    pieces = sum(2 if worth >= limits.very_strong else 1 for worth in pair.facts.values() if worth >= limits.piece)
    position = people.position(other)
    return Link(
        applicant_id=other,
        position=position,
        weight=weight / MILLI,
        held=pieces >= 2,
        shared=tuple(sorted(pair.shared, key=lambda shared: (-shared.worth, shared.hub.given.key))),
        score=people.score(other),
        ring=people.ring(position),
    )
