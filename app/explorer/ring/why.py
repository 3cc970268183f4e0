"""The reasons beside the picture: each with what is usual, and the evidence that it opens, in words.

Apart from the picture, which stays as it is when the language changes. Everything is masked, and is text, never markup.
"""

from typing import Any

from app.telling import fact_words
from graph.language import Language, Saying
from graph.results import Evidence, Ring

_LISTED = 60
"""How many facts are listed under a reason before the rest are counted."""
_OPEN = 3
"""How many of these are seen at once; the rest is folded away."""
_FOLDED = Saying("{facts} more", "还有 {facts} 条")
_MEASURED = Saying("Measured over the whole ring.", "按整个团伙计算。")
_LEFT_OUT = Saying("and {facts} that are not listed", "另有 {facts} 条未列出")


def why(ring: Ring, language: Language) -> dict[str, Any]:
    """The reasons of a ring that is told in this language, as the canvas shows them, the most telling first."""
    heaviest = max((reason.weight for reason in ring.reasons), default=0.0) or 1.0
    reasons = []
    for reason in sorted(ring.reasons, key=lambda item: (-item.weight, item.code)):
        facts = sorted((item for item in ring.evidence if item.code == reason.code), key=_telling)
        reasons.append(
            {
                "code": reason.code,
                "text": reason.text,
                "compared": reason.compared,
                "share": round(reason.weight / heaviest, 3),
                "evidence": [_words(item, language) for item in facts[:_OPEN]],
                "rest": [_words(item, language) for item in facts[_OPEN:_LISTED]],
                "folded": _FOLDED.say(language, facts=len(facts) - _OPEN),
                "left_out": _LEFT_OUT.say(language, facts=len(facts) - _LISTED) if len(facts) > _LISTED else "",
                "unseen": "" if facts else _MEASURED.say(language),
            }
        )
    return {"language": language.value, "reasons": reasons}


def _telling(item: Evidence) -> tuple[float, int]:
    """Puts the most telling fact first, of equal ones the earliest."""
    return -item.weight, item.first_seen or 0


def _words(item: Evidence, language: Language) -> str:
    """The fact in words, and how the identifier is used."""
    return language.text(fact_words(item, language), item.detail)
