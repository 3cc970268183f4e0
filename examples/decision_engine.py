"""A decision engine that asks Ringfence while an applicant waits, and goes on without it when it must.

    RINGFENCE_URL=http://127.0.0.1:8000 RINGFENCE_KEY=... python examples/decision_engine.py < applications.jsonl

Reads one application a line, and writes what becomes of it: `outcome`, what to tell the customer, and for whoever
looks into it later the decision's id, or why there was none.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, dataclass

import orjson
from pydantic import ValidationError

from ringfence_client import Application, AsyncRingfence, KeyRefusedError, Outcome, RingfenceError

BUDGET = 0.3
"""Seconds that an applicant waits for Ringfence, all attempts together."""
AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the lender does with one application."""

    application_id: str | None
    outcome: Outcome
    tell: tuple[str, ...] = ()
    decision_id: str | None = None
    without: str | None = None
    """Why Ringfence was not heard."""


async def judge(ringfence: AsyncRingfence, line: bytes) -> Verdict:
    """Ringfence's decision, or the safe one where none came in time."""
    try:
        application = Application.model_validate_json(line)
    except ValidationError:
        return Verdict(None, Outcome.REVIEW, without="not an application")
    try:
        # The id of the application as the key: should this engine be started again, the same decision is given again.
        decision = await ringfence.decide(application, idempotency_key=application.application_id)
    except KeyRefusedError:
        raise  # nothing would ever be decided: whoever runs the engine must know at once
    except RingfenceError as error:
        return Verdict(application.application_id, error.recommendation, without=type(error).__name__)
    told = tuple(reason.text for reason in decision.customer_reasons)
    return Verdict(decision.application_id, decision.outcome, told, decision.decision_id)


async def judge_all(ringfence: AsyncRingfence, lines: Iterable[bytes]) -> AsyncIterator[Verdict]:
    """The verdicts in the order of the lines, some at once."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(line: bytes) -> Verdict:
        async with room:
            return await judge(ringfence, line)

    for task in [asyncio.create_task(one(line)) for line in lines]:
        yield await task


async def main() -> None:
    """Judge what comes in on standard input."""
    async with AsyncRingfence(os.environ["RINGFENCE_URL"], os.environ["RINGFENCE_KEY"], within=BUDGET) as ringfence:
        async for verdict in judge_all(ringfence, sys.stdin.buffer):
            print(orjson.dumps(asdict(verdict)).decode(), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
