"""The live link check: from an application and what is around it to everything that rules and reasons speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decisions.linking.background import Background
from decisions.linking.fraud import NearFraud, near_fraud
from decisions.linking.hubs import Hub, Own, hub, together
from decisions.linking.identified import Given, Identified
from decisions.linking.links import Link, links
from decisions.linking.people import People
from decisions.linking.rings import Rings, rings
from decisions.linking.velocity import Recent
from graph.ontology import RelationshipKind
from graph.ontology.relationships import HAS_PHONE, LISTS_CONTACT
from graph.store.contract import Seen, Surroundings

MOST_USERS = 60
"""Of an identifier; with more, it is worth nothing, and nobody of it is read."""

FRIEND = "friend"

UNKNOWN = Surroundings(None, {}, (), ())
"""Around an application where the graph does not answer."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the live link check found."""

    asked: Identified
    around: Surroundings
    hubs: tuple[Hub, ...]
    links: tuple[Link, ...]
    rings: Rings
    fraud: NearFraud
    position: int
    score: float


def questions(asked: Identified) -> list[tuple[RelationshipKind, str]]:
    """What to ask the graph for: users of each identifier, and who lists the applicant or is listed by him."""
    return [(one.kind, one.key) for one in asked.given] + list(filter(None, map(_other_way, asked.given)))


def look(asked: Identified, around: Surroundings, recent: Recent, background: Background) -> Look:
    """Link the application. `around`: the answer to its `questions`, or `UNKNOWN`."""
    looker = _Looker(asked, around, recent, background)
    people, learned = looker.people, background.learned
    hubs = tuple(looker.hubs())
    linked = links(hubs, looker.own, people, learned) if learned else ()
    position = people.position(asked.applicant_id)
    return Look(
        asked=asked,
        around=around,
        hubs=tuple(one for one in hubs if one.given.source != FRIEND),
        links=linked,
        rings=rings(position, linked, people),
        fraud=near_fraud(position, linked, background.known.fraud, people, asked.at),
        position=position,
        score=people.score(asked.applicant_id),
    )


class _Looker:
    """One application on its way through the check."""

    def __init__(self, asked: Identified, around: Surroundings, recent: Recent, background: Background) -> None:
        self._asked, self._around, self._recent = asked, around, recent
        self._learned, self._home, self.people = background.learned, background.known.home, People(background)
        asked_for = ((kind.type, key) for kind, key in questions(asked))  # by name: a kind takes long to hash
        self._users = {} if around is UNKNOWN else dict(zip(asked_for, around.users, strict=True))
        self.own = self._whose()

    def _whose(self) -> Own:
        """The applicant with his roofs: the run's, and those of who lives at his address, if it is a family's."""
        since = {
            (type_, one.key): one.first
            for type_, seen in self._around.uses.items()
            for one in seen
            if one.first is not None
        }
        ids = {self._asked.applicant_id, *self._household(), *self._family()}
        return Own(self._asked.applicant_id, self._asked.at, since, frozenset(self.people.roof(one) for one in ids))

    def _household(self) -> Iterator[str]:
        """With whom an analyst has judged him to live."""
        judged = self._home.get(self._asked.applicant_id)
        return iter(()) if judged is None else (one for one, number in self._home.items() if number == judged)

    def _family(self) -> set[str]:
        """Who gave his address, if they are no more than a family."""
        address = self._asked.of("address")
        if address is None or self._learned is None:
            return set()
        family = {one.key for one in self._users.get((address.kind.type, address.key)) or ()}
        return family if len(family | {self._asked.applicant_id}) <= self._learned.limits.home else set()

    def hubs(self) -> Iterator[Hub]:
        """Each identifier as it is now. A listed phone that is an applicant's own joins acquaintances alone."""
        for given in self._asked.given:
            seen, other = self._users.get((given.kind.type, given.key), ()), _other_way(given)
            known = self._users.get((other[0].type, given.key), ()) if other else ()
            if given.kind is LISTS_CONTACT and (known is None or known):
                yield self._hub(given._replace(learned=FRIEND), _both(seen, known))
            else:
                yield self._hub(given, seen)
            if given.kind is HAS_PHONE:
                listed = known and _both(known, seen)  # whoever has the number, too, knows those who list it
                yield self._hub(Given(FRIEND, FRIEND, LISTS_CONTACT, given.key), listed)

    def _hub(self, given: Given, seen: Sequence[Seen] | None) -> Hub:
        came = self._recent.of(given.source, given.key).seen
        everybody = _both(seen, [Seen(one.applicant_id, one.at, one.at) for one in came])
        return hub(given, everybody, self.own, self.people, self._learned)


def _other_way(one: Given) -> tuple[RelationshipKind, str] | None:
    """A phone joins acquaintances, too: his own is listed by others, and one that he lists may be somebody's own."""
    kinds = {HAS_PHONE.type: LISTS_CONTACT, LISTS_CONTACT.type: HAS_PHONE}
    return (kinds[one.kind.type], one.key) if one.kind.type in kinds else None


def _both(one: Sequence[Seen] | None, other: Sequence[Seen] | None) -> tuple[Seen, ...] | None:
    """Everybody in either; None if they are a crowd."""
    if one is None or other is None:
        return None
    seen = together(one, other)
    return None if len(seen) > MOST_USERS else seen
