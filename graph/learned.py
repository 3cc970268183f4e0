"""What a run has learned, as far as a decision needs it while the applicant waits: looked up, never computed again.

Worth is in thousandths of a nat. A position is a place in the arrays of `People`; it holds for this run alone.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.packed import pack, unpack
from graph.projection import Index, Ints, Mask
from graph.stable_hash import Hashes, hash_of, hashes_of

FORMAT = 1

PEOPLE = "applicant"
"""What ids of applicants are hashed as; identifiers are hashed as their source."""

_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LearnedSource:
    """One way of sharing. `one_fact`: several identifiers of its family count once, as the most worth of them; `fades`:
    it is worth the less, the farther two uses are apart in time.
    """

    name: str
    label: str
    code: str
    family: str
    one_fact: bool
    fades: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """From what worth on something counts.

    `piece`: evidence is a piece of its own; `very_strong`: one piece is enough, as two are; `link`: two people are
    linked. An identifier that joins more than `busiest` roofs is worth nothing. At most `home` people at one address
    are a family. What fades loses half of its worth in `forgetting` seconds. A device of at most `second_hand_users`,
    one after the other, of whom one had it for `settled` seconds, was sold; a number that a second person has
    `recycled` seconds later was given out anew. A listed identifier of more than `listed` users taints nobody.
    """

    piece: int
    very_strong: int
    link: int
    busiest: int
    home: int
    forgetting: int
    second_hand_users: int
    settled: int
    recycled: int
    listed: int


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Everything that two applicants or more shared, in order of `hash` (of source and key).

    `kind`: number in `Learned.kinds`; `explained`: whether its users live, study or work together anyway.
    """

    hash: Hashes
    kind: npt.NDArray[np.uint8]
    users: Index
    roofs: Index
    worth: Index
    explained: Mask


@dataclass(frozen=True, slots=True)
class People:
    """Those of whom something is known (a score, a link, or somebody else under the roof), in order of `hash`.

    `roof`: same number, same home; `ring`: position in `Rings` of the highest-scored ring that he is in, or -1.
    """

    hash: Hashes
    roof: Index
    score: _Floats
    ring: Index


@dataclass(frozen=True, slots=True)
class Rings:
    """The living rings, the highest score first."""

    score: _Floats
    size: Index


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Links of each position, both ways: those from `start[position]` to `start[position + 1]`. `weight` in nats."""

    start: Ints
    other: Index
    weight: _Floats


@dataclass(frozen=True, slots=True)
class IdentifierLearned:
    """One shared identifier. `worth` is that of the run: with how closely in time its users came."""

    kind: str
    users: int
    roofs: int
    worth: int
    explained: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """Everything at once; made by `detectors/learning.py`, read by `from_bytes`.

    `sources` and `kinds`: what the numbers stand for; `ring_ids`: by position in `Rings`; `usual`: by source, kind,
    explained (0 or 1) and roofs (the last: more than `limits.busiest`) what sharing is worth, however the users came.
    """

    sources: tuple[LearnedSource, ...]
    kinds: tuple[str, ...]
    limits: Limits
    ring_ids: tuple[str, ...]
    identifiers: Identifiers
    usual: Index
    people: People
    rings: Rings
    links: Neighbours

    def identifier(self, source: str, key: str) -> IdentifierLearned | None:
        """What is known of an identifier (canonical key) that was shared; None if it was not."""
        known = self.identifiers
        at = _place(known.hash, hash_of(source, key))
        if at < 0:
            return None
        return IdentifierLearned(
            self.kinds[known.kind[at]],
            int(known.users[at]),
            int(known.roofs[at]),
            int(known.worth[at]),
            bool(known.explained[at]),
        )

    def identifier_positions(self, source: str, keys: pl.Series) -> Ints:
        """Positions in `identifiers` of many keys of a source; -1 for those that were not shared."""
        return _places(self.identifiers.hash, hashes_of(source, keys))

    def worth(self, source: str, roofs: int, kind: str, *, explained: bool) -> int:
        """What sharing is worth that joins so many roofs now, however closely in time the users came."""
        number = [one.name for one in self.sources].index(source)
        return int(self.usual[number, self.kinds.index(kind), int(explained), min(roofs, self.limits.busiest + 1)])

    def person(self, applicant_id: str) -> int:
        """The position of an applicant; -1 if nothing is known: no score, no link, alone under the roof."""
        return _place(self.people.hash, hash_of(PEOPLE, applicant_id))

    def positions(self, applicant_ids: pl.Series) -> Ints:
        """The positions of many applicants, -1 for those of whom nothing is known."""
        return _places(self.people.hash, hashes_of(PEOPLE, applicant_ids))

    def linked(self, position: int) -> tuple[Index, _Floats]:
        """Who is linked with somebody, in order of position, and the weight of each link."""
        rows = slice(self.links.start[position], self.links.start[position + 1])
        return self.links.other[rows], self.links.weight[rows]

    def within_two(self, positions: Iterable[int]) -> Ints:
        """Positions within two links of any of these (none of them -1), sorted, without themselves."""
        begin = set(positions)
        near = self._linked_with(begin)
        return np.array(sorted((near | self._linked_with(near)) - begin), np.int64)

    def _linked_with(self, positions: set[int]) -> set[int]:
        found: set[int] = set()
        return found.union(*(self.linked(each)[0].tolist() for each in positions))

    def to_bytes(self) -> bytes:
        """All of it; the same for the same run."""
        said = {
            "sources": [asdict(one) for one in self.sources],
            "kinds": self.kinds,
            "limits": asdict(self.limits),
            "ring_ids": self.ring_ids,
        }
        tables = {name: getattr(self, name) for name in _TABLES}
        arrays = {
            f"{name}.{each.name}": getattr(table, each.name) for name, table in tables.items() for each in fields(table)
        }
        return pack(FORMAT, said, arrays | {"usual": self.usual})

    @classmethod
    def from_bytes(cls, packed: bytes | memoryview) -> Self:
        """What `to_bytes` gave; the arrays read from `packed`, so that nothing is copied.

        Raises `ConfigurationError` where another version wrote them, `BadInputError` where they are not whole.
        """
        said, arrays = unpack(FORMAT, packed)
        tables: dict[str, Any] = {
            name: table(**{each.name: arrays[f"{name}.{each.name}"] for each in fields(table)})
            for name, table in _TABLES.items()
        }
        return cls(
            sources=tuple(LearnedSource(**one) for one in said["sources"]),
            kinds=tuple(said["kinds"]),
            limits=Limits(**said["limits"]),
            ring_ids=tuple(said["ring_ids"]),
            usual=arrays["usual"],
            **tables,
        )


_TABLES = {"identifiers": Identifiers, "people": People, "rings": Rings, "links": Neighbours}


def _place(hashes: Hashes, one: np.uint64) -> int:
    at = int(hashes.searchsorted(one))
    return at if at < len(hashes) and hashes[at] == one else -1


def _places(hashes: Hashes, asked: Hashes) -> Ints:
    at = np.searchsorted(hashes, asked)
    found = np.zeros(len(asked), np.bool_)
    inside = at < len(hashes)
    found[inside] = hashes[at[inside]] == asked[inside]
    return np.where(found, at, -1)
