"""How a part of a decision is asked: at once where it is a file of this machine, else guarded, in a thread."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar, TypeVarTuple

from decisions.guard import Guard
from graph.errors import RingfenceError, StoreUnavailableError

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

log = logging.getLogger("ringfence.decisions")


class Asking(Protocol):
    """Asks one part; what cannot be had in time is None."""

    async def ask(self, fn: Callable[[*Ts], T], *args: *Ts, within: float) -> T | None:
        """What `fn(*args)` gives, or None."""
        ...


class Faults:
    """Tells the log of a fault once, however many meet it, until it is over or another comes."""

    def __init__(self) -> None:
        self._told = ""

    def tell(self, error: RingfenceError) -> None:
        """Somebody has met it."""
        if error.what != self._told:
            log.warning("%s (%s)", error.what, error.where)
        self._told = error.what

    def over(self) -> None:
        """Somebody has met none."""
        self._told = ""


class AtOnce:
    """For files: a read takes microseconds, less than to hand it to a thread."""

    def __init__(self) -> None:
        self._faults = Faults()

    async def ask(self, fn: Callable[[*Ts], T], *args: *Ts, within: float) -> T | None:  # noqa: ARG002 (as the other)
        """What `fn(*args)` gives; None where the file cannot be read, is damaged, or is not there."""
        try:
            found = fn(*args)
        except RingfenceError as error:
            self._faults.tell(error)
            return None
        self._faults.over()
        return found


class Guarded:
    """For servers: with a deadline, and not at all while the server is known to be away."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def ask(self, fn: Callable[[*Ts], T], *args: *Ts, within: float) -> T | None:
        """What `fn(*args)` gives; None where it does not answer in time."""
        try:
            return await self._guard.call(fn, *args, within=within)
        except StoreUnavailableError:
            return None


async def in_time(future: "Future[T]", within: float) -> T:
    """Wait for it; what was not begun by then is given up."""
    try:
        return await asyncio.wait_for(asyncio.wrap_future(future), within)
    except TimeoutError:
        raise StoreUnavailableError("It did not answer in time", do="Send it again with the same key.") from None
