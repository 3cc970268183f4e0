"""Why known fraud makes somebody suspicious: whose it is, how many links away, and what each link rests on."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from detectors.common_ground import as_evidence, common_ground, ids_of
from detectors.contract import Context
from detectors.reasons import reason_of
from detectors.spread import Reach
from detectors.taint import Floats, Known
from graph.projection import Ints
from graph.results import Evidence, Reason

LEAST_RISK = 0.001
"""What is less than a tenth of the base rate is nobody's reason."""

EACH = 1
"""Facts that are told of each link: the most telling one."""


class Hint(NamedTuple):
    """How likely somebody is a fraudster by known fraud alone, and why."""

    risk: float
    reason: Reason


class Nearness:
    """Explains the risk of accounts (0 to 1) by what reaches them."""

    def __init__(self, context: Context, said: Known, found: Reach, risk: Floats) -> None:
        self._context, self._said, self._found, self._risk = context, said, found, risk

    def reasons(self) -> dict[str, Hint]:
        """The hint of every applicant who has one, by id, in order of account."""
        people = np.flatnonzero((self._risk >= LEAST_RISK) & self._context.projection.is_applicant)
        ways = self._ways(people[self._said.level[people] == 0])
        risk, names = self._risk[people].tolist(), ids_of(self._context, people)
        return {
            name: Hint(chance, ways.get(one, _JUDGED))
            for one, name, chance in zip(people.tolist(), names, risk, strict=True)
        }

    def _ways(self, people: Ints) -> dict[int, Reason]:
        """Of each of these accounts the reason, with the way from the flag of which most reaches it."""
        found = self._found
        begin, end = (np.searchsorted(found.account, people, side=side) for side in ("left", "right"))
        facts = self._facts(found.source[begin].astype(np.int64), people)
        return {
            one: reason_of(
                "near_fraud", {"steps": steps, "flags": flags, "share": share}, 1.0, tuple(reversed(facts.get(one, ())))
            )
            for one, steps, flags, share in zip(
                people.tolist(),
                found.steps[begin].tolist(),
                (end - begin).tolist(),
                found.amount[begin].tolist(),
                strict=True,
            )
        }

    def _facts(self, source: Ints, people: Ints) -> dict[int, list[Evidence]]:
        """What the links on the way from each person back to his source rest on, in that order."""
        steps = list(self._steps(source, people))
        if not steps:
            return {}
        who, low, high = (np.concatenate([step[at] for step in steps]) for at in range(3))
        link, number = np.unique(np.stack([low, high]), axis=1, return_inverse=True)
        group = np.repeat(np.arange(link.shape[1], dtype=np.int32), 2)
        told = as_evidence(self._context, common_ground(self._context, group, link.T.ravel().astype(np.int32)), EACH)
        facts: dict[int, list[Evidence]] = {}
        for one, at in zip(who.tolist(), number.ravel().tolist(), strict=True):
            facts.setdefault(one, []).extend(told.get(at, ())[:EACH])
        return facts

    def _steps(self, source: Ints, people: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
        """The ways, a step at a time: of whom, and the two ends of the link."""
        found, accounts = self._found, np.int64(len(self._risk))
        pair = found.source * accounts + found.account
        order = np.argsort(pair)
        who, at = people, people
        while len(who):
            before = found.through[order[np.searchsorted(pair, source * accounts + at, sorter=order)]].astype(np.int64)
            yield who, np.minimum(at, before), np.maximum(at, before)
            far = before != source
            who, at, source = who[far], before[far], source[far]


_JUDGED = reason_of("judged_fraud", {}, 1.0)
