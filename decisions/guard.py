"""Asking a part that may hang or be dead: a deadline for each call, threads of its own, and a circuit breaker."""

import asyncio
import logging
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TypeVar, TypeVarTuple

from pybreaker import CircuitBreaker, CircuitBreakerError, CircuitBreakerListener, CircuitBreakerState

from decisions.threads import Threads
from graph.errors import BadInputError, NotFoundError, RingfenceError, StoreUnavailableError, UsageError

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
ANSWERS = (NotFoundError, UsageError, BadInputError)
"""Errors that a part which works gives: they reach the caller as they are."""

log = logging.getLogger("ringfence.guard")


class Why(StrEnum):
    """Why a part is missing: it failed too often of late, all its threads wait for it, it was late, it failed."""

    OPEN = "open"
    FULL = "full"
    SLOW = "slow"
    FAILED = "failed"


class State(StrEnum):
    """Of the breaker: calls pass, one call tries, no call passes."""

    CLOSED = "closed"
    HALF_OPEN = "half-open"
    OPEN = "open"


class PartMissingError(StoreUnavailableError):
    """A part of an answer could not be had in time; `__cause__` is its own error, where it gave one."""

    def __init__(self, part: str, why: Why) -> None:
        super().__init__(f"The part `{part}` does not answer ({why})", do="Ask again in a few seconds.")
        self.part = part
        self.why = why


class Guard:
    """Calls blocking functions of one part, from the coroutines of one event loop.

    After `failures` calls in a row that failed or were late, calls fail at once for `pause` seconds; then one is let
    through, and all others once it has succeeded. No more than `threads` calls are under way, those included that were
    given up and still hang, so a part that hangs takes no threads from others. `on_change` is told each state.
    """

    def __init__(
        self,
        part: str,
        *,
        threads: int = 32,
        failures: int = 5,
        pause: float = 5.0,
        on_change: Callable[[str, State], None] = lambda _part, _state: None,
    ) -> None:
        self.part = part
        self._threads = Threads(part, threads)
        self._trial = False
        self._breaker = CircuitBreaker(
            failures,
            pause,
            exclude=[*ANSWERS, asyncio.CancelledError],
            listeners=[_Changes(part, on_change)],
            throw_new_error_on_trip=False,
        )

    @property
    def state(self) -> State:
        """Of the breaker."""
        return State(self._breaker.current_state)

    async def call(self, fn: Callable[[*Ts], T], *args: *Ts, within: float) -> T:
        """What `fn(*args)` gives, at the latest after so many seconds; else `PartMissingError`."""
        if self.state is State.CLOSED:
            return await self._asked(partial(fn, *args), within)
        if self._trial:
            raise PartMissingError(self.part, Why.OPEN)
        self._trial = True
        try:
            return await self._asked(partial(fn, *args), within)
        finally:
            self._trial = False

    async def _asked(self, fn: Callable[[], T], within: float) -> T:
        if self._threads.full:
            raise PartMissingError(self.part, Why.FULL)  # which says nothing of the part: it may only be in demand
        try:
            with self._breaker.calling():
                return await asyncio.wait_for(asyncio.wrap_future(self._threads.start(fn)), within)
        except CircuitBreakerError:
            raise PartMissingError(self.part, Why.OPEN) from None
        except TimeoutError:
            raise PartMissingError(self.part, Why.SLOW) from None
        except ANSWERS:
            raise
        except Exception as error:
            log.warning("%s failed: %s", self.part, _told(error))
            raise PartMissingError(self.part, Why.FAILED) from error

    def close(self) -> None:
        """Let the threads go, each when its call ends; the process does not wait for those that hang."""
        self._threads.close()


class _Changes(CircuitBreakerListener):
    def __init__(self, part: str, on_change: Callable[[str, State], None]) -> None:
        self._part, self._on_change = part, on_change
        on_change(part, State.CLOSED)

    def state_change(self, _cb: CircuitBreaker, _old: CircuitBreakerState | None, new: CircuitBreakerState) -> None:
        """Of the breaker."""
        state = State(new.name)
        log.warning("breaker of %s: %s", self._part, state)
        self._on_change(self._part, state)


def _told(error: Exception) -> str:
    """For the log: our own errors in their words, of others the kind only, as their messages may hold data."""
    return f"{error.what} ({error.where})" if isinstance(error, RingfenceError) else type(error).__name__
