"""Which evidence is kept where there is more than anybody reads: what connects the members, then the most telling."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from scipy.cluster.hierarchy import DisjointSet

from graph.results import Evidence

EACH = 3
"""Of every reason so many facts are kept at least, so that each opens something."""


def kept(evidence: Sequence[Evidence], most: int) -> tuple[Evidence, ...]:
    """At most so many facts of these (the most telling first), or what it takes to connect whom they all connect."""
    met: Counter[str] = Counter()
    needed = connecting(one.joins for one in evidence)
    for at, one in enumerate(evidence):
        met[one.code] += 1
        needed[at] |= met[one.code] <= EACH
    room = most - sum(needed)
    for at, is_needed in enumerate(needed):
        if room > 0 and not is_needed:
            needed[at], room = True, room - 1
    return tuple(one for one, keep in zip(evidence, needed, strict=True) if keep)


def connecting(facts: Iterable[Iterable[object]]) -> list[bool]:
    """Of each fact whether it connects any of those whom it joins for the first time.

    These facts together connect whom all of them connect, each pair by facts as early in the order as there are.
    """
    found, needed = DisjointSet(), []
    for joined in facts:
        ends = list(joined)
        for end in ends:
            found.add(end)
        apart = found.n_subsets
        for one, other in pairwise(ends):
            found.merge(one, other)
        needed.append(found.n_subsets < apart)
    return needed
