"""Rings: the queue and each ring in it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.language import Lang, spoken
from app.api.lookups import Asked
from app.api.models import PathAnswer, RingAnswer, RingsAnswer, RingsQuestion, RunAge
from app.api.paths import ID
from app.api.problems import Problem
from app.evidence_path import evidence_path, told
from app.masking import masked_ring
from app.telling import ring_in, summary_in

router = APIRouter(
    prefix="/v1",
    tags=["rings"],
    responses={
        404: {"model": Problem, "description": "No such ring, member or run"},
        422: {"model": Problem, "description": "The request makes no sense"},
        503: {"model": Problem, "description": "Store down, or no run published yet"},
    },
)
RingId = Annotated[str, Path(examples=["R-7f3a90c1"])]
RunId = Annotated[str | None, Query(description="An earlier run that is still kept")]


@router.get("/rings", summary="The queue of rings")
async def rings(
    question: Annotated[RingsQuestion, Query()], asked: Asked, request: Request, response: Response
) -> RingsAnswer:
    """A page of rings. To read several pages of one run while another may be published, name its `run_id`."""
    page, total, run = await asked.rings(question)
    language = spoken(request, response, question.lang)
    lines = tuple(summary_in(each, language) for each in page)
    return RingsAnswer.model_construct(
        run=RunAge.of(run), total=total, offset=question.offset, limit=question.limit, rings=lines
    )


@router.get(f"/rings/{{ring_id:{ID}}}/path", summary="How two members are tied together")
async def path_of(  # noqa: PLR0913, PLR0917 (each is a parameter of the request)
    ring_id: RingId,
    start: Annotated[str, Query(alias="from", description="A member", examples=["A-000017"])],
    end: Annotated[str, Query(alias="to", description="Another member", examples=["A-000018"])],
    asked: Asked,
    request: Request,
    response: Response,
    run_id: RunId = None,
    lang: Lang = None,
) -> PathAnswer:
    """The shortest way from one member to the other over the evidence, each step in words, identifiers masked."""
    ring, run = await asked.ring(ring_id, run_id)
    language = spoken(request, response, lang)
    steps = told(evidence_path(ring_in(ring, language), start, end), language)
    return PathAnswer.model_construct(run=RunAge.of(run), ring_id=ring.ring_id, steps=steps)


@router.get(f"/rings/{{ring_id:{ID}}}", summary="One ring")
async def ring_of(  # noqa: PLR0913, PLR0917 (each is a parameter of the request)
    ring_id: RingId, asked: Asked, request: Request, response: Response, run_id: RunId = None, lang: Lang = None
) -> RingAnswer:
    """A ring with its members, the reasons in words and the evidence behind them, identifiers masked."""
    ring, run = await asked.ring(ring_id, run_id)
    told_ring = masked_ring(ring_in(ring, spoken(request, response, lang)))
    return RingAnswer.model_construct(**dict(told_ring), run=RunAge.of(run))
