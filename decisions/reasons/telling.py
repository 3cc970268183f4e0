"""Reasons put into words, for whoever asks."""

from collections.abc import Iterable
from functools import cache
from string import Formatter

from decisions.features import NOTHING, Features, Value
from decisions.reasons.catalogue import REASONS
from decisions.reasons.model import OWN_FIGURES
from decisions.rules.judgement import Action, Hit, Judgement
from graph.language import Language, Saying

MOST_TOLD = 4
"""More than four reasons help no customer (Regulation B, official interpretation of 12 CFR 1002.9(b)(2))."""

_WEIGHED = Saying(
    ". Rule {rule} of version {version} gave it {points:+d} of 100 points",
    "。规则 {rule}（版本 {version}）计 {points:+d} 分（满分 100）",
)
_ASKED = {
    Action.SCORE: Saying("", ""),
    Action.REVIEW: Saying(" and asked for review by a person", "，并要求人工审核"),
    Action.REJECT: Saying(" and asked for refusal", "，并要求拒绝"),
}
_END = Saying(".", "。")
_LONGEST = 100
_UNTOLD = "–"


def customer_reasons(judgement: Judgement) -> tuple[str, ...]:
    """Codes of at most four reasons against the applicant, the most important first; none where it is approved.

    Rules that forced the outcome come before those that gave points, more points before fewer. What spoke for the
    applicant is no reason, nor is a rule whose points were too mild to matter beside it.
    """
    against = [hit for hit in judgement.hits if hit.points > 0 or hit.action is not Action.SCORE]
    if not judgement.outcome.severity:
        return ()
    against.sort(key=lambda hit: (-hit.action.at_least.severity, -hit.points))  # stable: then as in the file
    return tuple(dict.fromkeys(hit.reason for hit in against))[:MOST_TOLD]


def analyst_text(code: str, features: Features, language: Language) -> str:
    """With the figures; what was not found out is told as 0 or nothing."""
    saying = REASONS[code].analyst
    return saying.say(language, **_figures(_named(saying), features))


def customer_text(code: str, features: Features, language: Language) -> str:
    """Specific and true, without anything of anybody else."""
    return REASONS[code].customer.say(language, **_figures(OWN_FIGURES, features))


def regulator_text(code: str, hits: Iterable[Hit], version: str, language: Language) -> str:
    """Which data was compared with what, by which rules of which version, and how each was weighed."""
    said = [REASONS[code].regulator.say(language)]
    for hit in hits:
        if hit.reason == code:
            said.append(_WEIGHED.say(language, rule=hit.rule, version=version, points=hit.points))
            said.append(_ASKED[hit.action].say(language))
    return "".join([*said, _END.say(language)])


@cache
def _named(saying: Saying) -> frozenset[str]:
    """The features that a sentence names, in any language."""
    return frozenset(name for text in (saying.en, saying.zh) for _, name, _, _ in Formatter().parse(text) if name)


def _figures(names: Iterable[str], features: Features) -> dict[str, Value]:
    """Some of the features, as they are told."""
    return {name: _told(features.get(name), NOTHING[name]) for name in names}


def _told(value: Value | None, nothing: Value) -> Value:
    if isinstance(nothing, float):
        number = value if isinstance(value, int | float) else nothing
        return int(number) if number == number // 1 else number
    text = ", ".join(map(str, value)) if isinstance(value, list) else value
    return text[:_LONGEST] if isinstance(text, str) and text else _UNTOLD
