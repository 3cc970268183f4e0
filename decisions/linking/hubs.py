"""What each identifier of an application is at this second: who else uses it, what kind of hub that makes it, and what
sharing it is worth.

The kind and the worth are those of the last run; where the identifier has more users by now, its worth is looked up
anew. Two kinds are told at once, for they spare honest people: a phone sold second-hand, and a number given out anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from decisions.linking.identified import Given
from decisions.linking.people import People
from graph.learned import IdentifierLearned, Learned
from graph.store.contract import Seen

ORDINARY, HOUSEHOLD, SECOND_HAND = "ordinary", "household", "second_hand"


@dataclass(frozen=True, slots=True)
class Own:
    """Whose application it is: his id, since when he uses each identifier (by type and key), and his roofs."""

    applicant_id: str
    at: int
    since: dict[tuple[str, str], int]
    roofs: frozenset[int | str]

    def first(self, given: Given) -> int:
        """When he was first seen with an identifier: now, if never before."""
        return min(self.since.get((given.kind.type, given.key), self.at), self.at)


@dataclass(frozen=True, slots=True)
class Hub:
    """An identifier with its other users, of whom nobody is read where they are a `crowd`.

    `users` counts the applicant, too; of a crowd it is the number that the run knew. `worth` is in thousandths of a
    nat; `new`: it became a crowd after the run.
    """

    given: Given
    kind: str
    others: tuple[Seen, ...]
    users: int
    roofs: int
    worth: int
    crowd: bool = False
    new: bool = False


def hub(given: Given, seen: Sequence[Seen] | None, own: Own, people: People, learned: Learned | None) -> Hub:
    """What the identifier is. `seen`: everybody who was seen with it; None if they are a crowd."""
    known = learned.identifier(given.learned, given.key) if learned else None
    if seen is None:
        kind, many = (known.kind, known.users) if known else (ORDINARY, 0)
        new = learned is not None and many <= learned.limits.busiest
        return Hub(given, kind, (), many, many, 0, crowd=True, new=new)
    others = tuple(one for one in seen if one.key != own.applicant_id)
    roofs = 1 + len({people.roof(one.key) for one in others} - own.roofs)
    kind = HOUSEHOLD if roofs == 1 else known.kind if known and known.roofs > 1 else ORDINARY
    if learned and roofs > 1 and _handed_on(given, others, own, learned):
        kind = SECOND_HAND
    worth = _worth(given, roofs, kind, known, learned) if learned and roofs > 1 else 0
    return Hub(given, kind if others else "", others, len(others) + 1, roofs, worth)


def _handed_on(given: Given, others: Sequence[Seen], own: Own, learned: Learned) -> bool:
    """Had few owners one after the other, of whom one had it for long; or was a number, given out anew."""
    limits, first = learned.limits, own.first(given)
    stays = sorted([(one.first or 0, one.last or 0) for one in others] + [(first, own.at)])
    if given.source == "device":
        apart = all(before[1] < after[0] for before, after in pairwise(stays))
        long = max(last - begin for begin, last in stays) >= limits.settled
        return apart and long and len(stays) <= limits.second_hand_users
    return given.source == "phone" and len(stays) == 2 and stays[1][0] - stays[0][0] >= limits.recycled


def _worth(given: Given, roofs: int, kind: str, known: IdentifierLearned | None, learned: Learned) -> int:
    explained = bool(known and known.explained)
    usual = learned.worth(given.learned, roofs, kind, explained=explained)
    if known is None or kind != known.kind:
        return usual
    if roofs == known.roofs:
        return known.worth
    coming = known.worth - learned.worth(given.learned, known.roofs, kind, explained=explained)  # how its users came
    return max(usual + coming, 0) if usual else 0


def together(*lists: Iterable[Seen]) -> tuple[Seen, ...]:
    """Who is in any of the lists, each once, from his first time to his last."""
    found: dict[str, Seen] = {}
    for one in (each for some in lists for each in some):
        other = found.get(one.key)
        if other is not None:
            firsts = [at for at in (one.first, other.first) if at is not None]
            lasts = [at for at in (one.last, other.last) if at is not None]
            one = Seen(one.key, min(firsts, default=None), max(lasts, default=None))  # noqa: PLW2901 (the same person)
        found[one.key] = one
    return tuple(found.values())
