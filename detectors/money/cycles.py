"""Cycles: money that comes back to where it started, in the order of time, a little less at each step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.contract import Context, Finding
from detectors.grouping import components, ranges, searched
from detectors.keeping import kept
from detectors.money.evidence import transfer_evidence
from detectors.money.flows import Flows, by_receiver
from graph.projection import Ints, Mask

SHORTEST, LONGEST = 3, 6
WINDOW = 21 * 86_400
LEAST_KEPT, MOST_KEPT = 0.7, 1.02
"""What is passed on of what was received: a fee may stay behind, nothing is added."""

POT_WINDOW = 3 * 86_400
POT = 2.5
"""Who receives so many times what he passes on does not pass money through: he drew the pot of a savings circle."""

BRANCHES = 12
"""Of each step's possible continuations only the earliest are followed, so that the work stays bounded."""

MOST_PATHS = 4_000_000
LARGEST = 100
EVIDENCE = 60
CODE = "transfer_cycle"

Paths = npt.NDArray[np.int64]


class Cycles:
    """Money that goes round in a circle of three to six people within three weeks, each step later than the last."""

    name = "cycles"

    def find(self, context: Context) -> Iterator[Finding]:
        """One finding for cycles that people join; one for each cycle where they would be too many."""
        cycles = _fastest(context)
        for together in _joined(cycles):
            people = np.unique([person for cycle in together for person in cycle.people])
            for chosen in [together] if len(people) <= LARGEST else [[cycle] for cycle in together]:
                yield _finding(self.name, context, chosen)


@dataclass(frozen=True, slots=True)
class _Cycle:
    """`people`: account numbers, sorted; `path`: places of its transfers in the flows, in order of time."""

    people: tuple[int, ...]
    path: tuple[int, ...]
    score: float


def _fastest(context: Context) -> list[_Cycle]:
    """Of each set of people of two homes or more the fastest cycle, in order of people."""
    money, best = context.flows, dict[tuple[int, ...], tuple[int, tuple[int, ...]]]()
    for path in (tuple(path) for paths in _cycles(money) for path in paths.tolist()):
        people = tuple(sorted(int(money.source[edge]) for edge in path))
        took = int(money.time[path[-1]] - money.time[path[0]])
        best[people] = min(best.get(people, (took, path)), (took, path))
    return [
        _Cycle(people, path, _score(money, path))
        for people, (_, path) in sorted(best.items())
        if _apart(context, people)
    ]


def _apart(context: Context, people: Sequence[int]) -> bool:
    """Do applicants of two homes or more take part?"""
    return len({context.roof[one] for one in people if context.projection.is_applicant[one]}) > 1


def _score(money: Flows, path: Sequence[int]) -> float:
    """Longer cycles in which little stays behind are less likely to be chance."""
    kept = money.amount[path[-1]] / max(int(money.amount[path[0]]), 1)
    return min(0.3 + 0.1 * len(path), 0.8) * min(float(kept), 1.0)


def _joined(cycles: Sequence[_Cycle]) -> list[list[_Cycle]]:
    """Cycles that have people in common, together."""
    if not cycles:
        return []
    low = np.array([cycle.people[0] for cycle in cycles for _ in cycle.people], np.int32)
    group, member = components(low, np.array([person for cycle in cycles for person in cycle.people], np.int32))
    found: dict[int, list[_Cycle]] = {}
    for cycle in cycles:
        found.setdefault(int(group[np.searchsorted(member, cycle.people[0])]), []).append(cycle)
    return list(found.values())


def _finding(name: str, context: Context, cycles: Sequence[_Cycle]) -> Finding:
    """Cycles that support each other score more than the best of them."""
    people = np.unique([person for cycle in cycles for person in cycle.people]).astype(np.int32)
    edges = dict.fromkeys(edge for cycle in cycles for edge in cycle.path)
    evidence = transfer_evidence(context, CODE, context.flows.row[list(edges)])
    best = max(cycle.score for cycle in cycles)
    return Finding(
        name,
        CODE,
        people[context.projection.is_applicant[people]],
        round(best + (0.95 - best) * (1 - 0.8 ** (len(cycles) - 1)), 6),
        kept(evidence, EVIDENCE),
    )


def _cycles(money: Flows) -> Iterator[Paths]:
    """Closed paths of each length: rows of places in `money`, the earliest transfer first."""
    if not len(money.row):
        return
    base = int(money.time.min())
    stride = int(money.time.max()) - base + WINDOW + 2
    place = money.source.astype(np.int64) * stride + (money.time - base)
    paths, received = by_receiver(money)[:, None], _received(money)
    for length in range(2, LONGEST + 1):
        paths = _extended(money, place, stride, base, paths)
        closed = money.target[paths[:, -1]] == money.source[paths[:, 0]]
        if length >= SHORTEST:
            yield paths[closed][_passed_through(money, received, paths[closed])]
        paths = paths[~closed][:MOST_PATHS]


class _Received(NamedTuple):
    """Transfers by receiver and time: `arrival` (target times `stride`, and the time since `base`), sorted; `total`:
    the sum of all amounts before each, one more at the end.
    """

    base: int
    stride: int
    arrival: Ints
    total: Ints


def _received(money: Flows) -> _Received:
    base = int(money.time.min()) - POT_WINDOW
    stride = int(money.time.max()) - base + 1
    order = by_receiver(money)
    arrival = money.target[order].astype(np.int64) * stride + (money.time[order] - base)
    return _Received(base, stride, arrival, np.concatenate([[0], np.cumsum(money.amount[order])]))


def _passed_through(money: Flows, received: _Received, paths: Paths) -> Mask:
    """Which paths lose something on the way, and have no step before which its sender received a pot of others' money
    beside what he passes on: what comes round to the last cent is the agreed sum of a savings circle.
    """
    before, after = paths[:, :-1], paths[:, 1:]
    here = money.target[before].astype(np.int64) * received.stride - received.base
    begin = np.searchsorted(received.arrival, here + money.time[before] - POT_WINDOW, side="left")
    end = np.searchsorted(received.arrival, here + money.time[after], side="right")
    pot = received.total[end] - received.total[begin] > POT * money.amount[after]
    lost = money.amount[paths[:, -1]] < money.amount[paths[:, 0]]
    return np.asarray(lost & ~pot.any(axis=1))


def _extended(money: Flows, place: Ints, stride: int, base: int, paths: Paths) -> Paths:
    """Every path with each of its next steps: later, within the window, of a like amount, to somebody new."""
    last, first = paths[:, -1], paths[:, 0]
    here = money.target[last].astype(np.int64) * stride
    begin = searched(place, here + (money.time[last] - base), "right")
    end = searched(place, here + (money.time[first] - base) + WINDOW, "right")
    count = np.clip(end - begin, 0, BRANCHES)
    path = np.repeat(np.arange(len(paths)), count)
    step = ranges(begin, count)
    kept = money.amount[step] / np.maximum(money.amount[last[path]], 1)
    fits = (kept >= LEAST_KEPT) & (kept <= MOST_KEPT)
    for column in range(1, paths.shape[1]):
        fits &= money.target[step] != money.source[paths[path, column]]
    return np.column_stack([paths[path[fits]], step[fits]])
