"""What the client does when the server fails, is late, or is away."""

import asyncio
import time
from collections.abc import Callable

import httpx2
import pytest

from ringfence_client import (
    Application,
    AsyncRingfence,
    InvalidError,
    NoAnswerError,
    NoConnectionError,
    Outcome,
    Person,
    Ringfence,
    RingfenceError,
    TooManyError,
    UnavailableError,
    UnexpectedAnswerError,
)

SCORE = {
    "applicant_id": "A",
    "run_id": "r",
    "score": 0.5,
    "run": {"run_id": "r", "as_of": "2026-11-22T00:00:00Z", "published_at": "2026-11-22T00:00:00Z", "age_seconds": 1},
}
APPLICATION = Application(application_id="P", applicant=Person(applicant_id="A"))


def problem(status: int, **headers: str) -> httpx2.Response:
    document = {"type": "urn:ringfence:x", "title": "X", "status": status, "detail": "So it is."}
    return httpx2.Response(status, json=document, headers=headers)


class Server:
    """Answers one after another of those it was given, the last one for ever; an exception is raised."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.seen: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx2.Response(answer.status_code, content=answer.content, headers=answer.headers)


Ask = Callable[..., object]


@pytest.fixture(params=["waiting", "concurrent"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """ask(server, "score", "A"): by either client."""

    def waiting(server: Server, method: str, *arguments: object, **options: float) -> object:
        with Ringfence("http://server", "key", transport=httpx2.MockTransport(server), **options) as client:
            return getattr(client, method)(*arguments)

    def concurrent(server: Server, method: str, *arguments: object, **options: float) -> object:
        async def asked() -> object:
            transport = httpx2.MockTransport(server)
            async with AsyncRingfence("http://server", "key", transport=transport, **options) as client:
                return await getattr(client, method)(*arguments)

        return asyncio.run(asked())

    return waiting if request.param == "waiting" else concurrent


@pytest.mark.parametrize(
    "failure", [problem(503), problem(429), httpx2.ConnectError("no"), httpx2.ReadTimeout("no"), httpx2.ReadError("no")]
)
def test_what_may_pass_is_tried_again(ask: Ask, failure: httpx2.Response | Exception) -> None:
    server = Server(failure, failure, httpx2.Response(200, json=SCORE))
    assert ask(server, "score", "A").score == 0.5
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (problem(422), InvalidError),
        (problem(500), UnavailableError),
        (httpx2.Response(200, content=b"<html>"), UnexpectedAnswerError),
        (httpx2.Response(302, content=b""), UnexpectedAnswerError),
        (httpx2.Response(502, content=b"<html>"), UnavailableError),
    ],
)
def test_what_will_not_pass_is_not(ask: Ask, failure: httpx2.Response, error: type[RingfenceError]) -> None:
    server = Server(failure)
    with pytest.raises(error) as raised:
        ask(server, "score", "A")
    assert len(server.seen) == 1
    assert raised.value.recommendation is Outcome.REVIEW


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (problem(503), UnavailableError),
        (problem(429), TooManyError),
        (httpx2.ConnectError("no"), NoConnectionError),
        (httpx2.ReadTimeout("no"), NoAnswerError),
    ],
)
def test_after_the_last_attempt_the_error_is_raised(ask: Ask, failure, error: type[RingfenceError]) -> None:
    server = Server(failure)
    with pytest.raises(error):
        ask(server, "score", "A", attempts=2)
    assert len(server.seen) == 2


def test_the_server_says_when_to_ask_again_and_that_too_late_is_never(ask: Ask) -> None:
    begun = time.monotonic()
    ask(Server(problem(429, **{"Retry-After": "1"}), httpx2.Response(200, json=SCORE)), "score", "A", within=10)
    assert time.monotonic() - begun >= 1
    server = Server(problem(503, **{"Retry-After": "5"}))
    begun = time.monotonic()
    with pytest.raises(UnavailableError) as raised:
        ask(server, "score", "A", within=2)
    assert (len(server.seen), raised.value.retry_after) == (1, 5)
    assert time.monotonic() - begun < 2, "who has no time to wait is told at once"


def test_every_attempt_of_a_decision_has_the_same_key_and_every_call_another(ask: Ask) -> None:
    server = Server(httpx2.ReadTimeout("no"))
    for _ in range(2):
        with pytest.raises(NoAnswerError):
            ask(server, "decide", APPLICATION)
    keys = [request.headers["Idempotency-Key"] for request in server.seen]
    assert len(keys) == 6
    assert len(set(keys[:3])) == len(set(keys[3:])) == 1
    assert keys[0] != keys[3]
    assert {request.headers["X-API-Key"] for request in server.seen} == {"key"}


def test_an_outcome_that_the_client_does_not_know_is_no_approval(ask: Ask) -> None:
    with pytest.raises(UnexpectedAnswerError) as raised:
        ask(Server(httpx2.Response(200, json={"outcome": "perhaps"})), "decide", APPLICATION)
    assert raised.value.recommendation is Outcome.REVIEW
