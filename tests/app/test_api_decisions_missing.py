"""Something is missing: the answer still comes, says so, and is the safe one."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from decision_world import Ringleader, eventually, honest, moment
from neo4j_server import Neo4jServer

from app.draining import drain_accepted
from app.settings import Settings
from app.wiring import decision_log_of, store_of
from graph.ontology.nodes import APPLICANT

DRY = {"dry_run": "true"}
AT = 1_782_780_000


def decided(api, application, **options):
    answer = api.post("/v1/decisions", json=application, **options)
    assert answer.status_code == 200, answer.text
    return answer.json()


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_before_the_first_run(settings, serving) -> None:
    with serving(settings) as api:
        made = decided(api, honest(AT))
        assert (made["outcome"], made["run"], made["kept"], made["missing"]) == ("review", None, True, ["run"])
        assert made["features"]["run_age_hours"] == 0.0
        assert [each["code"] for each in made["customer_reasons"]] == ["STALE_RUN"]


def test_a_run_that_has_learned_nothing_for_decisions(published, serving) -> None:
    with serving(published) as api:
        made = decided(api, honest(AT))
        assert (made["outcome"], made["run"], made["missing"], made["links"]) == ("review", None, ["run"], [])


def test_a_stale_run_is_used_and_told(lender, serving) -> None:
    with store_of(lender) as store:
        leader = Ringleader(store)
    with serving(lender.model_copy(update={"stale_run_hours": 24.0})) as api:
        fresh = decided(api, honest(leader.at, 1) | {"submitted_at": moment(leader.at + 24 * 3600)})
        assert (fresh["outcome"], fresh["missing"], fresh["features"]["run_age_hours"]) == ("approve", [], 24.0)
        stale = decided(api, honest(leader.at, 2) | {"submitted_at": moment(leader.at + 25 * 3600)})
        assert (stale["outcome"], stale["missing"], stale["features"]["run_age_hours"]) == (
            "review",
            ["stale_run"],
            25.0,
        )
        assert stale["run"]["run_id"] == fresh["run"]["run_id"]
        linked = decided(api, leader.application(3, seconds=25 * 3600))
        assert leader.applicant_id in {each["applicant_id"] for each in linked["links"]}


@pytest.mark.parametrize("safe", ["review", "reject", "approve"])
def test_the_safe_outcome_is_the_lenders(settings, serving, safe) -> None:
    with serving(Settings(**settings.model_dump() | {"safe_outcome": safe})) as api:
        assert decided(api, honest(AT))["outcome"] == safe


def test_a_store_whose_file_breaks_is_missing_and_the_decision_kept(lender, serving, caplog) -> None:
    with store_of(lender) as store:
        leader = Ringleader(store)
    with serving(lender) as api:
        assert decided(api, honest(leader.at, 1))["missing"] == []
        broken = file_of(lender.store)
        for rest in ("-wal", "-shm"):
            broken.with_name(broken.name + rest).unlink(missing_ok=True)
        broken.write_bytes(b"no database " * 1000)
        made = decided(api, leader.application(2))
        assert (made["outcome"], made["kept"], "graph" in made["missing"]) == ("review", True, True)
        assert made["links"] == []
        assert made["run"] is not None  # what was known before is known still
        assert api.get(f"/v1/decisions/{made['decision_id']}").json() == made
        again = decided(api, leader.application(3))
        assert "N-2" in {each["applicant_id"] for each in again["links"]}  # by the log
    assert leader.has["card"].key not in caplog.text


@contextmanager
def written_by_another(file: Path) -> Iterator[None]:
    """Somebody has the file's write lock and does not give it back."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_a_log_that_takes_nothing_in_time(lender, serving) -> None:
    with store_of(lender) as store:
        leader = Ringleader(store)
    with decision_log_of(lender) as log:
        file = file_of(log.address)
    with serving(lender.model_copy(update={"decision_ms": 300})) as api:
        decided(api, honest(leader.at, 1))
        with written_by_another(file):
            made = decided(api, honest(leader.at, 2), headers={"Idempotency-Key": "again"})
            assert (made["outcome"], made["kept"]) == ("review", False)
            assert made["missing"] == ["log"]
            assert [each["code"] for each in made["customer_reasons"]] == ["GRAPH_UNAVAILABLE"]
            linked = decided(api, leader.application(3), params=DRY)
            assert leader.applicant_id in {each["applicant_id"] for each in linked["links"]}
        kept = eventually(
            lambda: (now := decided(api, honest(leader.at, 2), headers={"Idempotency-Key": "again"}))["kept"] and now
        )
        assert decided(api, honest(leader.at, 2), headers={"Idempotency-Key": "again"}) == kept
        with decision_log_of(lender) as log:
            assert log.newest() == 2  # what was given up was not written behind anybody's back, or once


def test_a_log_that_breaks(lender, serving) -> None:
    with store_of(lender) as store:
        leader = Ringleader(store)
    with decision_log_of(lender) as log:
        file = file_of(log.address)
    with serving(lender) as api:
        decided(api, honest(leader.at, 1))
        for rest in ("-wal", "-shm"):
            file.with_name(file.name + rest).unlink(missing_ok=True)
        file.write_bytes(b"no database " * 5000)
        made = decided(api, leader.application(2))
        assert (made["outcome"] != "approve", made["kept"], "log" in made["missing"]) == (True, False, True)
        assert made["missing"].count("log") == 1
        assert leader.applicant_id in {each["applicant_id"] for each in made["links"]}


def test_a_log_that_was_never_there_is_said_soon(published, serving) -> None:
    down = published.model_copy(update={"decisions": "postgresql://u:secret@127.0.0.1:1/x"})
    with serving(down) as api:
        answers = [api.post("/v1/decisions", json=honest(AT)) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {503}
    assert {answer.json()["recommendation"] for answer in answers} == {"review"}
    assert "secret" not in answers[0].text


def answered(api, leader: Ringleader) -> None:
    """Wait until the server, which was just filled, has planned the question and answers in time."""
    eventually(lambda: "graph" not in decided(api, leader.application(1), params=DRY)["missing"])


@pytest.mark.neo4j
def test_a_neo4j_that_is_stopped_is_missing_within_the_budget_and_catches_up(
    neo4j_server: Neo4jServer, wiped_neo4j, serving, lender_on
) -> None:
    lender = lender_on(wiped_neo4j()).model_copy(update={"decision_ms": 2_000})
    with store_of(lender) as store:
        leader = Ringleader(store)
    with serving(lender) as api:
        answered(api, leader)
        neo4j_server.kill()
        try:
            made = [decided(api, leader.application(number)) for number in range(2, 10)]
            for each in made:
                assert (each["outcome"] != "approve", each["kept"]) == (True, True)
                assert "graph" in each["missing"]
                assert each["run"]["run_id"] == leader.run.run_id
            assert "N-2" in {each["applicant_id"] for each in made[-1]["links"]}
        finally:
            neo4j_server.start()
        back = eventually(
            lambda: "graph" not in (now := decided(api, leader.application(10), params=DRY))["missing"] and now
        )
        assert leader.applicant_id in {each["applicant_id"] for each in back["links"]}
        with store_of(lender) as store:
            assert drain_accepted(store, lender)
            assert store.graph.node(APPLICANT, "N-9") is not None


@pytest.mark.neo4j
def test_a_neo4j_that_hangs_holds_nobody_beyond_the_budget(
    neo4j_server: Neo4jServer, wiped_neo4j, serving, lender_on
) -> None:
    lender = lender_on(wiped_neo4j()).model_copy(update={"decision_ms": 2_000})
    with store_of(lender) as store:
        leader = Ringleader(store)
    with serving(lender) as api:
        answered(api, leader)
        os.kill(neo4j_server.pid, signal.SIGSTOP)
        try:
            made = [decided(api, honest(leader.at, number)) for number in range(1, 9)]
        finally:
            os.kill(neo4j_server.pid, signal.SIGCONT)
        for each in made:
            assert (each["outcome"], each["kept"], each["missing"]) == ("review", True, ["graph"])
        eventually(lambda: "graph" not in decided(api, leader.application(10), params=DRY)["missing"])
        with store_of(lender) as store:
            assert drain_accepted(store, lender)
            assert store.graph.node(APPLICANT, "H-8") is not None
