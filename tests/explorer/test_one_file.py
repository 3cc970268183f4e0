"""The picture of a ring as one file: masked, complete, and nothing in it runs or is fetched but its own two scripts."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.explorer.canvas.one_file import one_file
from app.explorer.canvas.picture import picture
from app.ring_graph import read_ring
from graph.language import Language
from graph.store.contract import Store

Serve = Callable[..., str]


def made(store: Store, ring_id: str, language: Language = Language.EN) -> str:
    ring = store.runs.ring(ring_id)
    assert ring
    drawn = picture(ring, read_ring(store, ring, as_of=ring.last_seen or 0), whole=True)
    return one_file(drawn, run="RUN-1", day="2026-04-01", language=language)


def network(page: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="graph">(.*?)</script>', page, re.DOTALL)
    assert found
    drawn: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return drawn


@pytest.mark.parametrize(
    "secret", ["13925716803", "3c:84:6a:12:34", "a1b2c3d4e5f6", "王伟", "\\u738b\\u4f1f", "Ann Lee"]
)
def test_the_file_is_masked(sample: Store, secret: str) -> None:
    assert secret not in made(sample, "R-PLAIN")


def test_every_node_and_edge_is_in_it_in_its_place(sample: Store) -> None:
    drawn = network(made(sample, "R-PLAIN"))
    assert (len(drawn["nodes"]), len(drawn["edges"])) == (10, 19)
    assert len({(node["x"], node["y"]) for node in drawn["nodes"]}) == 10
    assert len(network(made(sample, "R-LARGE"))["nodes"]) == 408


def test_it_speaks_chinese(sample: Store) -> None:
    page = made(sample, "R-PLAIN", Language.ZH)
    assert '<html lang="zh">' in page
    assert "申请人 (6)" in page
    assert {"USED_DEVICE", "Used device"}.isdisjoint(re.split(r'["<>]', page.partition("</ul>")[0]))


def test_data_is_in_no_markup(sample: Store) -> None:
    page = made(sample, "R-HOSTILE")
    before, _, rest = page.partition('<script type="application/json" id="graph">')
    data, _, after = rest.partition("</script>")
    assert "canary" in data
    assert "<" not in data
    assert "canary" not in before + after


@pytest.mark.browser
def test_the_file_from_the_page_opens_offline_and_nothing_of_the_data_runs(
    web: Page, serve: Serve, sample_url: str, tmp_path: Path
) -> None:
    web.goto(f"{serve(sample_url)}/?ring=R-HOSTILE")
    with web.expect_download() as coming:
        web.get_by_role("button", name="Picture as a file").click()
    assert coming.value.suggested_filename == "R-HOSTILE.html"
    coming.value.save_as(tmp_path / "ring.html")
    assert web.context.browser
    page = web.context.browser.new_page(offline=True)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.goto(f"file://{tmp_path}/ring.html")
    expect(page.locator("#picture canvas")).to_be_visible()
    box = page.locator("#picture").bounding_box()
    assert box
    for x in range(0, int(box["width"]), 30):  # over every node, so that each shows its title
        for y in range(0, int(box["height"]), 30):
            page.mouse.move(box["x"] + x, box["y"] + y)
    expect(page.locator(".vis-tooltip")).to_contain_text("Kind:")
    assert page.locator("img, a, [onerror]").count() == 0
    page.close()
    assert wrong == []
