"""Rings: the queue and each ring in it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.api.lookups import Asked
from app.api.models import RingAnswer, RingsAnswer, RingsQuestion, RunAge
from app.api.paths import ID
from app.api.problems import Problem
from app.masking import masked_ring

router = APIRouter(
    prefix="/v1",
    tags=["rings"],
    responses={
        401: {"model": Problem, "description": "Key missing or wrong"},
        404: {"model": Problem, "description": "No such ring, or no such run"},
        422: {"model": Problem, "description": "The request makes no sense"},
        503: {"model": Problem, "description": "Store down, or no run published yet"},
    },
)


@router.get("/rings", summary="The queue of rings")
async def rings(question: Annotated[RingsQuestion, Query()], asked: Asked) -> RingsAnswer:
    """A page of rings. To read several pages of one run while another may be published, name its `run_id`."""
    page, total, run = await asked.rings(question)
    return RingsAnswer.model_construct(
        run=RunAge.of(run), total=total, offset=question.offset, limit=question.limit, rings=tuple(page)
    )


@router.get(f"/rings/{{ring_id:{ID}}}", summary="One ring")
async def ring_of(
    ring_id: Annotated[str, Path(examples=["R-7f3a90c1"])],
    asked: Asked,
    run_id: Annotated[str | None, Query(description="An earlier run that is still kept")] = None,
) -> RingAnswer:
    """A ring with its members, the reasons in words and the evidence behind them, identifiers masked."""
    ring, run = await asked.ring(ring_id, run_id)
    return RingAnswer.model_construct(**dict(masked_ring(ring)), run=RunAge.of(run))
