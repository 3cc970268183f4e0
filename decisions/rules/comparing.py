"""What other rules would have changed: shadow rules beside the live ones, or new rules over past decisions."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from decisions.features import Features
from decisions.outcome import Outcome

if TYPE_CHECKING:
    from decisions.rules.ruleset import Rules

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """A past decision: its features are the graph as it was, `snoozed` the rules that slept for it."""

    decision_id: str
    at: datetime
    features: Features
    outcome: Outcome
    rules: tuple[str, ...]
    snoozed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """One decision as it was made, and as other rules would have made it; with the rules that held."""

    decision_id: str
    at: datetime
    live: Outcome
    other: Outcome
    live_rules: tuple[str, ...]
    other_rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """How often a rule held in each, and how often only one of them had it where the outcomes differ."""

    rule: str
    live: int
    other: int
    changed: int


@dataclass(slots=True)
class Changes:
    """`moves`: decisions by outcome before and after. `examples`: the latest few of each move that is a change."""

    decisions: int = 0
    moves: Counter[tuple[Outcome, Outcome]] = field(default_factory=Counter)
    examples: dict[tuple[Outcome, Outcome], list[Compared]] = field(default_factory=dict)
    rules: list[RuleChange] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """Decisions with another outcome."""
        return sum(count for (live, other), count in self.moves.items() if live is not other)

    @property
    def harsher(self) -> int:
        """Those of them that are less mild than before."""
        return sum(count for (live, other), count in self.moves.items() if other.severity > live.severity)


def compare(decisions: Iterable[Compared]) -> Changes:
    """Count what differs. Reads the decisions once; memory grows with the number of rules alone."""
    changes = Changes()
    live, other, moved = Counter[str](), Counter[str](), Counter[str]()
    latest: dict[tuple[Outcome, Outcome], list[tuple[datetime, str, Compared]]] = {}
    for each in decisions:
        move = (each.live, each.other)
        changes.decisions += 1
        changes.moves[move] += 1
        live.update(each.live_rules)
        other.update(each.other_rules)
        if each.live is not each.other:
            moved.update(set(each.live_rules) ^ set(each.other_rules))
            _remember(latest.setdefault(move, []), each)
    names = sorted(live.keys() | other.keys(), key=lambda name: (-moved[name], name))
    changes.rules = [RuleChange(name, live[name], other[name], moved[name]) for name in names]
    changes.examples = {move: [entry[-1] for entry in sorted(heap, reverse=True)] for move, heap in latest.items()}
    return changes


def replay(past: Iterable[Decided], rules: "Rules") -> Iterator[Compared]:
    """What these rules say of past decisions, one after the other."""
    for each in past:
        judged = rules.judge(each.features, each.snoozed)
        yield Compared(each.decision_id, each.at, each.outcome, judged.outcome, each.rules, judged.rules)


def _remember(heap: list[tuple[datetime, str, Compared]], each: Compared) -> None:
    entry = (each.at, each.decision_id, each)
    if len(heap) < EXAMPLES:
        heapq.heappush(heap, entry)
    elif entry[:2] > heap[0][:2]:
        heapq.heapreplace(heap, entry)
