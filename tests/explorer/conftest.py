"""A store with rings as analysts meet them (plain, hostile, large, pages of small ones), its server, and a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import polars as pl
import pytest
import streamlit as st
from playwright.sync_api import Browser, Dialog, Page, Route, expect, sync_playwright
from streamlit.testing.v1 import AppTest

from bench.explorer_server import QUIET
from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ontology import NODE_BY_LABEL, RELATIONSHIP_BY_TYPE
from graph.results import Change, Evidence, Member, Part, Reason, Ring, Run
from graph.store.contract import Store
from graph.store.opening import open_store

START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
DAY = 86_400
SCRIPT = Path("app/explorer/entry.py").resolve()
CANARY = "canary.example"
HOSTILE = (
    f"<img src=http://{CANARY}/i.png onerror=alert(1)>",
    f"</script><script>alert(2);fetch('http://{CANARY}/s')</script>",
    f"[click](javascript:alert(3)) ![look](http://{CANARY}/m.png)",
    '=HYPERLINK("http://canary.example","x")',
    "'; DROP TABLE ring; -- \" ` $x$ :red[x] 😀 \u202e\x0b\ufffe",
    "长" * 10_000,
)


def _people(ids: list[str], names: list[str]) -> NodeRows:
    return NodeRows(
        NODE_BY_LABEL["Applicant"], pl.DataFrame({"key": ids, "name": names, "created_at": [START] * len(ids)})
    )


def _seen(relationship: str, pairs: list[tuple[str, str]]) -> RelationshipRows:
    times = {"first_seen": START, "last_seen": START + 20 * DAY}
    rows = pl.DataFrame({"start": [a for a, _ in pairs], "end": [b for _, b in pairs]})
    return RelationshipRows(
        RELATIONSHIP_BY_TYPE[relationship], rows.with_columns(**{n: pl.lit(v) for n, v in times.items()})
    )


def _paid(moves: list[tuple[str, str, str, int]]) -> RelationshipRows:
    ids, starts, ends, amounts = zip(*moves, strict=True)
    times = [START + number * DAY for number in range(len(moves))]
    rows = {"key": ids, "start": starts, "end": ends, "amount": amounts, "ts": times}
    return RelationshipRows(
        RELATIONSHIP_BY_TYPE["TRANSFERRED"], pl.DataFrame({name: list(values) for name, values in rows.items()})
    )


def _ring(ring_id: str, members: list[str], shared: list[tuple[str, str, str, list[str]]], **other: object) -> Ring:
    """A ring in which `shared` (code, kind, key, applicants) is the evidence."""
    codes = list(dict.fromkeys(code for code, *_ in shared))
    evidence = [
        Evidence(
            code=code, kind=kind, key=key, applicants=tuple(people), weight=float(len(people)),
            first_seen=START + number * DAY, last_seen=START + (number + 9) * DAY, detail="Seen together.",
            **_moved(people) if kind == "TRANSFERRED" else _used(people),
        )
        for number, (code, kind, key, people) in enumerate(shared)
    ]  # fmt: skip
    figures = {"members": 4, "size": 6, "people": 6, "identifiers": 2, "others": 3, "usual": 0.948}
    reasons = [
        Reason(
            code=code,
            text=f"Members share what {code} says.",
            compared="94.8% do not.",
            figures=figures,
            weight=float(len(codes) - number),
        )
        for number, code in enumerate(codes)
    ]
    values = {
        "ring_id": ring_id, "run_id": "RUN-1", "score": 0.8, "size": len(members), "change": Change.NEW,
        "kind": codes[0], "headline": reasons[0].text, "headline_figures": figures, "reasons": tuple(reasons),
        "evidence": tuple(evidence),
        "exposure": 100_000 * len(members), "expected_loss": 80_000 * len(members), "first_seen": START,
        "false_kills": 0.2 * len(members), "false_kills_low": 0, "false_kills_high": 4,
        "last_seen": START + 20 * DAY,
        "members": tuple(Member(applicant_id=each, score=0.7, role="core") for each in members),
        "parts": (Part(name="links", value=0.8),),
    }  # fmt: skip
    return Ring(**{**values, **other})


def _moved(people: list[str]) -> dict[str, Any]:
    return {"payer": people[0], "payee": people[-1], "figures": {"amount": 125_000}}


def _used(people: list[str]) -> dict[str, Any]:
    return {"hub": "suspicious", "figures": {"members": len(people), "users": len(people) + 1, "burst": 0.5}}


def _plain() -> tuple[Ring, Chunk]:
    ids = [f"A-{number:03}" for number in range(1, 7)]
    names = ["Ann Lee", "王伟", "Bo Chen", "李娜", "Cy Park", "张敏"]
    devices = [(each, f"a1b2c3d4e5f6071{number % 2}") for number, each in enumerate(ids)]
    wifi = [(each, "3c:84:6a:12:34:56") for each in ids[:4]]
    phones = [(each, "+8613925716803") for each in ids[2:5]]
    moves = [(f"T-{number}", ids[number], ids[(number + 1) % 6], 125_000 + number) for number in range(6)]
    ring = _ring(
        "R-PLAIN",
        ids,
        [
            ("shared_device", "Device", "a1b2c3d4e5f60710", ids[::2]),
            ("shared_device", "Device", "a1b2c3d4e5f60711", ids[1::2]),
            ("shared_wifi", "Wifi", "3c:84:6a:12:34:56", ids[:4]),
            ("shared_phone", "Phone", "+8613925716803", ids[2:5]),
            *(("transfer_cycle", "TRANSFERRED", key, [start, end]) for key, start, end, _ in moves),
        ],
        score=0.93, expected_loss=9_300_000, exposure=10_000_000, change=Change.GROWN,
    )  # fmt: skip
    burst = Reason(code="burst", text="6 of 6 members first applied within two weeks.", weight=0.5)
    ring = ring.model_copy(update={"reasons": (*ring.reasons, burst)})
    edges = (_seen("USED_DEVICE", devices), _seen("ON_WIFI", wifi), _seen("HAS_PHONE", phones), _paid(moves))
    return ring, Chunk((_people(ids, names),), edges)


def _hostile() -> tuple[Ring, Chunk]:
    keys = [text[:400] for text in HOSTILE]  # no key is longer than 512 characters
    reasons = [Reason(code=code, text=text, weight=1) for code in ("shared_device", "shared_wifi") for text in HOSTILE]
    ring = _ring(
        "R-HOSTILE",
        keys,
        [
            *(("shared_device", "Device", key, keys) for key in keys),
            *(("shared_wifi", "Wifi", key, keys[:3]) for key in keys[:3]),
        ],
        headline=HOSTILE[2],
        kind=HOSTILE[0],
        reasons=tuple(reasons),
        expected_loss=9_000_000,
    )
    nodes = (
        _people(keys, list(HOSTILE)),
        NodeRows(NODE_BY_LABEL["Device"], pl.DataFrame({"key": keys, "model": HOSTILE, "extras": ["{}"] * len(keys)})),
        NodeRows(NODE_BY_LABEL["Wifi"], pl.DataFrame({"key": keys[:3], "ssid": HOSTILE[:3]})),
    )
    used = [(each, key) for each in keys for key in keys]
    near = [(each, key) for each in keys[:3] for key in keys[:3]]
    return ring, Chunk(nodes, (_seen("USED_DEVICE", used), _seen("ON_WIFI", near)))


def _large() -> tuple[Ring, Chunk]:
    ids = [f"L-{number:04}" for number in range(400)]
    pairs = [(each, f"b16de41ce{number % 7:07}") for number, each in enumerate(ids)]
    wifi = [(each, "58:41:20:aa:bb:01") for each in ids[:350]]
    shared = [
        ("shared_device", "Device", key, [i for i, k in pairs if k == key]) for key in sorted({k for _, k in pairs})
    ]
    ring = _ring(
        "R-LARGE", ids, [*shared, ("shared_wifi", "Wifi", "58:41:20:aa:bb:01", ids[:350])], expected_loss=8_000_000
    )
    return ring, Chunk(
        (_people(ids, [f"Person {each}" for each in ids]),), (_seen("USED_DEVICE", pairs), _seen("ON_WIFI", wifi))
    )


def _many(count: int) -> list[tuple[Ring, Chunk]]:
    made = []
    for number in range(count):
        ids = [f"M-{number:03}-{each}" for each in range(3)]
        device = f"5ma11de41ce{number:05}"
        ring = _ring(
            f"R-{number:05}", ids, [("shared_device", "Device", device, ids)],
            score=0.3 + number / 1000, expected_loss=number * 100, change=Change.SAME,
        )  # fmt: skip
        edges = _seen("USED_DEVICE", [(each, device) for each in ids])
        made.append((ring, Chunk((_people(ids, [f"P {each}" for each in ids]),), (edges,))))
    return made


def _publish(store: Store, run_id: str, without: str, gone: str) -> None:
    made = [_plain(), _hostile(), _large(), *_many(70)]
    for _, chunk in made:
        store.graph.merge(chunk)
    at = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
    rings = [ring.model_copy(update={"run_id": run_id}) for ring, _ in made if ring.ring_id != without]
    rings = [ring if ring.ring_id != gone else ring.model_copy(update={"change": Change.GONE}) for ring in rings]
    run = Run(
        run_id=run_id, as_of=at, started_at=at, finished_at=at + timedelta(minutes=3),
        rings=len(rings), applicants=sum(ring.size for ring in rings),
    )  # fmt: skip
    rows = [(member.applicant_id, member.score, ring.ring_id, "[]", "[]") for ring in rings for member in ring.members]
    columns = ["applicant_id", "score", "ring_id", "parts", "reasons"]
    store.runs.publish(run, rings, pl.DataFrame(rows, schema=columns, orient="row"), keep=3)


@pytest.fixture(scope="session")
def publish() -> Callable[..., str]:
    """publish(url, without="R-PLAIN"): the sample and a run of it in a store; returns the store's URL."""

    def fill(url: str, *, run_id: str = "RUN-1", without: str = "", gone: str = "") -> str:
        with open_store(url) as store:
            _publish(store, run_id, without, gone)
        return url

    return fill


@pytest.fixture(scope="session")
def sample_url(publish: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL of an embedded store with the sample."""
    return publish(f"sqlite:///{tmp_path_factory.mktemp('explorer')}/sample.db")


@pytest.fixture
def sample(sample_url: str) -> Iterator[Store]:
    """The open sample store."""
    with open_store(sample_url) as store:
        yield store


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Starts `ringfence explore` on a store's URL, with options, and gives its address; once for the same call."""
    with ExitStack() as stack:
        yield cache(lambda store, *options: stack.enter_context(_explorer(store, options)))


@contextmanager
def _explorer(store: str, options: tuple[str, ...]) -> Iterator[str]:
    port = _free_port()
    program = Path(sys.executable).with_name("ringfence")
    command = [program, "explore", "--no-browser", "--port", str(port), "--store", store, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            _wait_until_ready(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            said, _ = process.communicate(timeout=30)
        assert "Stack (" not in said, said
        assert "Traceback" not in said, said


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: "subprocess.Popen[str]", port: int) -> None:
    for _ in range(150):
        assert process.poll() is None, f"The explorer ended: {process.stdout and process.stdout.read()}"
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/_stcore/health").is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    pytest.fail("The explorer does not answer.")


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., AppTest]]:
    """open_page(store, ring="R-1"): the explorer on a store, at an address, as Streamlit runs it, without a browser."""

    def run(store: str, **query: str) -> AppTest:
        monkeypatch.setenv("RINGFENCE_STORE", store)
        monkeypatch.setenv("RINGFENCE_WORK_DIR", str(tmp_path / "work"))
        st.cache_resource.clear()
        st.cache_data.clear()
        page = AppTest.from_file(str(SCRIPT), default_timeout=30)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    yield run
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a profile. Not for the session: it occupies the thread's event loop meanwhile."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing = "There is no Chromium: install Debian's `chromium` to test the explorer."
        pytest.fail(missing) if os.environ.get("RINGFENCE_REQUIRE_BROWSER") == "1" else pytest.skip(missing)
    expect.set_options(timeout=20_000)  # a busy machine takes its time
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def web(chromium: Browser) -> Iterator[Page]:
    """A page that may reach nothing but this machine; the test fails if it tries, or if a script fails or pops up."""
    context = chromium.new_context(viewport={"width": 1500, "height": 1000}, locale="en-US", timezone_id="UTC")
    wrong: list[str] = []

    def local_only(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            wrong.append(f"request to {route.request.url[:100]}")
            route.abort()

    def refuse(dialog: Dialog) -> None:
        wrong.append(f"dialog {dialog.message[:100]}")
        dialog.dismiss()

    context.route("**/*", local_only)
    page = context.new_page()
    page.on("dialog", refuse)
    page.on("pageerror", lambda error: wrong.append(f"script error {error}"))
    yield page
    context.close()
    assert wrong == []
