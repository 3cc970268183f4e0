"""Results in another language than the one they were stored in. English is what was told when the run was published.

What cannot be told in the other language stays as it was stored: results of older runs, which have no figures.
"""

from collections.abc import Iterable, Mapping

from app.masking import masked_evidence
from app.plain_text import shortened
from detectors.evidence_sentences import evidence_sentence, hub_detail
from detectors.sentences import APPLICANT_PARTS, PARTS, comparison, part_detail, reason_text
from graph.language import Language, Saying
from graph.results import ApplicantScore, Evidence, Part, Reason, Ring, RingSummary

_ID = 40
"""No id is drawn out longer than this in a sentence."""


def ring_in(ring: Ring, language: Language) -> Ring:
    """The ring with its headline, reasons, parts and evidence in this language."""
    if language is Language.EN:
        return ring
    return ring.model_copy(
        update={
            "headline": _headline(ring, language),
            "parts": _parts(PARTS, ring.parts, language),
            "reasons": _reasons(ring.reasons, language),
            "evidence": tuple(_evidence(each, language) for each in ring.evidence),
        }
    )


def summary_in(ring: RingSummary, language: Language) -> RingSummary:
    """The line of the queue with its headline in this language."""
    return ring if language is Language.EN else ring.model_copy(update={"headline": _headline(ring, language)})


def score_in(score: ApplicantScore, language: Language) -> ApplicantScore:
    """The score with its parts and reasons in this language."""
    if language is Language.EN:
        return score
    parts = _parts(APPLICANT_PARTS, score.parts, language)
    return score.model_copy(update={"parts": parts, "reasons": _reasons(score.reasons, language)})


def fact_words(item: Evidence, language: Language, people: Iterable[str] = ()) -> str:
    """A fact in one sentence, told of these people, or of all whom it is about; masked, and no id drawn out long."""
    masked = masked_evidence(item)
    names = ("key", "payer", "payee")
    short = {name: shortened(getattr(masked, name), _ID) for name in names}
    applicants = tuple(shortened(who, _ID) for who in masked.applicants)
    told_of = tuple(shortened(who, _ID) for who in people)
    return evidence_sentence(masked.model_copy(update={**short, "applicants": applicants}), language, told_of)


def _headline(ring: RingSummary, language: Language) -> str:
    return reason_text(ring.kind, ring.headline_figures, language) or ring.headline


def _reasons(reasons: Iterable[Reason], language: Language) -> tuple[Reason, ...]:
    return tuple(
        each.model_copy(
            update={
                "text": reason_text(each.code, each.figures, language) or each.text,
                "compared": comparison(each.code, each.figures, language) or each.compared,
                "evidence": tuple(_evidence(item, language) for item in each.evidence),
            }
        )
        for each in reasons
    )


def _parts(sayings: Mapping[str, Saying], parts: Iterable[Part], language: Language) -> tuple[Part, ...]:
    return tuple(
        each.model_copy(update={"detail": part_detail(sayings, each.name, each.figures, language) or each.detail})
        for each in parts
    )


def _evidence(item: Evidence, language: Language) -> Evidence:
    return item.model_copy(update={"detail": hub_detail(item.hub, item.figures, language) or item.detail})
