"""Probes for whoever watches the server; they need no key and tell nothing of anybody."""

from fastapi import APIRouter

from app.api.lookups import Asked
from app.api.models import Alive, Ready, RunAge
from app.api.problems import Problem

router = APIRouter(tags=["probes"])


@router.head("/health", include_in_schema=False)
@router.get("/health", summary="Does the process live?")
async def health() -> Alive:
    """Answers as long as the process does, whatever the store does."""
    return Alive()


@router.head("/ready", include_in_schema=False)
@router.get(
    "/ready",
    summary="Can it answer?",
    responses={503: {"model": Problem, "description": "What is missing: the store or a published run"}},
)
async def ready(asked: Asked) -> Ready:
    """Answers once the store does and a run is published."""
    return Ready(run=RunAge.of(await asked.ready()))
