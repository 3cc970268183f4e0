"""Errors become HTTP here and nowhere else: problem documents (RFC 9457) with a safe default for whoever decides."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Literal

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from app.api.errors import (
    BadKeyError,
    MissingScopeError,
    NoRunError,
    NotLocalError,
    TooManyError,
    UnknownApplicantError,
)
from app.api.scopes import Scope, scope_of
from app.objecting import NotAppealableError
from decisions.log.record import KeyReusedError
from graph.errors import (
    AccessError,
    BadInputError,
    BusyError,
    NotFoundError,
    RingfenceError,
    StoreUnavailableError,
    UsageError,
)

log = logging.getLogger("ringfence.api")

MEDIA_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One thing wrong with the request."""

    where: str = Field(description="The parameter or the place in the body", examples=["body.applicant_ids"])
    what: str = Field(examples=["List should have at most 1000 items after validation, not 1001"])


class Problem(BaseModel):
    """What went wrong. For scores and decisions, with what to do about the applicant meanwhile."""

    type: str = Field(description="Stable name of the kind of problem", examples=["urn:ringfence:unknown_applicant"])
    title: str = Field(examples=["No such applicant"])
    status: int = Field(description="The HTTP status", examples=[404])
    detail: str = Field(examples=["No applicant has this id. Do not take this for a low score: have a person look."])
    recommendation: Literal["review"] | None = Field(
        default=None,
        description="For scores and decisions: what the caller can safely do with the applicant",
        examples=["review"],
    )
    reason: str | None = Field(
        default=None,
        description="For scores and decisions: why the recommendation stands",
        examples=["unknown_applicant"],
    )
    errors: tuple[Fault, ...] = Field(
        default=(), description="What is wrong with the request, one by one", examples=[[]]
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """How an error is told. `detail` replaces the error's own words where those are for the operator only."""

    error: type[Exception]
    status: HTTPStatus
    name: str
    title: str
    detail: str = ""


_NO_STORE = _Kind(
    StoreUnavailableError,
    HTTPStatus.SERVICE_UNAVAILABLE,
    "store_unavailable",
    "Store unavailable",
    "The store does not answer. Ask again in a few seconds.",
)
_INVALID = _Kind(UsageError, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_request", "The request makes no sense")
_KINDS = (
    _Kind(BadKeyError, HTTPStatus.UNAUTHORIZED, "bad_key", "API key missing or wrong"),
    _Kind(MissingScopeError, HTTPStatus.FORBIDDEN, "missing_scope", "The API key does not open this"),
    _Kind(TooManyError, HTTPStatus.TOO_MANY_REQUESTS, "too_many", "Too many requests"),
    _Kind(NotLocalError, HTTPStatus.FORBIDDEN, "not_local", "Served to this machine only"),
    _Kind(UnknownApplicantError, HTTPStatus.NOT_FOUND, "unknown_applicant", "No such applicant"),
    _Kind(NoRunError, HTTPStatus.SERVICE_UNAVAILABLE, "no_run", "No result yet"),
    _Kind(NotFoundError, HTTPStatus.NOT_FOUND, "not_found", "Not found"),
    _NO_STORE,
    replace(_NO_STORE, error=AccessError),  # the store refuses the server, which is nothing the caller can help
    _Kind(BusyError, HTTPStatus.SERVICE_UNAVAILABLE, "busy", "Busy"),
    _Kind(KeyReusedError, HTTPStatus.CONFLICT, "key_reused", "The idempotency key came with another request"),
    _Kind(NotAppealableError, HTTPStatus.CONFLICT, "not_appealable", "Not appealable"),
    _INVALID,
    replace(_INVALID, error=BadInputError),
)
"""The first that fits counts."""

_DEFECT = _Kind(
    Exception,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "internal",
    "Internal error",
    "The server could not answer. Its log says where it failed.",
)
_DECIDING = frozenset({Scope.SCORES, Scope.DECISIONS})
"""Whoever asks for these decides about somebody, and must be told what to do without an answer."""
_HEADERS = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": 'Bearer realm="ringfence"'},
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "5"},
}


def problem_of(path: str, error: Exception) -> Response:
    """The response that tells of an error raised for a request to `path`."""
    kind = next((kind for kind in _KINDS if isinstance(error, kind.error)), _DEFECT)
    own = f"{error.what}. {error.do}".rstrip() if isinstance(error, RingfenceError) else ""
    response = _response(path, kind, kind.detail or own)
    if isinstance(error, TooManyError):
        response.headers["Retry-After"] = str(error.wait)
    return response


def _response(path: str, kind: _Kind, detail: str, errors: Sequence[Fault] = ()) -> Response:
    decides = scope_of(path) in _DECIDING
    problem = Problem(
        type=f"urn:ringfence:{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        recommendation="review" if decides else None,
        reason=kind.name if decides else None,
        errors=tuple(errors),
    )
    body = orjson.dumps(problem.model_dump(mode="json", exclude_none=True))
    return Response(body, kind.status, media_type=MEDIA_TYPE, headers=_HEADERS.get(kind.status))


async def _ringfence(request: Request, error: RingfenceError) -> Response:
    response = problem_of(request.url.path, error)
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("%s: %s (%s)", type(error).__name__, error.what, error.where)  # for the operator, not the caller
    return response


async def _invalid(request: Request, error: RequestValidationError) -> Response:
    """The parameters or the body do not fit; values are not repeated, they may be personal."""
    faults = [Fault(where=".".join(map(str, each["loc"])), what=each["msg"]) for each in error.errors()]
    is_json = request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
    hint = "" if request.method == "GET" or is_json else " Send JSON, with the header Content-Type: application/json."
    return _response(request.url.path, _INVALID, f"See errors.{hint}", faults)


async def _http(request: Request, error: HTTPException) -> Response:
    """Errors of the framework: no such path, method not allowed, body too large or not even text."""
    status = HTTPStatus(error.status_code)
    if status == HTTPStatus.BAD_REQUEST:
        return _response(request.url.path, _INVALID, "The body cannot be read. Send JSON in UTF-8.")
    kind = _Kind(HTTPException, status, status.name.lower(), status.phrase)
    response = _response(request.url.path, kind, status.description)
    response.headers.update(error.headers or {})
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = _allowed(request)
    return response


def _allowed(request: Request) -> str:
    """All methods of the path; the framework names those of one of its routes only."""
    template = getattr(request.scope.get("route"), "path_format", "")
    return ", ".join(method.upper() for method in request.app.openapi()["paths"].get(template, ()))


HANDLERS: dict[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
    RingfenceError: _ringfence,
    RequestValidationError: _invalid,
    HTTPException: _http,
}


def install(app: FastAPI) -> None:
    """Register every handler."""
    for error, handler in HANDLERS.items():
        app.add_exception_handler(error, handler)
