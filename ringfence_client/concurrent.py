"""The client for coroutines."""

import asyncio
from collections.abc import Sequence
from typing import Self, TypeVar

import httpx2
from pydantic import BaseModel
from tenacity import AsyncRetrying

from ringfence_client import calls
from ringfence_client.answers import Change, Language, Ring, RingOrder, RingPath, Rings, Score, Scores
from ringfence_client.application import Application
from ringfence_client.calls import Call
from ringfence_client.decided import Appeal, Decision, Decisions, Outcome
from ringfence_client.errors import NoAnswerError, NoConnectionError
from ringfence_client.retrying import Budget, policy

A = TypeVar("A", bound=BaseModel)


class AsyncRingfence:
    """Asks a Ringfence server from coroutines. Keeps its connections open, so keep it, and close it at the end.

    `within`: seconds for a call, its attempts and the waits between them together. Every method raises a
    `RingfenceError` if no answer comes; its `recommendation` says how to go on without.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        within: float = 2.0,
        attempts: int = 3,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        headers = {"X-API-Key": key, "Accept": "application/json, application/problem+json"}
        self._http = httpx2.AsyncClient(base_url=url, headers=headers, transport=transport)
        self._within = within
        self._attempts = attempts

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def score(self, applicant_id: str, *, lang: Language | None = None) -> Score:
        """What the published run says of one applicant; `NotFoundError` if nobody has this id."""
        return await self._answer(calls.score(applicant_id, lang))

    async def scores(self, applicant_ids: Sequence[str], *, lang: Language | None = None) -> Scores:
        """What it says of many, 1,000 at most."""
        return await self._answer(calls.scores(applicant_ids, lang))

    async def rings(  # noqa: PLR0913 (each is a parameter of the request)
        self,
        *,
        change: Sequence[Change] = (),
        kind: Sequence[str] = (),
        applicant: Sequence[str] = (),
        min_score: float | None = None,
        min_size: int | None = None,
        order: RingOrder | None = None,
        offset: int | None = None,
        limit: int | None = None,
        run_id: str | None = None,
        lang: Language | None = None,
    ) -> Rings:
        """A page of the queue of rings."""
        return await self._answer(
            calls.rings(
                {
                    "change": change,
                    "kind": kind,
                    "applicant": applicant,
                    "min_score": min_score,
                    "min_size": min_size,
                    "order": order,
                    "offset": offset,
                    "limit": limit,
                    "run_id": run_id,
                    "lang": lang,
                }
            )
        )

    async def ring(self, ring_id: str, *, run_id: str | None = None, lang: Language | None = None) -> Ring:
        """One ring with its members, reasons and evidence."""
        return await self._answer(calls.ring(ring_id, run_id, lang))

    async def path(
        self, ring_id: str, start: str, end: str, *, run_id: str | None = None, lang: Language | None = None
    ) -> RingPath:
        """How two members of a ring are tied together."""
        return await self._answer(calls.path(ring_id, start, end, run_id, lang))

    async def decide(
        self,
        application: Application,
        *,
        dry_run: bool = False,
        idempotency_key: str | None = None,
        lang: Language | None = None,
    ) -> Decision:
        """Decide on an application. Attempts of one call are one decision; calls are, if they have the same key."""
        call = calls.decide(application, dry_run=dry_run, idempotency_key=idempotency_key, lang=lang)
        return await self._answer(call)

    async def decision(self, decision_id: str, *, lang: Language | None = None) -> Decision:
        """A decision as it was made."""
        return await self._answer(calls.decision(decision_id, lang))

    async def decisions(  # noqa: PLR0913 (each is a parameter of the request)
        self,
        *,
        applicant_id: str | None = None,
        application_id: str | None = None,
        ring_id: str | None = None,
        rule: str | None = None,
        outcome: Outcome | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> Decisions:
        """A page of decisions, the newest first."""
        return await self._answer(
            calls.decisions(
                {
                    "applicant_id": applicant_id,
                    "application_id": application_id,
                    "ring_id": ring_id,
                    "rule": rule,
                    "outcome": outcome,
                    "before": before,
                    "limit": limit,
                }
            )
        )

    async def file_appeal(self, decision_id: str, text: str, *, language: Language | None = None) -> Appeal:
        """Object to a decision, in the customer's words and language."""
        return await self._answer(calls.file_appeal(decision_id, text, language))

    async def appeal(self, appeal_id: int, *, lang: Language | None = None) -> Appeal:
        """How far an appeal has come."""
        return await self._answer(calls.appeal(appeal_id, lang))

    async def _answer(self, call: Call[A]) -> A:
        budget = Budget(self._within)
        return await AsyncRetrying(**policy(self._attempts, self._within))(self._attempt, call, budget)

    async def _attempt(self, call: Call[A], budget: Budget) -> A:
        try:
            async with asyncio.timeout(budget.left):
                answer = await self._http.request(
                    call.method,
                    call.path,
                    params=call.query,
                    content=call.body,
                    headers=call.headers,
                    timeout=budget.left,
                )
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise NoConnectionError("The server cannot be reached") from error
        except (httpx2.RequestError, TimeoutError) as error:
            raise NoAnswerError("The answer did not come in time") from error
        return call.read(answer.status_code, answer.content, answer.headers.get("Retry-After", ""))
