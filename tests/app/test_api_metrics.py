import os
import re
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from api_server import server
from prometheus_client.parser import text_string_to_metric_families

from app.api.keys import new_key
from app.api.metrics import Metrics
from app.api.scopes import Scope
from app.settings import Settings
from decisions.guard import State
from decisions.outcome import Outcome

Samples = dict[tuple[str, ...], float]


def samples(text: str) -> Samples:
    """(name, label values by the labels' names...): value."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_kind_of_answer(api) -> None:
    for path in ("/v1/scores/A-1", "/v1/scores/A-2", "/v1/scores/nobody", "/v1/rings", "/nowhere/A-1"):
        api.get(path)
    answer = api.get("/metrics")
    found = samples(answer.text)
    assert answer.headers["content-type"].startswith("text/plain; version=1.0.0")
    count = "ringfence_request_seconds_count"
    assert found[count, "/v1/scores/{applicant_id}", "2xx"] == 2
    assert found[count, "/v1/scores/{applicant_id}", "4xx"] == 1
    assert found[count, "/v1/rings", "2xx"] == 1
    assert found[count, "unmatched", "4xx"] == 1
    assert found["ringfence_request_seconds_bucket", "+Inf", "/v1/rings", "2xx"] == 1
    assert found["ringfence_breaker_state", "store"] == 0
    assert "A-1" not in answer.text


def test_the_age_of_the_run_is_told_and_grows_while_the_store_is_away(api, monkeypatch: pytest.MonkeyPatch) -> None:
    first = samples(api.get("/metrics").text)["ringfence_run_age_seconds",]
    published = datetime.fromisoformat(api.get("/ready").json()["run"]["published_at"])
    assert first == pytest.approx((datetime.now(UTC) - published).total_seconds(), abs=30)
    monkeypatch.setattr(api.app.state.lookups.store().runs, "current", lambda: None)
    assert samples(api.get("/metrics").text)["ringfence_run_age_seconds",] > first


def test_what_decisions_tell_is_counted() -> None:
    metrics = Metrics()
    metrics.observe_decision(Outcome.REJECT, 0.004)
    metrics.observe_decision(Outcome.REJECT, 0.2)
    metrics.hit_rule("shared-device")
    metrics.miss_part("graph")
    metrics.set_breaker("graph", State.OPEN)
    metrics.set_run(datetime.now(UTC) - timedelta(hours=1))
    found = samples(metrics.exposition().decode())
    assert found["ringfence_decision_seconds_bucket", "0.005", "reject"] == 1
    assert found["ringfence_decision_seconds_count", "reject"] == 2
    assert found["ringfence_rule_hits_total", "shared-device"] == 1
    assert found["ringfence_missing_parts_total", "graph"] == 1
    assert found["ringfence_breaker_state", "graph"] == 2
    assert found["ringfence_run_age_seconds",] == pytest.approx(3600, abs=30)


def test_refusals_of_a_key_that_asks_too_often_are_counted(published: Settings, serving) -> None:
    secret, key = new_key("engine", [Scope.SCORES])
    with serving(published.model_copy(update={"api_keys": (f"{key.line}:1/hour",)})) as api:
        for _ in range(3):
            api.get("/v1/scores/A-1", headers={"X-API-Key": secret})
        found = samples(api.get("/metrics", headers={"X-API-Key": ""}).text)
    assert found["ringfence_rate_limited_total", "engine"] == 2


@pytest.mark.parametrize(
    ("address", "host", "key", "status"),
    [
        ("127.0.0.1", "localhost", "", 200),
        ("127.0.0.1", "localhost", "wrong", 401),
        ("127.0.0.1", "metrics.example", "", 401),
        ("10.0.0.5", "localhost", "", 401),
    ],
)
def test_figures_are_for_keys_with_the_scope_and_for_this_machine(
    published: Settings, serving, address: str, host: str, key: str, status: int
) -> None:
    with serving(published, address=address) as api:
        assert api.get("/metrics", headers={"X-API-Key": key, "Host": host}).status_code == status


def test_one_worker_tells_of_all_also_of_those_that_died(
    published: Settings, world, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    log = tmp_path / "log"
    with server(published, log, "--workers", "2") as address:

        def ask(path: str) -> httpx2.Response:
            return httpx2.get(f"{address}{path}", headers={"X-API-Key": world.key})

        for _ in range(40):
            assert ask("/v1/scores/A-1").status_code == 200
        answered = scraped_until(ask, lambda found: counted(found) == 40)
        (folder,) = tmp_path.glob("ringfence-metrics-*")
        assert answered["ringfence_run_age_seconds",] >= 0
        assert not any("pid" in " ".join(name) for name in answered)
        killed = re.findall(r"Started server process \[(\d+)\]", log.read_text())[0]
        os.kill(int(killed), signal.SIGKILL)
        scraped_until(ask, lambda _: not list(folder.glob(f"gauge_live*_{killed}.db")))
        for _ in range(20):
            assert ask("/v1/scores/A-1").status_code == 200
        scraped_until(ask, lambda found: counted(found) == 60)
    assert not list(tmp_path.glob("ringfence-metrics-*"))


def counted(found: Samples) -> float:
    return found.get(("ringfence_request_seconds_count", "/v1/scores/{applicant_id}", "2xx"), 0)


def scraped_until(ask: Callable, holds: Callable[[Samples], bool]) -> Samples:
    deadline = time.monotonic() + 60
    while True:
        found = samples(ask("/metrics").text)
        if holds(found):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.1)
