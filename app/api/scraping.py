"""What Prometheus fetches. It is not described with the rest: callers of the API have no use for it."""

from contextlib import suppress

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool

from app.api.lookups import Asked
from app.api.metrics import Metrics
from app.api.scopes import METRICS
from graph.errors import RingfenceError

router = APIRouter(include_in_schema=False)


@router.get(METRICS)
async def metrics(request: Request, asked: Asked) -> Response:
    """Everything counted so far. The age of the run grows on while the store does not answer."""
    counted: Metrics = request.app.state.metrics
    with suppress(RingfenceError):
        run = await asked.published()
        counted.set_run(run.published_at or run.started_at)
    return Response(await run_in_threadpool(counted.exposition), headers={"Content-Type": CONTENT_TYPE_LATEST})
