"""Decisions: the decision engine asks while the applicant waits, and anybody with the right asks again later."""

from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from app.api.decision_models import DecisionAnswer, DecisionLine, DecisionsAnswer
from app.api.errors import UnknownDecisionError
from app.api.language import Lang, spoken
from app.api.lazily import Lazily
from app.api.metrics import Metrics
from app.api.problems import Problem
from app.deciding.opening import Desk
from app.deciding.service import Made, made_of
from app.masking import masked_key
from decisions.application import Application
from decisions.log.finding import Wanted
from decisions.log.record import Decision
from decisions.outcome import Outcome
from graph.language import Language

router = APIRouter(
    prefix="/v1/decisions",
    tags=["decisions"],
    responses={
        422: {"model": Problem, "description": "The request makes no sense"},
        503: {"model": Problem, "description": "The decision log is down"},
    },
)
MOST_LINES = 200
BIGGEST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exact."""


async def _desk(request: Request) -> Desk:
    desk: Lazily[Desk] = request.app.state.desk
    return await run_in_threadpool(desk.get) if desk.opened is None else desk.opened


AtDesk = Annotated[Desk, Depends(_desk)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="The same key with the same request gets the same decision, however often it is sent",
    ),
]


@router.post(
    "",
    summary="Decide on an application",
    response_model=DecisionAnswer,
    responses={409: {"model": Problem, "description": "The idempotency key came before, with another request"}},
)
async def decide(  # noqa: PLR0913 (what a request may say)
    application: Application,
    *,
    desk: AtDesk,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
    dry_run: Annotated[bool, Query(description="Decide, but keep nothing")] = False,
    lang: Lang = None,
) -> Response:
    """Link the application with the graph as it is this second, judge it, keep the decision, and say why.

    Whatever is missing (half of the application, the graph, the last run) is named in `missing`; the answer still comes
    in time, and its outcome is then the safe one. Send an `Idempotency-Key` to be able to send a request again.
    """
    language = spoken(request, response, lang)
    made = await desk.decisions.decide(application, dry_run=dry_run, idempotency_key=idempotency_key)
    _count(request.app.state.metrics, made)
    return _answer(made, language, response)


@router.get(
    "/{decision_id}",
    summary="One decision, as it was made",
    response_model=DecisionAnswer,
    responses={404: {"model": Problem, "description": "No decision has this id"}},
)
async def decision(
    decision_id: Annotated[str, Path(max_length=200)],
    desk: AtDesk,
    request: Request,
    response: Response,
    lang: Lang = None,
) -> Response:
    """The decision in the words of its day: its inputs, reasons and versions as they were then."""
    found = await run_in_threadpool(desk.log.decision, decision_id)
    if found is None:
        raise UnknownDecisionError
    return _answer(made_of(found), spoken(request, response, lang), response)


@router.get("", summary="Decisions, the newest first")
async def decisions(  # noqa: PLR0913 (what a request may say)
    *,
    desk: AtDesk,
    applicant_id: Annotated[str | None, Query(max_length=1000)] = None,
    application_id: Annotated[str | None, Query(max_length=1000)] = None,
    ring_id: Annotated[str | None, Query(max_length=1000, description="Touched by the application")] = None,
    rule: Annotated[str | None, Query(max_length=1000, description="Held")] = None,
    outcome: Annotated[Outcome | None, Query()] = None,
    before: Annotated[int | None, Query(ge=1, le=BIGGEST, description="As the page before says")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_LINES)] = 50,
) -> DecisionsAnswer:
    """Decisions by applicant, application, ring, rule or outcome."""
    wanted = Wanted(applicant_id, application_id, ring_id, rule, outcome)
    page = await run_in_threadpool(lambda: desk.log.find(wanted, before=before, limit=limit))
    return DecisionsAnswer.model_construct(decisions=tuple(map(_line, page.decisions)), before=page.before)


def _count(metrics: Metrics, made: Made) -> None:
    metrics.observe_decision(Outcome(made.body["outcome"]), made.latency_us / 1_000_000)
    for reason in made.body["reasons"]:
        for rule in reason["rules"]:
            metrics.hit_rule(rule)
    for part in made.body["missing"]:
        metrics.miss_part(part)


def _answer(made: Made, language: Language, response: Response) -> Response:
    """As bytes: what is kept needs no second check of its form on its way out."""
    told = _told(made.body, language) | {
        "decision_id": made.decision_id,
        "decided_at": _moment(made.decided_at).isoformat(),
        "kept": made.kept,
        "dry_run": made.dry_run,
        "latency_ms": made.latency_us / 1000,
    }
    return Response(orjson.dumps(told), media_type="application/json", headers=dict(response.headers))


def _told(body: dict[str, Any], language: Language) -> dict[str, Any]:
    """In one language, with the keys of identifiers masked."""
    reasons = [
        reason | {whom: reason[whom][language.value] for whom in ("analyst", "customer", "regulator")}
        for reason in body["reasons"]
    ]
    texts = {reason["code"]: reason["customer"] for reason in reasons}
    return body | {
        "reasons": reasons,
        "customer_reasons": [{"code": code, "text": texts[code]} for code in body["customer_reasons"]],
        "identifiers": [_masked(each) for each in body["identifiers"]],
        "links": [link | {"evidence": [_masked(fact) for fact in link["evidence"]]} for link in body["links"]],
    }


def _masked(each: dict[str, Any]) -> dict[str, Any]:
    return each | {"key": masked_key(each["kind"], each["key"])}


def _line(found: Decision) -> DecisionLine:
    return DecisionLine.model_construct(
        decision_id=found.decision_id,
        application_id=found.application_id,
        applicant_id=found.applicant_id,
        decided_at=_moment(found.decided_at),
        outcome=found.outcome,
        score=found.score,
        rules_version=found.rules_version,
        run_id=found.run_id,
    )


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)
