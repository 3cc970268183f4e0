"""What an analyst does in the picture of a ring, in a real browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest
from playwright.sync_api import Locator, Page, expect

from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.store.opening import open_store

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Publish = Callable[..., str]

READY = "box => box?._cyreg?.cy?.nodes().length > 0"
SHOWN = "box => box._cyreg.cy.nodes().not('.out').map(node => node.data('title')).sort()"
EDGES = "box => box._cyreg.cy.edges().filter(edge => edge.visible()).length"
CHOSEN = "box => box._cyreg.cy.nodes(':selected').map(node => node.data('title')).sort()"
PLACES = """box => Object.fromEntries(box._cyreg.cy.nodes().not('.out').map(node =>
  [node.data('title'), [node.position().x, node.position().y]]))"""
PLACE = """(box, title) => {
  const node = box._cyreg.cy.nodes().not('.out').filter(node => node.data('title') === title)[0];
  return node.renderedPosition();
}"""
PEOPLE = [f"A-00{number}" for number in range(1, 7)]
THINGS = ["****0710", "****0711", "****34:56", "****803"]
EVERYBODY = sorted(PEOPLE + THINGS)


def opened(page: Page, address: str, ring: str = "R-PLAIN") -> Locator:
    page.goto(f"{address}/?ring={ring}")
    return ready(page)


def ready(page: Page) -> Locator:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    canvas = page.locator(".canvas")
    expect(canvas).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-testid=stBidiComponentRegular], [data-testid*=Bidi]')")
    for _ in range(100):
        if canvas.evaluate(READY):
            return canvas
        page.wait_for_timeout(50)
    pytest.fail("There is no picture.")


def at(canvas: Locator, title: str) -> tuple[float, float]:
    place, box = canvas.evaluate(PLACE, title), canvas.bounding_box()
    assert box
    return box["x"] + place["x"], box["y"] + place["y"]


def choose(page: Page, canvas: Locator, *titles: str) -> None:
    page.mouse.click(*at(canvas, titles[0]))
    for title in titles[1:]:
        page.keyboard.down("Shift")
        page.mouse.click(*at(canvas, title))
        page.keyboard.up("Shift")
    expect(page.locator(".chosen")).to_be_visible()
    assert canvas.evaluate(CHOSEN) == sorted(titles)


def press(page: Page, canvas: Locator, *keys: str) -> None:
    canvas.focus()
    for key in keys:
        page.keyboard.press(key)


def becomes(page: Page, canvas: Locator, script: str, wanted: Any) -> None:
    for _ in range(100):
        if canvas.evaluate(script) == wanted:
            return
        page.wait_for_timeout(50)
    assert canvas.evaluate(script) == wanted


@pytest.fixture(scope="module")
def crowded_url(publish: Publish, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample, in which 60 more have used the WiFi of the plain ring, the last of them hostile by name."""
    url = publish(f"sqlite:///{tmp_path_factory.mktemp('canvas')}/crowd.db")
    crowd(url)
    return url


def crowd(url: str) -> None:
    start = 1_772_323_200
    ids = [f"C-{number:02}" for number in range(59)] + ["<img src=http://canary.example/i.png onerror=alert(1)>"]
    seen = {
        "first_seen": [start + n * 60 for n in range(60)],
        "last_seen": [start + 86_400 + n * 60 for n in range(60)],
    }
    people = next(kind for kind in NODE_KINDS if kind.label == "Applicant")
    wifi = next(kind for kind in RELATIONSHIP_KINDS if kind.type == "ON_WIFI")
    rows = pl.DataFrame({"start": ids, "end": ["3c:84:6a:12:34:56"] * 60, **seen})
    nodes = pl.DataFrame({"key": ids, "name": ids, "created_at": [start] * 60})
    with open_store(url) as store:
        store.graph.merge(Chunk((NodeRows(people, nodes),), (RelationshipRows(wifi, rows),)))


def expand(page: Page, canvas: Locator, *, cap: int, order: str = "Most recent first") -> None:
    choose(page, canvas, "****34:56")
    press(page, canvas, "e")
    expect(page.get_by_label("On WiFi (64)")).to_be_checked()
    choice = page.locator(".grow")
    choice.get_by_label("At most of each").fill(str(cap))
    choice.get_by_label("Order").select_option(order)
    page.get_by_role("button", name="Add to the picture").click()


def test_a_hub_is_expanded_in_part_and_nothing_jumps(web: Page, serve: Serve, crowded_url: str) -> None:
    canvas = opened(web, serve(crowded_url))
    before = canvas.evaluate(PLACES)
    assert sorted(before) == EVERYBODY
    expand(web, canvas, cap=9, order="Earliest first")
    expect(web.locator(".chosen")).to_contain_text("9 earliest of 64: On WiFi")
    after = canvas.evaluate(PLACES)
    assert {title: after[title] for title in before} == before
    new = [tuple(place) for title, place in after.items() if title not in before]
    assert len(set(new)) == len(new) >= 5
    everywhere = list(after.values())
    gaps = [
        ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5
        for number, one in enumerate(everywhere) for other in everywhere[:number]
    ]  # fmt: skip
    assert min(gaps) > 40, "no node covers another"
    web.get_by_role("button", name="Collapse").click()
    becomes(web, canvas, SHOWN, EVERYBODY)
    press(web, canvas, "Control+z")
    becomes(web, canvas, f"box => ({SHOWN})(box).length", len(after))
    assert canvas.evaluate(PLACES) == after


def test_what_was_done_survives_a_look_at_another_page(web: Page, serve: Serve, crowded_url: str) -> None:
    canvas = opened(web, serve(crowded_url))
    expand(web, canvas, cap=30)
    expect(web.locator(".chosen")).to_contain_text("30 most recent of 64: On WiFi")
    places = canvas.evaluate(PLACES)
    assert "<img src=http://canary.example/i.png onerror=alert(1)>" in places, "it came last"
    web.get_by_role("tab", name="Money").click()
    assert canvas.evaluate(PLACES) == places
    web.get_by_role("button", name="Queue").click()
    expect(web.get_by_role("heading", name="Fraud rings")).to_be_visible()
    web.go_back()
    canvas = ready(web)
    assert canvas.evaluate(PLACES) == places
    press(web, canvas, "Control+z")
    becomes(web, canvas, SHOWN, EVERYBODY)


def test_the_legend_hides_kinds_of_nodes_and_of_edges(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url))
    legend = web.get_by_role("list", name="Legend: press a kind to hide it")
    edges = canvas.evaluate(EDGES)
    legend.get_by_role("button", name="Transfer (6)").click()
    becomes(web, canvas, EDGES, edges - 6)
    expect(legend.get_by_role("button", name="Transfer (0)")).to_have_attribute("aria-pressed", "false")
    legend.get_by_role("button", name="Device (2)").click()
    becomes(web, canvas, SHOWN, sorted([*PEOPLE, "****34:56", "****803"]))
    legend.get_by_role("button", name="Transfer (0)").click()
    legend.get_by_role("button", name="Device (0)").click()
    becomes(web, canvas, EDGES, edges)


def test_several_are_selected_by_a_box_and_dismissed(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url))
    box = canvas.bounding_box()
    assert box
    web.keyboard.down("Shift")
    web.mouse.move(box["x"] + 3, box["y"] + 3)
    web.mouse.down()
    web.mouse.move(box["x"] + 200, box["y"] + 200, steps=4)
    web.mouse.move(box["x"] + box["width"] - 3, box["y"] + box["height"] - 3, steps=4)
    web.mouse.up()
    web.keyboard.up("Shift")
    expect(web.locator(".chosen h4")).to_have_text("10 nodes")
    choose(web, canvas, "A-001", "A-002")
    press(web, canvas, "d")
    becomes(web, canvas, SHOWN, sorted(set(EVERYBODY) - {"A-001", "A-002"}))
    choose(web, canvas, "A-003")
    press(web, canvas, "p")
    choose(web, canvas, "****803")
    press(web, canvas, "o")
    becomes(web, canvas, SHOWN, ["****803", "A-003"])
    web.get_by_role("button", name="Undo").click()
    web.get_by_role("button", name="Undo").click()
    becomes(web, canvas, f"box => ({SHOWN})(box).length", 8)
    web.get_by_role("button", name="Redo").click()
    web.get_by_role("button", name="Redo").click()
    becomes(web, canvas, SHOWN, ["****803", "A-003"])
    web.get_by_role("button", name="Bring back all").click()
    becomes(web, canvas, SHOWN, EVERYBODY)


def test_the_shortest_way_between_two_by_the_menu(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url))
    web.mouse.click(*at(canvas, "****803"), button="right")
    menu = web.get_by_role("menu")
    menu.get_by_role("menuitem", name="Start here").click()
    expect(web.get_by_role("status")).to_have_text("Start chosen. Now choose where it ends.")
    web.mouse.click(*at(canvas, "A-001"), button="right")
    menu.get_by_role("menuitem", name="End here").click()
    steps = web.locator(".chosen .steps li")
    expect(steps).to_have_count(3)
    expect(steps.first).to_contain_text("****803 → A-00")
    expect(steps.last).to_contain_text("→ A-001")
    lit = "box => box._cyreg.cy.nodes().not('.faded').length"
    becomes(web, canvas, lit, 4)


def test_a_household_becomes_one_node_and_comes_apart(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url))
    before = canvas.evaluate(PLACES)
    choose(web, canvas, "****803")
    web.get_by_role("button", name="Group as household").click()
    becomes(web, canvas, SHOWN, sorted([*set(EVERYBODY) - {"A-003", "A-004", "A-005"}, "Household of 3"]))
    expect(web.locator(".chosen")).to_contain_text("A-003, A-004, A-005")
    tied = "box => box._cyreg.cy.edges('[?meta]').filter(edge => edge.visible()).length"
    assert canvas.evaluate(tied) == 6, "two devices, a WiFi, a phone, money in and money out"
    web.get_by_role("button", name="Ungroup").click()
    becomes(web, canvas, SHOWN, EVERYBODY)
    assert canvas.evaluate(PLACES) == before


def test_hubs_are_hidden_but_those_that_are_pinned(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url))
    web.get_by_role("spinbutton", name="Hide what more than so many share").fill("3")
    web.get_by_role("button", name="Hide hubs").click()
    becomes(web, canvas, SHOWN, sorted(PEOPLE))
    web.get_by_role("button", name="Hide hubs").click()
    choose(web, canvas, "****34:56")
    press(web, canvas, "p", "h")
    becomes(web, canvas, SHOWN, sorted([*PEOPLE, "****34:56"]))


def test_a_pinned_node_cannot_be_dragged_and_others_stay_where_they_are_put(
    web: Page, serve: Serve, sample_url: str
) -> None:
    canvas = opened(web, serve(sample_url))
    choose(web, canvas, "A-001")
    press(web, canvas, "p", "Escape")
    before = canvas.evaluate(PLACES)
    for title in ("A-001", "A-002"):
        x, y = at(canvas, title)
        web.mouse.move(x, y)
        web.mouse.down()
        web.mouse.move(x + 30, y - 25, steps=4)
        web.mouse.up()
    moved = canvas.evaluate(PLACES)
    assert [title for title in before if moved[title] != before[title]] == ["A-002"]
    press(web, canvas, "Control+z")
    becomes(web, canvas, PLACES, before)


def test_the_replay_shows_what_was_known_by_then(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url))
    everything = canvas.evaluate(EDGES)
    slider = web.get_by_role("slider", name="Known until")
    slider.focus()
    web.keyboard.press("Home")
    expect(web.locator(".replay .day")).to_have_text("2026-03-01")
    becomes(web, canvas, EDGES, everything - 5)
    web.keyboard.press("ArrowRight")
    becomes(web, canvas, EDGES, everything - 4)
    web.get_by_role("button", name="Replay").click()
    expect(web.locator(".replay .day")).to_have_text("all")
    becomes(web, canvas, EDGES, everything)


def test_a_node_is_found_by_what_is_shown_of_it(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url))
    press(web, canvas, "f")
    web.keyboard.type("****80")
    expect(web.get_by_role("status")).to_have_text("1 found")
    web.keyboard.press("Enter")
    becomes(web, canvas, CHOSEN, ["****803"])
    web.get_by_role("searchbox", name="Find").fill("13925716803")
    expect(web.get_by_role("status")).to_have_text("0 found")


def test_everything_is_done_by_keyboard(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url))
    press(web, canvas, "?")
    keys = web.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Dismiss others")
    web.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    press(web, canvas, "ArrowRight")
    expect(web.get_by_role("status")).to_contain_text("Tied to")
    first = canvas.evaluate(CHOSEN)
    web.keyboard.press("ArrowRight")
    second = canvas.evaluate(CHOSEN)
    assert first != second
    web.keyboard.press("Shift+ArrowLeft")
    assert len(canvas.evaluate(CHOSEN)) == 2
    web.keyboard.press("Control+a")
    becomes(web, canvas, CHOSEN, EVERYBODY)
    web.keyboard.press("Escape")
    becomes(web, canvas, CHOSEN, [])
    web.keyboard.press("ArrowDown")
    web.keyboard.press("m")
    expect(web.get_by_role("menuitem", name="Expand")).to_be_focused()
    web.keyboard.press("ArrowUp")
    web.keyboard.press("Enter")
    becomes(web, canvas, f"box => ({SHOWN})(box).length", 1)
    web.keyboard.press("Control+z")
    becomes(web, canvas, SHOWN, EVERYBODY)
    for key in "crv":
        web.keyboard.press(key)
    expect(web.get_by_text("Clear caches")).to_have_count(0)


def test_the_picture_is_saved_as_png_and_as_svg(web: Page, serve: Serve, sample_url: str, tmp_path: Path) -> None:
    opened(web, serve(sample_url), "R-HOSTILE")
    for name, suffix in (("PNG", "png"), ("SVG", "svg")):
        with web.expect_download() as coming:
            web.get_by_role("button", name=name, exact=True).click()
        assert coming.value.suggested_filename == f"R-HOSTILE.{suffix}"
        coming.value.save_as(tmp_path / f"ring.{suffix}")
    assert (tmp_path / "ring.png").read_bytes().startswith(b"\x89PNG")
    drawn = ElementTree.parse(tmp_path / "ring.svg").getroot()
    tags = {each.tag.rpartition("}")[2] for each in drawn.iter()}
    assert tags <= {"svg", "rect", "g", "circle", "polygon", "path", "line", "text"}
    said = [each.text or "" for each in drawn.iter() if each.tag.endswith("text")]
    assert any(text.startswith("<img src=http://canar") for text in said)


def test_the_whole_of_a_large_ring_is_drawn_when_asked_for(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url), "R-LARGE")
    assert canvas.evaluate("box => box._cyreg.cy.nodes().length") == 22
    web.get_by_role("button", name="Draw all 408 nodes").click()
    becomes(web, web.locator(".canvas"), "box => box._cyreg.cy.nodes().length", 408)
    web.get_by_role("button", name="Draw groups").click()
    becomes(web, web.locator(".canvas"), "box => box._cyreg.cy.nodes().length", 22)


def test_the_canvas_speaks_chinese(web: Page, serve: Serve, crowded_url: str) -> None:
    canvas = opened(web, serve(crowded_url))
    web.get_by_text("中文").click()
    expect(web.get_by_role("button", name="隐藏枢纽")).to_be_visible()
    expect(web.locator(".legend")).to_contain_text("申请人 (6)")
    choose(web, canvas, "****34:56")
    press(web, canvas, "e")
    web.get_by_label("每类最多").fill("5")
    web.get_by_role("button", name="加入图中").click()
    expect(web.locator(".chosen")).to_contain_text("连接 WiFi：共 64 条，显示最近 5 条")
    texts = web.locator(".workspace").evaluate(
        """box => [...box.querySelectorAll('button:not(.reason), label, h3, dt')]
        .map(each => each.textContent.trim()).filter(Boolean)"""
    )
    english = [text for text in texts if re.search("[A-Za-z]{4}", text)]
    assert [text for text in english if "WiFi" not in text] == []


def test_hostile_names_stay_text_whatever_is_done_with_them(web: Page, serve: Serve, sample_url: str) -> None:
    canvas = opened(web, serve(sample_url), "R-HOSTILE")
    titles = json.loads(json.dumps(canvas.evaluate(SHOWN)))
    press(web, canvas, "Control+a", "g")
    becomes(web, canvas, f"box => ({SHOWN})(box).some(title => title.startsWith('Household'))", True)
    press(web, canvas, "u", "Control+z", "Control+z")
    for title in titles:
        press(web, canvas, "0")
        web.mouse.click(*at(canvas, title))
        press(web, canvas, "s", "e")
        web.wait_for_timeout(100)
    choose(web, canvas, titles[0])
    press(web, canvas, "t")
    web.get_by_role("searchbox", name="Find").fill("<img")
    web.keyboard.press("Enter")
    web.wait_for_timeout(300)
    made = "[src*='canary'], [href*='canary'], [href^='javascript'], script:not([src]):not([id]), img"
    assert web.locator(f".workspace :is({made})").count() == 0


@pytest.mark.neo4j
def test_a_hub_in_neo4j_is_expanded_in_part(web: Page, serve: Serve, publish: Publish, empty_neo4j: str) -> None:
    url = publish(empty_neo4j)
    crowd(url)
    canvas = opened(web, serve(url))
    expand(web, canvas, cap=7)
    expect(web.locator(".chosen")).to_contain_text("7 most recent of 64: On WiFi")
    assert len(canvas.evaluate(SHOWN)) > len(EVERYBODY)
