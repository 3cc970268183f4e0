"""A decision that was acknowledged is durable, once, whoever else writes, and whoever dies."""

import asyncio
import re
import signal
import subprocess
import sys
import uuid
from concurrent.futures import CancelledError
from dataclasses import fields

import pytest
from sqlalchemy import create_engine, event, text

from decisions.log.log import open_decision_log
from decisions.log.record import Decision, KeyReusedError, new_decision_id
from decisions.log.writing import in_turn
from graph.errors import BadInputError, RingfenceError, StoreUnavailableError

SEVERAL = """
import sys
from decisions.log.log import open_decision_log
from decisions.log.record import DecisionRecord, Sighting, new_decision_id
from decisions.outcome import Outcome

def record(number):
    return DecisionRecord(
        new_decision_id(), f"P-{number}", f"A-{number}", 5, 5_000_000, Outcome.APPROVE, 0.0, "v1", None, 1, b"", b"",
        idempotency_key=f"k-{number}", request_digest="same", sightings=(Sighting("device", "d"),),
    )

with open_decision_log(sys.argv[1]) as log:
    print("ready", flush=True)
    sys.stdin.readline()
"""

SAME_KEYS = (
    SEVERAL
    + """
    waiting = [log.submit(record(number)) for number in range(200)]
    for each in waiting:
        print(each.result().decision.decision_id)
"""
)

UNTIL_KILLED = (
    SEVERAL
    + """
    for number in range(1_000_000):
        print(log.accept(record(number)).decision.decision_id, flush=True)
"""
)


def started(code, url):
    process = subprocess.Popen(
        [sys.executable, "-c", code, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def go(process) -> None:
    process.stdin.write("go\n")
    process.stdin.flush()


def test_a_decision_is_kept_as_it_was_given(log, url, record):
    given = record(1, idempotency_key="k", request_digest="d", rules=("r", "s"), rings=("R-1",), run_id=None)
    accepted = log.accept(given)
    assert not accepted.earlier
    assert accepted.decision.number == 1
    with open_decision_log(url) as other:
        assert other.decision("D-1") == accepted.decision
        assert other.decision("D-2") is None
    kept = {each.name: getattr(accepted.decision, each.name) for each in fields(Decision)[1:]}
    assert kept == {name: getattr(given, name) for name in kept}


def test_a_repeated_request_has_the_earlier_decision(log, record):
    first = log.accept(record(1, idempotency_key="k", request_digest="d"))
    again = log.accept(record(2, idempotency_key="k", request_digest="d"))
    assert again.earlier
    assert again.decision == first.decision == log.earlier("k", "d")
    assert log.newest() == 1
    assert log.decision("D-2") is None


def test_another_request_under_the_same_key_is_an_error(log, record):
    log.accept(record(1, idempotency_key="k", request_digest="d"))
    with pytest.raises(KeyReusedError):
        log.accept(record(2, idempotency_key="k", request_digest="other"))
    with pytest.raises(KeyReusedError):
        log.earlier("k", "other")
    assert log.earlier("new", "d") is None
    assert log.newest() == 1


def test_what_waits_is_written_in_one_transaction(log, record):
    commits = []
    with log._database.writing() as connection:
        in_turn(connection)
        waiting = [log.submit(record(number, idempotency_key=f"k-{number % 50}")) for number in range(100)]
        event.listen(log._database._engine, "commit", commits.append)
    results = [each.result() for each in waiting]
    # One is of this test; the first may have been taken before the others came; those wait together.
    assert len(commits) <= 3
    assert sum(not each.earlier for each in results) == 50
    assert [each.decision for each in results[:50]] == [each.decision for each in results[50:]]
    assert sorted({each.decision.number for each in results}) == list(range(1, 51))


def test_who_gave_up_in_time_is_not_written(log, record):
    with log._database.writing() as connection:
        in_turn(connection)
        log.submit(record(1))
        given_up = next(each for number in range(2, 1000) if (each := log.submit(record(number))).cancel())
    log.accept(record(1000))
    with pytest.raises(CancelledError):
        given_up.result()
    assert not given_up.running()
    assert log.newest() == sum(log.decision(f"D-{number}") is not None for number in range(1, 1001))
    assert log.decision("D-1") is not None


def test_one_that_cannot_be_written_fails_alone(log, record):
    log.accept(record(1))
    with log._database.writing() as connection:
        in_turn(connection)
        waiting = [log.submit(record(number)) for number in (2, 3)]
        bad = log.submit(record(4, decision_id="D-1"))
        waiting.append(log.submit(record(5)))
    for each in waiting:
        assert not each.result().earlier
    with pytest.raises(RingfenceError, match=r"UNIQUE|duplicate"):
        bad.result()
    assert log.newest() == 4


def test_closing_makes_everything_durable_that_was_taken(url, record):
    log = open_decision_log(url)
    waiting = [log.submit(record(number)) for number in range(700)]
    log.close()
    assert all(each.done() for each in waiting)
    with pytest.raises(StoreUnavailableError):
        log.submit(record(1000))
    with open_decision_log(url) as again:
        assert again.newest() == 700


def test_the_event_loop_is_not_held(log, record):
    async def both():
        with log._database.writing() as connection:
            in_turn(connection)
            task = asyncio.ensure_future(log.accept_async(record(1)))
            await asyncio.sleep(0.05)
            assert not task.done()
        return await task

    assert asyncio.run(both()).decision.number == 1


@pytest.mark.parametrize("bad", [{"applicant_id": "a\0b"}, {"rules": ("r\0",)}, {"idempotency_key": "客" * 1000}])
def test_an_id_that_cannot_be_kept_is_refused_at_once(log, record, bad):
    with pytest.raises(BadInputError):
        log.submit(record(1, **bad))
    assert log.newest() == 0


def test_hostile_texts_are_kept_as_they_are(log, record):
    hostile = "'); DROP TABLE decision; -- %s ? :x 🕵️"
    log.accept(record(1, applicant_id=hostile, seen={"device": hostile, "phone": "x" * 900, "wifi": "客" * 900}))
    seen = log.recent_of(hostile, until=2_000_000_000, since=0)
    assert seen["device"] == seen["applicant"] == [hostile]
    assert re.fullmatch("sha256:[0-9a-f]{64}", seen["phone"][0])
    assert log.recent([("wifi", "客" * 900)], until=2_000_000_000, since=0, limit=1)[0].seen[0].applicant_id == hostile


def test_several_processes_with_the_same_keys_make_each_decision_once(url, log):
    processes = [started(SAME_KEYS, url) for _ in range(3)]
    for process in processes:
        go(process)
    told = [process.communicate()[0].split() for process in processes]
    assert all(process.returncode == 0 for process in processes)
    assert told[0] == told[1] == told[2]
    assert len(set(told[0])) == 200
    assert [each.number for each in log.after(0, 1000)] == list(range(1, 201))
    assert {each.decision_id for each in log.after(0, 1000)} == set(told[0])


def test_what_was_acknowledged_outlives_a_killed_process(url, log):
    process = started(UNTIL_KILLED, url)
    go(process)
    told = [process.stdout.readline().strip() for _ in range(30)]
    process.send_signal(signal.SIGKILL)
    told += process.communicate()[0].split("\n")[:-1]
    kept = [each.decision_id for each in log.after(0, 100_000)]
    assert kept[: len(told)] == told
    assert len(kept) - len(told) <= 1


@pytest.mark.postgresql
def test_a_lost_connection_fails_those_who_wait_and_nobody_later(postgresql, record):
    url = postgresql.database()
    other = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with open_decision_log(url) as log:
        with log._database.writing() as connection:
            in_turn(connection)
            waiting = log.submit(record(1))
            kill = text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            while not waiting.done():
                with other.begin() as second:
                    second.execute(kill)
        with pytest.raises(StoreUnavailableError):
            waiting.result()
        assert log.accept(record(2)).decision.number == 1
    other.dispose()


def test_ids_sort_by_time_and_are_uuids():
    ids = [new_decision_id() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert [each[:13] for each in ids] == sorted(each[:13] for each in ids)
    assert {uuid.UUID(each).version for each in ids} == {7}
    assert {uuid.UUID(each).variant for each in ids} == {uuid.RFC_4122}
