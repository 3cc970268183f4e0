"""Decisions of `ringfence serve` as processes of their own, over real connections."""

import json
import os
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
from api_server import RINGFENCE, free_port, server, wait_until_it_answers
from decision_world import Ringleader, eventually

from app.settings import Settings
from app.wiring import decision_log_of, store_of
from graph.ontology.nodes import APPLICATION


def test_several_workers_make_one_decision_of_one_key(
    either_lender: Settings, world, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("RINGFENCE_WORK_DIR", str(either_lender.work_dir))
    monkeypatch.setenv("RINGFENCE_DECISION_MS", "5000")
    with store_of(either_lender) as store:
        leader = Ringleader(store)
        with server(either_lender, tmp_path / "log", "--workers", "2") as address:

            def ask(number: int) -> tuple[int, str, str | None]:
                headers = {"X-API-Key": world.key, "Idempotency-Key": f"key-{number % 5}"}
                answer = httpx2.post(
                    f"{address}/v1/decisions", json=leader.application(number % 5), headers=headers, timeout=60
                )
                told = answer.json()
                return number % 5, told["decision_id"], told["kept"]

            with ThreadPoolExecutor(10) as callers:
                answers = list(callers.map(ask, range(50)))
            other = httpx2.post(
                f"{address}/v1/decisions", json=leader.application(99),
                headers={"X-API-Key": world.key, "Idempotency-Key": "key-1"}, timeout=60,
            )  # fmt: skip
            assert other.status_code == 409
        assert {kept for _, _, kept in answers} == {True}
        assert len({decision for _, decision, _ in answers}) == 5
        with decision_log_of(either_lender) as log:
            assert log.newest() == 5
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_told_to_stop_it_loses_no_decision_that_it_gave(lender: Settings, world, tmp_path: Path) -> None:
    with store_of(lender) as store:
        leader = Ringleader(store)
    port, log_file = free_port(), tmp_path / "log"
    environment = os.environ | {"RINGFENCE_API_KEYS": json.dumps(lender.api_keys), "RINGFENCE_DECISION_MS": "5000"}
    command = [RINGFENCE, "serve", "--port", str(port), "--store", lender.store]
    kept: list[str] = []
    enough = threading.Event()

    def ask_until_it_ends(caller: int) -> None:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers={"X-API-Key": world.key}, timeout=60) as client:
            for number in range(10_000):
                try:
                    answer = client.post("/v1/decisions", json=leader.application(caller * 10_000 + number))
                except httpx2.TransportError:
                    return
                if answer.status_code == 200 and answer.json()["kept"]:
                    kept.append(answer.json()["decision_id"])
                if len(kept) > 40:
                    enough.set()

    with (
        log_file.open("wb") as lines,
        subprocess.Popen(command, env=environment, stderr=lines, stdout=lines) as process,
    ):
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/health", log_file)
            callers = [threading.Thread(target=ask_until_it_ends, args=(each,)) for each in range(1, 7)]
            for each in callers:
                each.start()
            assert enough.wait(60), log_file.read_text()
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) in {0, -signal.SIGTERM}
        for each in callers:
            each.join()
    with decision_log_of(lender) as log:
        assert len(kept) > 40
        assert [each for each in kept if log.decision(each) is None] == []
        missing = log.newest()
        assert missing >= len(kept)
    assert "Traceback" not in log_file.read_text()


def test_what_one_process_left_the_next_one_drains(lender: Settings, world, tmp_path: Path) -> None:
    with store_of(lender) as store:
        leader = Ringleader(store)
        with store.exclusive("drain"), server(lender, tmp_path / "log") as address:
            answer = httpx2.post(
                f"{address}/v1/decisions", json=leader.application(1), headers={"X-API-Key": world.key}, timeout=60
            )
            assert answer.json()["kept"]
        assert store.graph.node(APPLICATION, "P-new-1") is None
        with server(lender, tmp_path / "log-2"):
            eventually(lambda: store.graph.node(APPLICATION, "P-new-1"))
