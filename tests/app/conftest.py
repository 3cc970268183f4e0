"""A store with a published run, and the API on it."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from published_store import (
    FINGERPRINT,
    HOSTILE,
    KEY,
    LINE,
    MEMBERS,
    NO_SCORES,
    add_applicants,
    publish,
    ring_of,
    run_of,
)

from app.api.application import create_app
from app.cli.main import run
from app.detection import run_detection
from app.settings import Settings
from app.wiring import decision_log_of, store_of
from decisions.log.record import DecisionRecord, new_decision_id
from decisions.outcome import Outcome
from ingest.options import Options
from ingest.pipeline import load_folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An empty embedded store."""
    return Settings(store=f"sqlite:///{tmp_path}/store.db", api_keys=(LINE,))


@pytest.fixture
def published(settings: Settings) -> Settings:
    """An embedded store with one published run; `clean` is known and has no score."""
    with store_of(settings) as store:
        add_applicants(store, (*MEMBERS, "clean"))
        publish(store)
    return settings


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def either_store(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Settings]:
    """One published run, on each of the two stores."""
    if request.param == "neo4j":
        settings = settings.model_copy(update={"store": request.getfixturevalue("neo4j_url")})
        request.getfixturevalue("empty_neo4j")
    with store_of(settings) as store:
        add_applicants(store, (*MEMBERS, "clean"))
        publish(store)
    return settings


@pytest.fixture
def world() -> SimpleNamespace:
    """What the published run holds, for tests (which cannot import this module)."""
    return SimpleNamespace(
        key=KEY,
        line=LINE,
        hostile=HOSTILE,
        members=MEMBERS,
        fingerprint=FINGERPRINT,
        no_scores=NO_SCORES,
        add_applicants=add_applicants,
        publish=publish,
        run_of=run_of,
        ring_of=ring_of,
        keep_decision=keep_decision,
    )


def decision_body(**other: Any) -> dict[str, Any]:
    """What a decision rested on (`decisions.body`): a campus WiFi shared with `A-2` and `A-3`, a device with nobody."""
    evidence = [{"code": "shared_wifi", "kind": "Wifi", "key": "3c:84:6a:12:34:56", "hub": "campus", "weight": 0.4}]
    reason = {"family": "fraud_rule", "analyst": {"en": "Many on this WiFi.", "zh": "此 WiFi 人数众多。"}}
    body = {
        "reasons": [
            reason | {"code": "MANY_ON_WIFI", "points": 20, "rules": ["many_on_wifi"], "identifiers": [0], "links": []},
            reason | {"code": "LINKED", "points": 40, "rules": ["linked"], "identifiers": [], "links": [0]},
            reason | {"code": "STALE_RUN", "points": 0, "rules": [], "identifiers": [], "links": []},
        ],
        "links": [
            {"applicant_id": "A-2", "held": True, "known_fraud": True, "evidence": evidence},
            {"applicant_id": "A-3", "held": False, "known_fraud": False, "evidence": evidence},
        ],
        "identifiers": [
            {"source": "wifi", "kind": "Wifi", "key": "3c:84:6a:12:34:56", "hub": "campus", "users": 40},
            {"source": "device", "kind": "Device", "key": FINGERPRINT, "hub": "", "users": 1},
        ],
    }
    return body | other


def keep_decision(
    settings: Settings, outcome: Outcome = Outcome.REJECT, applicant_id: str = "A-1", **other: Any
) -> str:
    """A decision in the log that goes with the store; returns its id."""
    decision_id = new_decision_id()
    record = DecisionRecord(
        decision_id=decision_id, application_id="P-1", applicant_id=applicant_id, at=1_700_000_000,
        decided_at=1_700_000_000_000_000, outcome=outcome, score=0.6, rules_version="1", run_id="run-1",
        latency_us=900, application=b"{}", body=json.dumps(decision_body(**other)).encode(),
        rules=("many_on_wifi", "linked"),
    )  # fmt: skip
    with decision_log_of(settings) as log:
        log.accept(record)
    return decision_id


class Caller:
    """A caller with a key, of the API on some settings, in this process."""

    def __init__(self, settings: Settings, runner: asyncio.Runner, address: str) -> None:
        self.app = create_app(settings)
        self._runner = runner
        transport = httpx2.ASGITransport(self.app, client=(address, 50000))
        self._client = httpx2.AsyncClient(transport=transport, base_url="http://localhost", headers={"X-API-Key": KEY})

    def get(self, path: str, **options: Any) -> httpx2.Response:
        return self._runner.run(self._client.get(path, **options))

    def post(self, path: str, **options: Any) -> httpx2.Response:
        return self._runner.run(self._client.post(path, **options))


@contextmanager
def client_of(settings: Settings, *, address: str = "127.0.0.1") -> Iterator[Caller]:
    with asyncio.Runner() as runner:
        caller = Caller(settings, runner, address)
        life = caller.app.router.lifespan_context(caller.app)
        runner.run(life.__aenter__())
        try:
            yield caller
        finally:
            runner.run(life.__aexit__(None, None, None))


@pytest.fixture
def serving() -> Callable[..., AbstractContextManager[Caller]]:
    return client_of


@pytest.fixture
def api(published: Settings) -> Iterator[Caller]:
    """The API on the embedded store with one published run."""
    with client_of(published) as client:
        yield client


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def ringfence(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Said]:
    """ringfence("rings", "--json"): the command as a scheduler runs it, in this process."""
    monkeypatch.setenv("RINGFENCE_WORK_DIR", str(tmp_path / "work"))

    def call(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["ringfence", *map(str, arguments)])
        capfdbinary.readouterr()
        code = 0
        try:
            run()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        out, err = capfdbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return call


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders `initial`, `night-01` and `night-02` of a lender with rings."""
    folder = tmp_path_factory.mktemp("small") / "world"
    command = [Path(sys.executable).parent / "ringfence", "world", folder, "--applicants", "1500", "--nights", "2"]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def detected(small_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an embedded store with the small world and a run of it, to be copied."""
    folder = tmp_path_factory.mktemp("detected")
    fill(f"sqlite:///{folder}/store.db", small_world / "initial", folder)
    return folder / "store.db"


def fill(url: str, tables: Path, work: Path) -> None:
    with store_of(Settings(store=url)) as store:
        load_folder(store, tables, Options(work_dir=work / "work"))
        run_detection(store, keep_runs=3)


@pytest.fixture
def lender(detected: Path, tmp_path: Path) -> Settings:
    """Settings of a lender whose store has the small world and a run of it, which is as old as it likes."""
    with sqlite3.connect(detected) as whole, sqlite3.connect(tmp_path / "store.db") as copy:
        whole.backup(copy)
    return Settings(store=f"sqlite:///{tmp_path}/store.db", api_keys=(LINE,), **PATIENT)


PATIENT: dict[str, Any] = {"stale_run_hours": 1e6, "decision_ms": 5_000}
"""The world's run is of a day long ago; and on a busy machine nothing should be missing because it is late."""


@pytest.fixture
def lender_on(small_world: Path, tmp_path: Path) -> Callable[[str], Settings]:
    """lender_on(url): the same on an empty store."""

    def filled(url: str) -> Settings:
        fill(url, small_world / "initial", tmp_path)
        return Settings(store=url, work_dir=tmp_path / "work", api_keys=(LINE,), **PATIENT)

    return filled


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def either_lender(request: pytest.FixtureRequest, lender_on: Callable[[str], Settings]) -> Settings:
    """The same, on each of the two stores."""
    if request.param == "neo4j":
        return lender_on(request.getfixturevalue("empty_neo4j"))
    lender: Settings = request.getfixturevalue("lender")
    return lender
