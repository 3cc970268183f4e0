"""The screenshots of the README and docs/explorer.md.

`RINGFENCE_SCREENSHOTS=docs/images pytest tests/explorer/test_screenshots.py` takes them.

Without the setting they go to a temporary folder, and show the way from a lender's files to a picture.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from decision_world import Ringleader
from playwright.sync_api import Page, expect

from app.deciding.opening import Desk
from app.objecting import objection_of
from app.settings import Settings
from app.wiring import casebook_of, decision_log_of, store_of
from cases.people import Role
from decisions.application import Application
from graph.store.opening import open_store

pytestmark = pytest.mark.browser

APPLICANTS = 20_000
PASSWORD = "four quiet green herons"


@pytest.fixture(scope="module")
def world_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with two nights of a sample world, so that rings have changed, and with accounts."""
    folder = tmp_path_factory.mktemp("screenshots")
    store = f"sqlite:///{folder}/world.db"
    ringfence("world", str(folder / "world"), "--applicants", str(APPLICANTS), "--nights", "1")
    for night in sorted((folder / "world").iterdir()):
        if night.name != "truth":
            ringfence("nightly", str(night), "--store", store, "--reports", str(folder / "reports"))
    with casebook_of(Settings(store=store)) as book:
        for name, role in (("admin", Role.ADMIN), ("analyst", Role.ANALYST), ("reviewer", Role.REVIEWER)):
            book.accounts.add(name, role, PASSWORD, author="admin")
    appeal(Settings(store=store))
    return store


def appeal(settings: Settings) -> None:
    """Somebody asks for credit with a ring's device and card, is not approved, and objects."""
    with store_of(settings) as store, decision_log_of(settings) as log, casebook_of(settings) as book:
        desk = Desk(settings, lambda: store, lambda _part, _state: None)
        asked = Application.model_validate(Ringleader(store).application())
        with ThreadPoolExecutor(1) as aside:  # the browser's own loop runs in this thread
            made = aside.submit(
                lambda: asyncio.run(desk.decisions.decide(asked, dry_run=False, idempotency_key=None))
            ).result()
        desk.close()
        decision = log.decision(made.decision_id)
        assert decision
        book.appeals.file(objection_of(decision, "The phone was my cousin's until last month, and so was the card."))


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Where the pictures go."""
    folder = Path(os.environ.get("RINGFENCE_SCREENSHOTS", tmp_path)).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_every_page_has_a_picture(web: Page, serve: Callable[[str], str], world_url: str, images: Path) -> None:
    address = serve(world_url)
    web.set_viewport_size({"width": 1440, "height": 900})
    web.goto(f"{address}/login")
    web.get_by_label("Name").fill("admin")
    web.get_by_label("Password").fill(PASSWORD)
    web.get_by_role("button", name="Log in").click()
    ring = telling_ring(world_url)
    with open_store(world_url) as store:
        told = store.runs.ring(ring)
    assert told
    somebody = max(told.members, key=lambda member: (member.score, member.applicant_id)).applicant_id
    table, figure = "canvas [role=gridcell]", ".canvas canvas"
    pages = {
        "queue": ("", table), "ring": (f"?ring={ring}", figure), "person": (f"?person={somebody}", table),
        "runs": ("?page=runs", table), "people": ("?page=people", table), "appeal": ("?appeal=1", figure),
    }  # fmt: skip
    for name, (query, drawn) in pages.items():
        web.goto(f"{address}/{query}")
        expect(web.locator(drawn).first).to_be_attached()
        web.wait_for_timeout(2_000)
        web.screenshot(path=images / f"{name}.png")
    assert all((images / f"{name}.png").stat().st_size > 20_000 for name in pages)


def test_the_first_start_has_a_picture(
    web: Page, serve: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, images: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # the page names the store, and no picture shall name a folder of this machine
    web.set_viewport_size({"width": 1440, "height": 700})
    web.goto(serve("sqlite:///start.db"))
    expect(web.get_by_role("button", name="Make a sample lender")).to_be_visible()
    web.screenshot(path=images / "start.png")
    assert (images / "start.png").stat().st_size > 10_000


def telling_ring(url: str) -> str:
    """Of the rings that fit into a picture, the one with the most kinds of evidence."""
    with open_store(url) as store:
        found = [ring for ring in store.runs.rings(limit=100) if 8 <= ring.size <= 16]
        rings = [store.runs.ring(ring.ring_id) for ring in found]
    return max((len({item.kind for item in ring.evidence}), ring.score, ring.ring_id) for ring in rings if ring)[2]


def ringfence(*arguments: str) -> str:
    program = Path(sys.executable).with_name("ringfence")
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
