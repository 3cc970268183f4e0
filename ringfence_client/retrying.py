"""When a call is tried again: nobody answered, 429, or 503; never beyond the time that the call has."""

import time
from dataclasses import dataclass, field
from typing import Any

from tenacity import RetryCallState, retry_if_exception, stop_after_attempt, stop_before_delay, wait_random_exponential

from ringfence_client.errors import (
    NoAnswerError,
    NoConnectionError,
    ProblemError,
    TooManyError,
    UnavailableError,
)

_SOON = wait_random_exponential(multiplier=0.05, max=1.0)
_NOW = 503
SHORTEST = 0.001


def _worth_it(error: BaseException) -> bool:
    if isinstance(error, UnavailableError):
        return error.problem.status == _NOW
    return isinstance(error, NoConnectionError | NoAnswerError | TooManyError)


def _wait(state: RetryCallState) -> float:
    """As the server says, or soon: the longer, the more attempts there were, and random, so that callers spread."""
    error = state.outcome.exception() if state.outcome else None
    said = error.retry_after if isinstance(error, ProblemError) else None
    return _SOON(state) if said is None else said


def policy(attempts: int, within: float) -> dict[str, Any]:
    """Options for `Retrying` and `AsyncRetrying`. The last error is raised as it is."""
    return {
        "stop": stop_after_attempt(attempts) | stop_before_delay(within),
        "wait": _wait,
        "retry": retry_if_exception(_worth_it),
        "reraise": True,
    }


@dataclass(frozen=True, slots=True)
class Budget:
    """The time of one call, all attempts together."""

    within: float
    begun: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """Seconds for this attempt."""
        return max(SHORTEST, self.begun + self.within - time.monotonic())
