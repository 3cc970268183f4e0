"""Which ring of the run before a ring is: ids stay while rings live, and every change has a name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from graph.results import Change

RELATED = 0.5
"""A ring goes into another when at least this share of its members is in it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A ring's id, how it changed, and the rings of the run before that it came from."""

    ring_id: str
    change: Change
    previous: tuple[str, ...] = ()


def identify(rings: Sequence[frozenset[str]], before: Mapping[str, frozenset[str]]) -> tuple[list[Identity], list[str]]:
    """The identity of each ring, and the ids of those of the run before that are gone."""
    overlaps = _overlaps(rings, before)
    kept = _kept(rings, before, overlaps)
    taken = set(kept.values())
    sources = [_sources(ring, before, overlap) for ring, overlap in zip(rings, overlaps, strict=True)]
    identities = [
        Identity(
            kept.get(at) or _new_id(ring, set(before)),
            _change(ring, sources[at], before, kept.get(at)),
            tuple(sources[at]),
        )
        for at, ring in enumerate(rings)
    ]
    living = taken | _absorbed(before, overlaps)
    return identities, sorted(set(before) - living)


def _overlaps(rings: Sequence[frozenset[str]], before: Mapping[str, frozenset[str]]) -> list[Counter[str]]:
    """For each ring how many members it has in common with each ring of before."""
    home: dict[str, list[str]] = {}
    for old, members in before.items():
        for member in members:
            home.setdefault(member, []).append(old)
    return [Counter(old for member in ring for old in home.get(member, ())) for ring in rings]


def _kept(
    rings: Sequence[frozenset[str]], before: Mapping[str, frozenset[str]], overlaps: Sequence[Counter[str]]
) -> dict[int, str]:
    """Which rings keep which id: the most alike first (Jaccard), each id once."""
    candidates = sorted(
        (-common / len(rings[at] | before[old]), old, at)
        for at, overlap in enumerate(overlaps)
        for old, common in overlap.items()
        if common >= RELATED * min(len(rings[at]), len(before[old]))
    )
    kept: dict[int, str] = {}
    used: set[str] = set()
    for _, old, at in candidates:
        if at not in kept and old not in used:
            kept[at] = old
            used.add(old)
    return kept


def _sources(ring: frozenset[str], before: Mapping[str, frozenset[str]], overlap: Counter[str]) -> list[str]:
    """Rings of before that went into this one, or that it was part of."""
    return sorted(old for old, common in overlap.items() if common >= RELATED * min(len(ring), len(before[old])))


def _absorbed(before: Mapping[str, frozenset[str]], overlaps: Sequence[Counter[str]]) -> set[str]:
    """Rings of before of which a good part is in one ring."""
    found = (one for overlap in overlaps for one in overlap.items())
    return {old for old, common in found if common >= RELATED * len(before[old])}


def _change(
    ring: frozenset[str], sources: Sequence[str], before: Mapping[str, frozenset[str]], kept: str | None
) -> Change:
    if not sources:
        return Change.NEW
    if kept is None:
        return Change.SPLIT
    if len(sources) > 1:
        return Change.MERGED
    gained, lost = len(ring - before[kept]), len(before[kept] - ring)
    if gained == lost:
        return Change.SAME
    return Change.GROWN if gained > lost else Change.SHRUNK


def _new_id(ring: frozenset[str], used: set[str]) -> str:
    """Made of the members alone: the same ring has it on every store, and has it again when it comes back."""
    text = "\0".join(sorted(ring))
    length = 5
    while (name := f"R-{blake2b(text.encode(), digest_size=length).hexdigest()}") in used:
        length += 1
    return name
