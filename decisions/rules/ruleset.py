"""All rules of one version, ready to judge."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import localcontext
from functools import cached_property

from decisions.features import NOTHING, Features
from decisions.outcome import Outcome
from decisions.rules.conditions import ARITHMETIC, FailedError
from decisions.rules.judgement import LIMITED, Hit, Judgement, Points
from decisions.rules.model import Rule, Thresholds

_ABSENT = object()
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rules:
    """One version of the rules. `digest` is that of `text`; `known`: all words of `purpose` and `channel`, if told."""

    version: str
    digest: str
    text: str
    thresholds: Thresholds
    known: Mapping[str, frozenset[str]]
    rules: tuple[Rule, ...]

    @cached_property
    def by_name(self) -> dict[str, Rule]:
        """Rules, those that are not enabled included."""
        return {rule.name: rule for rule in self.rules}

    @cached_property
    def _awake(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.enabled)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted(frozenset[str]().union(*(rule.when.names for rule in self._awake))))

    def judge(self, features: Features, snoozed: Collection[str] = _NOBODY) -> Judgement:
        """Judge an application by its features; `snoozed` are the rules that sleep for it. Never raises for values."""
        unknown = self._unknown(features)
        if unknown:
            features = {**features, "missing": [*_listed(features.get("missing")), *unknown]}
        hits, asleep, failed = self._evaluate(features, snoozed)
        total = sum([hit.points for hit in hits])
        points = min(100, max(0, total))
        parts = [Points(hit.rule, hit.points) for hit in hits if hit.points]
        if points != total:
            parts.append(Points(LIMITED, points - total))
        outcome = max(
            [self.thresholds.outcome(points), *(hit.action.at_least for hit in hits)], key=lambda each: _SEVERITY[each]
        )
        missing = (*unknown, *(f"rule:{name}" for name in failed))
        return Judgement(self.version, self.digest, outcome, points, tuple(parts), tuple(hits), tuple(asleep), missing)

    def _evaluate(self, features: Features, snoozed: Collection[str]) -> tuple[list[Hit], list[str], list[str]]:
        """The rules that hold, those of them that sleep, and those that failed.

        Of most applications most is as at rest; a rule that looks at nothing else need not be evaluated again.
        """
        stirring = {name for name in self._names if _differs(features.get(name, _ABSENT), NOTHING[name])}
        hits, asleep, failed = [], [], []
        with localcontext(ARITHMETIC):
            for rule in self._awake:
                when = rule.when
                holds = when.at_rest
                if holds is None or not stirring.isdisjoint(when.names):
                    try:
                        holds = when.holds(features)
                    except FailedError:
                        failed.append(rule.name)
                        continue
                if not holds:
                    continue
                if rule.name in snoozed:
                    asleep.append(rule.name)
                else:
                    hits.append(rule.hit)
        return hits, asleep, failed

    def _unknown(self, features: Features) -> list[str]:
        """Which of purpose and channel have a word that the file does not list."""
        return [
            f"unknown_{name}"
            for name, words in self.known.items()
            if (word := features.get(name)) and str(word).strip().casefold() not in words
        ]


_SEVERITY = {outcome: outcome.severity for outcome in Outcome}


def _differs(value: object, rest: object) -> bool:
    return type(value) is not type(rest) or value != rest


def _listed(value: object) -> list[str]:
    return value if isinstance(value, list) else []
