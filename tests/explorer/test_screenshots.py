"""The README's screenshots: `RINGFENCE_SCREENSHOTS=docs/images pytest tests/explorer/test_screenshots.py`.

Without the setting they go to a temporary folder, and show the way from a lender's files to a picture.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.store.opening import open_store

pytestmark = pytest.mark.browser

APPLICANTS = 20_000


@pytest.fixture(scope="module")
def world_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with two nights of a sample world, so that rings have changed."""
    folder = tmp_path_factory.mktemp("screenshots")
    store = f"sqlite:///{folder}/world.db"
    ringfence("world", str(folder / "world"), "--applicants", str(APPLICANTS), "--nights", "1")
    for night in sorted((folder / "world").iterdir()):
        if night.name != "truth":
            ringfence("ingest", str(night), "--store", store)
            ringfence("detect", "--store", store)
    return store


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Where the pictures go."""
    folder = Path(os.environ.get("RINGFENCE_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_the_readme_has_pictures(web: Page, serve: Callable[[str], str], world_url: str, images: Path) -> None:
    address = serve(world_url)
    web.set_viewport_size({"width": 1440, "height": 900})
    web.goto(address)
    expect(web.locator("canvas [role=gridcell]").first).to_be_attached()
    web.wait_for_timeout(1_000)
    web.screenshot(path=images / "queue.png")
    web.goto(f"{address}/?ring={telling_ring(world_url)}")
    expect(web.locator(".canvas canvas").first).to_be_visible()
    web.set_viewport_size({"width": 1440, "height": 1000})
    web.wait_for_timeout(1_000)
    web.screenshot(path=images / "ring.png")
    assert all((images / name).stat().st_size > 40_000 for name in ("queue.png", "ring.png"))


def telling_ring(url: str) -> str:
    """Of the rings that fit into a picture, the one with the most kinds of evidence."""
    with open_store(url) as store:
        found = [ring for ring in store.runs.rings(limit=100) if 8 <= ring.size <= 16]
        rings = [store.runs.ring(ring.ring_id) for ring in found]
    return max((len({item.kind for item in ring.evidence}), ring.score, ring.ring_id) for ring in rings if ring)[2]


def ringfence(*arguments: str) -> str:
    program = Path(sys.executable).with_name("ringfence")
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
