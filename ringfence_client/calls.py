"""What can be asked, as values: the same for the client that waits and the one that does not."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from ringfence_client.answers import Language, Ring, RingPath, Rings, Score, Scores
from ringfence_client.application import Application
from ringfence_client.decided import Appeal, Decision, Decisions
from ringfence_client.errors import UnexpectedAnswerError, error_of

A = TypeVar("A", bound=BaseModel)
Parameters = Mapping[str, str | int | float | bool | Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class Call(Generic[A]):
    """One request, and the form of its answer. Sending any of them twice does no harm."""

    method: str
    path: str
    answer: type[A]
    parameters: Parameters
    body: bytes | None = None
    idempotency_key: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Besides those of the client."""
        headers = {"Content-Type": "application/json"} if self.body is not None else {}
        return headers | ({"Idempotency-Key": self.idempotency_key} if self.idempotency_key else {})

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The parameters that were given."""
        given = [(name, value) for name, value in self.parameters.items() if value is not None]
        return tuple((name, _text(each)) for name, value in given for each in _each(value))

    def read(self, status: int, body: bytes, retry_after: str) -> A:
        """The answer; a `RingfenceError` if it is none."""
        if status != 200:
            raise error_of(status, body, retry_after)
        try:
            return self.answer.model_validate_json(body)
        except ValidationError as error:
            raise UnexpectedAnswerError(f"The answer is no {self.answer.__name__}") from error


def _each(value: str | float | bool | Sequence[str]) -> Sequence[str | float | bool]:
    return (value,) if isinstance(value, str | int | float) else value


def _text(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in_path(value: str) -> str:
    """An id may hold anything; dots too, which alone would mean folders."""
    return quote(value, safe="").replace(".", "%2E")


def score(applicant_id: str, lang: Language | None) -> Call[Score]:
    """What the published run says of one applicant."""
    return Call("GET", f"/v1/scores/{_in_path(applicant_id)}", Score, {"lang": lang})


def scores(applicant_ids: Sequence[str], lang: Language | None) -> Call[Scores]:
    """What it says of at most 1,000."""
    body = _ScoresQuestion(applicant_ids=tuple(applicant_ids)).model_dump_json().encode()
    return Call("POST", "/v1/scores:lookup", Scores, {"lang": lang}, body)


class _ScoresQuestion(BaseModel):
    applicant_ids: tuple[str, ...]


def rings(parameters: Parameters) -> Call[Rings]:
    """A page of the queue."""
    return Call("GET", "/v1/rings", Rings, parameters)


def ring(ring_id: str, run_id: str | None, lang: Language | None) -> Call[Ring]:
    """One ring."""
    return Call("GET", f"/v1/rings/{_in_path(ring_id)}", Ring, {"run_id": run_id, "lang": lang})


def path(ring_id: str, start: str, end: str, run_id: str | None, lang: Language | None) -> Call[RingPath]:
    """How two members are tied together."""
    parameters: Parameters = {"from": start, "to": end, "run_id": run_id, "lang": lang}
    return Call("GET", f"/v1/rings/{_in_path(ring_id)}/path", RingPath, parameters)


def decide(
    application: Application, *, dry_run: bool, idempotency_key: str | None, lang: Language | None
) -> Call[Decision]:
    """A decision. Its idempotency key is made here, once, so that every attempt of this call has the same."""
    body = application.model_dump_json(exclude_none=True).encode()
    key = idempotency_key or uuid.uuid4().hex
    return Call("POST", "/v1/decisions", Decision, {"dry_run": dry_run, "lang": lang}, body, key)


def decision(decision_id: str, lang: Language | None) -> Call[Decision]:
    """A decision as it was made."""
    return Call("GET", f"/v1/decisions/{_in_path(decision_id)}", Decision, {"lang": lang})


def decisions(parameters: Parameters) -> Call[Decisions]:
    """A page of decisions."""
    return Call("GET", "/v1/decisions", Decisions, parameters)


class _Objection(BaseModel):
    decision_id: str
    text: str
    language: Language | None = None


def file_appeal(decision_id: str, text: str, language: Language | None) -> Call[Appeal]:
    """An appeal; the server keeps one of a decision, however often it is filed."""
    body = _Objection(decision_id=decision_id, text=text, language=language).model_dump_json(exclude_none=True)
    return Call("POST", "/v1/appeals", Appeal, {}, body.encode())


def appeal(appeal_id: int, lang: Language | None) -> Call[Appeal]:
    """How far it has come."""
    return Call("GET", f"/v1/appeals/{appeal_id}", Appeal, {"lang": lang})
