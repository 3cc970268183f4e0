import json
import threading
import time

import pytest

from app.api import lookups as lookups_module
from app.api.lazily import Lazily
from app.settings import Settings
from decisions.guard import State
from graph.errors import AccessError, StoreUnavailableError

V1 = ("/v1/scores/A-1", "/v1/rings", "/v1/rings/R-1")


@pytest.mark.parametrize("path", V1)
@pytest.mark.parametrize(
    "headers",
    [
        {"X-API-Key": ""},
        {"X-API-Key": "wrong"},
        {"X-API-Key": "a-key-that-is-long-enougH"},
        {"X-API-Key": "", "Authorization": "Basic a-key-that-is-long-enough"},
        {"X-API-Key": "", "Authorization": "Bearer wrong"},
        {"X-API-Key": "ключ".encode()},
    ],
)
def test_without_a_right_key_nothing_is_answered(api, path: str, headers: dict[str, str]) -> None:
    answer = api.get(path, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:ringfence:bad_key"
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_batch_needs_a_key_too(api) -> None:
    answer = api.post("/v1/scores:lookup", json={"applicant_ids": ["A-1"]}, headers={"X-API-Key": "wrong"})
    assert (answer.status_code, answer.json()["recommendation"]) == (401, "review")


@pytest.mark.parametrize("path", V1)
def test_the_key_may_come_as_a_bearer_token(api, world, path: str) -> None:
    assert api.get(path, headers={"X-API-Key": "", "Authorization": f"Bearer {world.key}"}).status_code == 200


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("127.0.0.1", "localhost", 200),
        ("::1", "[::1]:8000", 200),
        ("10.0.0.5", "localhost", 403),
        ("127.0.0.1", "evil.example", 403),
    ],
)
def test_without_keys_only_this_machine_is_served(
    published: Settings, serving, address: str, host: str, status: int
) -> None:
    with serving(published.model_copy(update={"api_keys": ()}), address=address) as api:
        assert api.get("/v1/scores/A-1", headers={"Host": host}).status_code == status


def test_probes_need_no_key(api) -> None:
    assert api.get("/health", headers={"X-API-Key": ""}).json() == {"status": "alive"}
    ready = api.get("/ready", headers={"X-API-Key": ""})
    assert (ready.status_code, ready.json()["run"]["run_id"]) == (200, "run-1")


def test_ready_says_that_no_run_is_published(settings: Settings, serving) -> None:
    with serving(settings) as api:
        assert api.get("/health").status_code == 200
        answer = api.get("/ready")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:ringfence:no_run")
    assert "No detection run is published yet" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/v1/scores/A-1", "/v1/rings", "/v1/rings/R-1", "/ready"])
def test_a_store_that_is_down_is_a_503_that_does_not_say_where_it_is(serving, world, path: str) -> None:
    down = Settings(store="bolt://user:secret@127.0.0.1:9", api_keys=(world.line,))
    with serving(down) as api:
        assert api.get("/health").status_code == 200
        answer = api.get(path)
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:ringfence:store_unavailable"
    assert "127.0.0.1" not in answer.text


def test_a_store_that_comes_back_is_found(published: Settings, serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server starts while the store is down; requests fail until it answers, then no restart is needed."""
    with serving(published) as api:
        opening = api.app.state.lookups._opening
        opener, opening.opened, opening._opener = opening._opener, None, _down
        assert api.get("/v1/scores/A-1").status_code == 503
        opening._opener = opener
        assert api.get("/v1/scores/A-1").status_code == 503, "no second attempt within the pause"
        monkeypatch.setattr(opening, "_not_before", 0.0)
        assert api.get("/v1/scores/A-1").status_code == 200


def test_a_store_that_hangs_holds_nobody(published: Settings, serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first callers wait for as long as the budget says; then the breaker is open, and nobody waits."""
    monkeypatch.setattr(lookups_module, "BUDGET", 0.05)
    hanging = threading.Event()

    def hang() -> None:
        hanging.wait()
        _down()

    with serving(published) as api:
        lookups = api.app.state.lookups
        lookups._opening, lookups._embedded = Lazily(hang), False
        answers = [api.get("/v1/scores/A-1") for _ in range(60)]
        assert {answer.json()["reason"] for answer in answers} == {"store_unavailable"}
        assert lookups._guard.state is State.OPEN
        begun = time.monotonic()
        assert [api.get(path).status_code for path in ("/health", *V1)] == [200, 503, 503, 503]
        assert time.monotonic() - begun < 5
        hanging.set()


def _down() -> None:
    raise StoreUnavailableError("It does not answer", where="bolt://secret-host:7687")


def test_a_store_that_refuses_the_server_is_a_503_whose_cause_is_in_the_log(
    api, caplog: pytest.LogCaptureFixture
) -> None:
    def refused() -> None:
        raise AccessError("Neo4j refuses the user or the password", where="bolt://secret-host:7687")

    api.app.state.lookups._opening = Lazily(refused)
    answer = api.get("/v1/scores/A-1")
    assert (answer.status_code, answer.json()["reason"]) == (503, "store_unavailable")
    assert "secret-host" not in answer.text
    assert "AccessError: Neo4j refuses the user or the password (bolt://secret-host:7687)" in caplog.text


def test_a_defect_is_a_500_without_details(
    api, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(applicant_id: str) -> None:
        raise ValueError(f"cannot read {applicant_id}")

    monkeypatch.setattr(api.app.state.lookups.store().runs, "score", broken)
    answer = api.get("/v1/scores/secret-applicant")
    assert (answer.status_code, answer.json()["recommendation"]) == (500, "review")
    assert "secret" not in answer.text + caplog.text
    assert "ValueError at" in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "/v2/scores/x", 404), ("post", "/v1/scores/x", 405), ("get", "/v1/scores/", 404)],
)
def test_errors_of_the_framework_are_problem_documents_too(api, method: str, path: str, status: int) -> None:
    answer = getattr(api, method)(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == status
