import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from decisions.guard import Guard, PartMissingError, State, Why
from graph.errors import NotFoundError, StoreUnavailableError
from graph.store.neo4j.store import open_neo4j

SOON = 0.05


class Hanging:
    """A call that hangs until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.under_way = 0

    def __call__(self) -> str:
        self.under_way += 1
        self.go.wait()
        return "late"


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    call = Hanging()
    yield call
    call.go.set()


def failing() -> str:
    raise StoreUnavailableError("It is dead", where="somewhere")


async def why(guard: Guard, fn, within: float = SOON) -> Why:
    with pytest.raises(PartMissingError) as missing:
        await guard.call(fn, within=within)
    assert missing.value.part == guard.part
    return missing.value.why


async def works(guard: Guard) -> None:
    assert await guard.call(pow, 2, 5, within=5) == 32


def test_an_answer_in_time_is_given_as_it_is() -> None:
    async def asked() -> None:
        guard = Guard("store")
        await works(guard)
        with pytest.raises(NotFoundError):
            await guard.call(_not_found, within=5)
        assert await why(guard, failing, 5) is Why.FAILED
        assert guard.state is State.CLOSED
        guard.close()

    asyncio.run(asked())


def _not_found() -> None:
    raise NotFoundError("There is no such thing")


def test_a_call_that_hangs_is_given_up_in_time_and_keeps_its_thread_only(hanging: Hanging) -> None:
    async def asked() -> None:
        guard, other = Guard("store", threads=2, failures=100), Guard("log", threads=1)
        begun = time.monotonic()
        assert [await why(guard, hanging) for _ in range(4)] == [Why.SLOW, Why.SLOW, Why.FULL, Why.FULL]
        assert time.monotonic() - begun < 20 * SOON
        assert hanging.under_way == 2
        await works(other)
        hanging.go.set()
        while guard._threads.full:
            await asyncio.sleep(0.01)
        await works(guard)

    asyncio.run(asked())


def test_after_failures_calls_fail_at_once_until_one_succeeds(hanging: Hanging) -> None:
    told: list[State] = []

    async def asked() -> None:
        guard = Guard("store", failures=3, pause=4 * SOON, on_change=lambda part, state: told.append(state))
        assert [await why(guard, call) for call in (failing, hanging, failing)] == [Why.FAILED, Why.SLOW, Why.FAILED]
        assert guard.state is State.OPEN
        assert await why(guard, pytest.fail) is Why.OPEN, "the part is not asked"
        await asyncio.sleep(5 * SOON)
        assert await why(guard, failing) is Why.FAILED, "one call tries"
        assert await why(guard, pytest.fail) is Why.OPEN
        await asyncio.sleep(5 * SOON)
        await works(guard)
        assert guard.state is State.CLOSED

    asyncio.run(asked())
    half = State.HALF_OPEN
    assert told == [State.CLOSED, State.OPEN, half, State.OPEN, half, State.CLOSED]


def test_only_one_call_tries_whether_the_part_is_back(hanging: Hanging) -> None:
    async def asked() -> None:
        guard = Guard("store", failures=1, pause=SOON)
        assert await why(guard, failing) is Why.FAILED
        await asyncio.sleep(2 * SOON)
        trial = asyncio.create_task(guard.call(hanging, within=20))
        await asyncio.sleep(SOON)
        assert await why(guard, pytest.fail) is Why.OPEN
        hanging.go.set()
        assert await trial == "late"
        await works(guard)

    asyncio.run(asked())


def test_an_answer_that_is_an_error_is_no_failure() -> None:
    async def asked() -> None:
        guard = Guard("store", failures=1)
        for _ in range(3):
            with pytest.raises(NotFoundError):
                await guard.call(_not_found, within=5)
        assert guard.state is State.CLOSED

    asyncio.run(asked())


def test_who_goes_away_does_not_open_the_breaker(hanging: Hanging) -> None:
    async def asked() -> None:
        guard = Guard("store", failures=1)
        task = asyncio.create_task(guard.call(hanging, within=20))
        await asyncio.sleep(SOON)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert guard.state is State.CLOSED

    asyncio.run(asked())


def test_a_process_ends_whatever_hangs_in_it() -> None:
    script = """
import asyncio, time
from decisions.guard import Guard, PartMissingError
async def main():
    try:
        await Guard("store").call(time.sleep, 3600, within=0.05)
    except PartMissingError as missing:
        print(missing.why)
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "slow\n"


@pytest.mark.neo4j
def test_a_dead_neo4j_holds_nobody(neo4j_server) -> None:
    with open_neo4j(neo4j_server.url) as store:
        neo4j_server.kill()

        async def asked() -> None:
            guard = Guard("graph", failures=2, pause=0.5)
            assert {await why(guard, store.ping, 1.0) for _ in range(2)} <= {Why.SLOW, Why.FAILED}
            begun = time.monotonic()
            assert [await why(guard, store.ping, 1.0) for _ in range(100)] == [Why.OPEN] * 100
            assert time.monotonic() - begun < 0.5
            neo4j_server.start()
            deadline = time.monotonic() + 60
            while guard.state is not State.CLOSED:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.2)
                try:
                    await guard.call(store.ping, within=5)
                except PartMissingError:
                    continue

        try:
            asyncio.run(asked())
        finally:
            neo4j_server.start()
