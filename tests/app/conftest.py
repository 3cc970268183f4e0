"""A store with a published run, and the API on it."""

import asyncio
import json
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
from app.settings import Settings
from app.wiring import store_of


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
    )


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
        yield caller
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
