"""What can go wrong. Whoever must go on without an answer follows `recommendation`."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

from pydantic import ValidationError

from ringfence_client.answers import Problem
from ringfence_client.decided import Outcome


class RingfenceError(Exception):
    """Ringfence gave no answer. That is no sign of honesty: have a person look at the applicant."""

    recommendation: ClassVar[Outcome] = Outcome.REVIEW


class NoConnectionError(RingfenceError):
    """The server could not be reached: it has not seen the request."""


class NoAnswerError(RingfenceError):
    """The answer did not come, or not in time: the server may have seen the request."""


class UnexpectedAnswerError(RingfenceError):
    """The answer is none that this client understands."""


class ProblemError(RingfenceError):
    """The server says what is wrong; `retry_after` is in seconds, where it says when to ask again."""

    def __init__(self, problem: Problem, retry_after: float | None) -> None:
        super().__init__(f"{problem.title} ({problem.status}): {problem.detail}")
        self.problem = problem
        self.retry_after = retry_after


class KeyRefusedError(ProblemError):
    """The key is wrong or lacks the scope (401, 403)."""


class NotFoundError(ProblemError):
    """There is no such thing (404)."""


class ConflictError(ProblemError):
    """It contradicts what the server knows, such as another request with this idempotency key (409)."""


class InvalidError(ProblemError):
    """The request makes no sense (413, 422): `problem.errors` says why."""


class TooManyError(ProblemError):
    """The key asks more often than it may (429)."""


class UnavailableError(ProblemError):
    """The server cannot answer now (5xx)."""


_BY_STATUS: Mapping[int, type[ProblemError]] = {
    401: KeyRefusedError,
    403: KeyRefusedError,
    404: NotFoundError,
    409: ConflictError,
    413: InvalidError,
    422: InvalidError,
    429: TooManyError,
}


def error_of(status: int, body: bytes, retry_after: str) -> RingfenceError:
    """The error that an answer tells; answers that are no problem document come from something before the server."""
    usual = UnavailableError if status >= HTTPStatus.INTERNAL_SERVER_ERROR else ProblemError
    try:
        problem = Problem.model_validate_json(body)
    except ValidationError:
        if usual is ProblemError and status not in _BY_STATUS:
            return UnexpectedAnswerError(f"Status {status} without a problem document")
        problem = Problem(type="about:blank", title="No problem document", status=status, detail="")
    wait = float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None
    return _BY_STATUS.get(status, usual)(problem, wait)
