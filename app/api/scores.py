"""Scores: what the decision engine asks while an applicant waits."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.api.language import Lang, spoken
from app.api.lookups import Asked
from app.api.models import RunAge, ScoreAnswer, ScoresAnswer, ScoresQuestion, Unknown
from app.api.paths import ID
from app.api.problems import Problem
from app.masking import masked_score
from app.telling import score_in

router = APIRouter(
    prefix="/v1",
    tags=["scores"],
    responses={
        422: {"model": Problem, "description": "The request makes no sense"},
        503: {"model": Problem, "description": "Store down, or no run published yet"},
    },
)
ApplicantId = Annotated[str, Path(description="The lender's id, percent-encoded", examples=["A-000017"])]


@router.get(
    f"/scores/{{applicant_id:{ID}}}",
    summary="Score of one applicant",
    responses={404: {"model": Problem, "description": "No applicant has this id"}},
)
async def score_of(
    applicant_id: ApplicantId, asked: Asked, request: Request, response: Response, lang: Lang = None
) -> ScoreAnswer:
    """How suspicious the applicant is, with the parts of the score, the ring, the reasons, and how old all that is.

    Every error carries `recommendation: review`: an applicant about whom nothing can be said is not an honest one.
    """
    score, run = await asked.score(applicant_id)
    told = masked_score(score_in(score, spoken(request, response, lang)))
    return ScoreAnswer.model_construct(**dict(told), run=RunAge.of(run))


@router.post(
    "/scores:lookup",
    summary="Scores of many applicants",
    responses={413: {"model": Problem, "description": "The body is too large"}},
)
async def scores_of(
    question: ScoresQuestion, asked: Asked, request: Request, response: Response, lang: Lang = None
) -> ScoresAnswer:
    """Scores of all those who are known, and the ids that no applicant has."""
    ids = tuple(dict.fromkeys(question.applicant_ids))
    scores, run = await asked.scores(ids)
    language = spoken(request, response, lang)
    return ScoresAnswer.model_construct(
        run=RunAge.of(run),
        scores=tuple(masked_score(score_in(scores[each], language)) for each in ids if each in scores),
        unknown=tuple(Unknown(applicant_id=each) for each in ids if each not in scores),
    )
