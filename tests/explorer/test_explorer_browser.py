"""The explorer as an analyst meets it: the real command, a real store, a real browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import httpx2
import pytest
from playwright.sync_api import Locator, Page, expect

from app.explorer.door.keeper import COOKIE
from app.settings import Settings
from app.wiring import casebook_of
from cases.people import Role

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Publish = Callable[..., str]

PAINTED = """box => [...box.querySelectorAll('canvas')].reduce((sum, canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let painted = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at]) painted++;
  return sum + painted;
}, 0)"""
CELLS = "canvas [role=gridcell]"
VIEW = "box => { const cy = box._cyreg.cy; return [cy.zoom(), cy.pan(), cy.nodes().map(node => node.position())]; }"
PLACE = """(box, title) => {
  const cy = box._cyreg.cy;
  return cy.nodes().filter(node => node.data('title') === title)[0].renderedPosition();
}"""


def open_queue(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="Fraud rings")).to_be_visible()
    expect(page.locator(CELLS).first).to_be_attached()


def settled(page: Page) -> None:
    """Wait until the page has run to its end."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def click_row(page: Page, number: int, *, across: int = 85) -> None:
    """Click a line of the table, once it stands still: the ring's id, or its box at the left."""
    settled(page)
    table = page.get_by_test_id("data-grid-canvas")
    expect(table).to_be_visible()
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + across, box["y"] + 35 + 38 * (number + 0.5))


def painted(page: Page) -> Locator:
    """The ring's canvas, once the picture is on it."""
    settled(page)
    canvas = page.locator(".canvas")
    expect(canvas).to_be_visible()
    for _ in range(50):
        if canvas.evaluate(PAINTED) > 2_000:
            return canvas
        page.wait_for_timeout(100)
    pytest.fail("The canvas stays empty.")


def click_node(page: Page, title: str) -> None:
    canvas = page.locator(".canvas")
    place, box = canvas.evaluate(PLACE, title), canvas.bounding_box()
    assert box
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])


def test_a_click_opens_a_ring_and_the_back_button_returns_to_the_queue(
    web: Page, serve: Serve, sample_url: str
) -> None:
    address = serve(sample_url)
    open_queue(web, address)
    click_row(web, 0)
    expect(web).to_have_url(f"{address}/?ring=R-PLAIN")
    painted(web)
    web.go_back()
    expect(web.get_by_text("1 to 50 of 73 rings")).to_be_visible()
    expect(web).to_have_url(f"{address}/")
    web.go_forward()
    painted(web)
    web.get_by_role("button", name="Queue").click()
    expect(web.get_by_text("1 to 50 of 73 rings")).to_be_visible()


def test_a_ring_is_opened_by_keyboard(web: Page, serve: Serve, sample_url: str) -> None:
    open_queue(web, serve(sample_url))
    web.get_by_role("button", name="Fullscreen").focus()
    for key in ("Tab", "ArrowDown", "ArrowDown", "Shift+Space"):
        web.keyboard.press(key)
        web.wait_for_timeout(300)
    expect(web.get_by_role("button", name="Open the ticked ring")).to_be_visible()
    web.keyboard.press("n")
    expect(web).to_have_url(re.compile("ring=R-LARGE"))
    painted(web)


def test_filters_stay_while_a_ring_is_looked_at(web: Page, serve: Serve, sample_url: str) -> None:
    open_queue(web, serve(sample_url))
    web.get_by_role("spinbutton", name="Members from").fill("4")
    web.keyboard.press("Enter")
    expect(web.get_by_text("1 to 3 of 3 rings")).to_be_visible()
    click_row(web, 2)
    expect(web).to_have_url(re.compile("ring=R-LARGE"))
    painted(web)
    web.go_back()
    expect(web.get_by_text("1 to 3 of 3 rings")).to_be_visible()


def test_a_phone_number_finds_its_ring(web: Page, serve: Serve, sample_url: str) -> None:
    open_queue(web, serve(sample_url))
    web.get_by_role("textbox", name="Search").fill("+86 139-2571-6803")
    web.keyboard.press("Enter")
    expect(web.get_by_text("Phone ****803: 3 applicants.")).to_be_visible()
    expect(web.get_by_text("1 to 1 of 1 rings")).to_be_visible()
    click_row(web, 0)
    expect(web).to_have_url(re.compile(r"\?ring=R-PLAIN$"))


def test_the_page_stays_while_a_ring_is_looked_at_and_another_order_begins_at_the_first(
    web: Page, serve: Serve, sample_url: str
) -> None:
    open_queue(web, serve(sample_url))
    web.get_by_role("button", name="Page 2").click()
    expect(web.get_by_text("51 to 73 of 73 rings")).to_be_visible()
    web.get_by_role("heading", name="Fraud rings").scroll_into_view_if_needed()
    click_row(web, 0)
    expect(web).to_have_url(re.compile("ring=R-00022"))
    painted(web)
    web.go_back()
    expect(web.get_by_text("51 to 73 of 73 rings")).to_be_visible()
    expect(web.get_by_role("button", name="Page 2")).to_have_attribute("aria-current", "page")
    web.get_by_role("combobox", name="Order by").click()
    web.get_by_role("option", name="Members").click()
    expect(web.get_by_text("1 to 50 of 73 rings")).to_be_visible()


def test_selecting_a_node_shows_it_beside_a_picture_that_stays(web: Page, serve: Serve, sample_url: str) -> None:
    web.goto(f"{serve(sample_url)}/?ring=R-PLAIN")
    canvas = painted(web)
    web.get_by_role("button", name="Zoom in").click()
    before = canvas.evaluate(VIEW)
    click_node(web, "A-003")
    chosen = web.locator(".chosen")
    expect(chosen).to_contain_text("A-003")
    expect(chosen).to_contain_text("B****")
    expect(chosen).to_contain_text("****803")
    web.get_by_role("tab", name="Money").click()
    web.wait_for_timeout(500)
    assert canvas.evaluate(VIEW) == before
    web.get_by_role("button", name="Clear selection").click()
    expect(chosen).to_be_hidden()


def test_a_click_on_a_line_of_an_earlier_run_opens_no_other_ring(
    web: Page, serve: Serve, publish: Publish, tmp_path: Path
) -> None:
    store = publish(f"sqlite:///{tmp_path}/nightly.db")
    address = serve(store)
    open_queue(web, address)
    publish(store, run_id="RUN-2", without="R-PLAIN")
    click_row(web, 0)
    expect(web).to_have_url(f"{address}/?ring=R-PLAIN")
    expect(web.get_by_text("There is no such ring in the current run.")).to_be_visible()
    web.get_by_role("button", name="Queue").click()
    expect(web.locator(CELLS).first).to_have_text("R-HOSTILE")
    publish(store, run_id="RUN-3", without="R-HOSTILE")
    click_row(web, 0, across=15)
    expect(web.get_by_text("Run RUN-3")).to_be_visible()
    expect(web.locator(CELLS).first).to_have_text("R-PLAIN")
    expect(web).to_have_url(f"{address}/")


@pytest.mark.neo4j
def test_the_explorer_shows_the_same_from_neo4j(web: Page, serve: Serve, publish: Publish, empty_neo4j: str) -> None:
    open_queue(web, serve(publish(empty_neo4j)))
    web.get_by_role("textbox", name="Search").fill("3C-84-6A-12-34-56")
    web.keyboard.press("Enter")
    expect(web.get_by_text("WiFi ****34:56: 4 applicants.")).to_be_visible()
    click_row(web, 0)
    canvas = painted(web)
    assert canvas.evaluate("box => [box._cyreg.cy.nodes().length, box._cyreg.cy.edges().length]") == [10, 19]
    click_node(web, "A-002")
    expect(web.locator(".chosen")).to_contain_text("王****")


def test_a_reason_lights_up_what_it_rests_on(web: Page, serve: Serve, sample_url: str) -> None:
    web.goto(f"{serve(sample_url)}/?ring=R-PLAIN")
    canvas = painted(web)
    web.get_by_role("button", name="Members share what shared_phone says.").click()
    lit = canvas.evaluate("box => box._cyreg.cy.nodes().not('.faded').map(node => node.data('title')).sort()")
    assert lit == ["****803", "A-003", "A-004", "A-005"]
    web.get_by_role("button", name="6 of 6 members first applied within two weeks.").click()
    expect(web.get_by_text("Measured over the whole ring.")).to_be_visible()
    assert canvas.evaluate("box => box._cyreg.cy.elements('.faded').length") == 0, "it rests on all of them"


def test_a_narrow_window_cuts_no_figure_off(web: Page, serve: Serve, sample_url: str) -> None:
    web.set_viewport_size({"width": 720, "height": 900})  # such as a usual one at 200 %
    web.goto(f"{serve(sample_url)}/?ring=R-PLAIN")
    painted(web)
    values = web.get_by_test_id("stMetricValue").locator("div")
    values.nth(7).wait_for()
    assert all(values.evaluate_all("boxes => boxes.map(box => box.scrollWidth <= box.clientWidth)"))


@pytest.mark.parametrize(("scheme", "ink_is_light"), [("light", False), ("dark", True)])
def test_the_pages_are_light_or_dark_as_the_browser_is(
    web: Page, serve: Serve, sample_url: str, scheme: Literal["light", "dark"], ink_is_light: bool
) -> None:
    web.emulate_media(color_scheme=scheme)
    web.goto(f"{serve(sample_url)}/?ring=R-PLAIN")
    ink = painted(web).evaluate("box => box._cyreg.cy.nodes()[0].style('color')")
    assert [int(part) > 128 for part in re.findall(r"\d+", ink)[:3]] == [ink_is_light] * 3


def test_the_buttons_cover_no_node(web: Page, serve: Serve, sample_url: str) -> None:
    web.goto(f"{serve(sample_url)}/?ring=R-PLAIN")
    canvas, tools = painted(web), web.get_by_role("toolbar", name="Picture").bounding_box()
    box = canvas.bounding_box()
    assert box and tools  # noqa: PT018
    top = canvas.evaluate("box => box._cyreg.cy.nodes().renderedBoundingBox().y1")
    assert box["y"] + top >= tools["y"] + tools["height"]


def test_another_language_is_told_beside_the_same_picture(web: Page, serve: Serve, sample_url: str) -> None:
    web.goto(f"{serve(sample_url)}/?ring=R-PLAIN")
    canvas = painted(web)
    web.get_by_role("button", name="Zoom in").click()
    before = canvas.evaluate(VIEW)
    web.get_by_text("中文").click()
    reasons = web.locator(".reasons")
    expect(reasons).to_contain_text("6 名成员中有 4 名之间共有 2 个本人手机号。")
    expect(reasons).to_contain_text("94.8% 的客户没有与其他 3 户以上共同的设备。")
    expect(reasons).to_contain_text(
        "A-003、A-004 和 A-005 在 2026-03-04 至 2026-03-13 期间填写了同一个本人手机号（****803）。"
    )
    expect(reasons).to_contain_text("A-001 在 2026-03-05 至 2026-03-14 期间向 A-002 转账 1,250.00")
    expect(reasons).to_contain_text("还有 3 条")
    expect(reasons).to_have_attribute("lang", "zh")
    assert canvas.evaluate(VIEW) == before
    web.get_by_role("button", name="名之间共有 2 个本人手机号").click()
    lit = canvas.evaluate("box => box._cyreg.cy.nodes().not('.faded').map(node => node.data('title')).sort()")
    assert lit == ["****803", "A-003", "A-004", "A-005"]


def test_a_large_ring_is_drawn_in_groups(web: Page, serve: Serve, sample_url: str) -> None:
    web.goto(f"{serve(sample_url)}/?ring=R-LARGE")
    canvas = painted(web)
    expect(web.get_by_text("This ring is large")).to_be_visible()
    assert canvas.evaluate("box => box._cyreg.cy.nodes().length") == 22


def test_hostile_names_are_text_everywhere(web: Page, serve: Serve, sample_url: str) -> None:
    address = serve(sample_url)
    open_queue(web, address)
    web.get_by_role("textbox", name="Search").fill("<img src=http://canary.example/i.png onerror=alert(1)>")
    web.keyboard.press("Enter")
    expect(web.get_by_text("1 to 1 of 1 rings")).to_be_visible()
    web.goto(f"{address}/?ring=R-HOSTILE")
    canvas = painted(web)
    for button in web.locator(".reason").all():
        button.click()
    for title in canvas.evaluate("box => box._cyreg.cy.nodes().map(node => node.data('title'))"):
        web.get_by_role("button", name="Fit").click()
        click_node(web, title)
    expect(web.locator(".chosen")).to_be_visible()
    web.get_by_text("中文").click()
    expect(web.locator(".reasons")).to_have_attribute("lang", "zh")
    for tab in ("关联路径", "时间线", "资金", "成员"):
        web.get_by_role("tab", name=tab).click()
    web.wait_for_timeout(500)
    made = "[src*='canary'], [href*='canary'], [href^='javascript'], script:not([src]):not([id])"
    assert web.locator(f"main :is({made})").count() == 0
    assert web.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_pages_carry_a_content_security_policy(web: Page, serve: Serve, sample_url: str) -> None:
    answer = web.goto(serve(sample_url))
    assert answer
    assert "script-src 'self' blob:;" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("options", "host", "status"),
    [
        ((), "evil.example", 403),
        ((), "localhost", 101),
        (("--host", "0.0.0.0", "--name", "risk.example"), "evil.example", 403),
        (("--host", "0.0.0.0", "--name", "risk.example"), "risk.example", 101),
    ],
)
def test_a_site_that_points_its_name_here_is_refused(
    serve: Serve, publish: Publish, tmp_path: Path, options: tuple[str, ...], host: str, status: int
) -> None:
    url = publish(f"sqlite:///{tmp_path}/store.db")
    with casebook_of(Settings(store=url)) as book:
        book.accounts.add("Ann", Role.VIEWER, "four quiet green herons", author="test")
        token = book.logins.begin(book.accounts.list()[0])
    ask = {
        "Host": host,
        "Cookie": f"{COOKIE}={token}",
        "Origin": f"http://{host}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with httpx2.stream("GET", f"{serve(url, *options)}/_stcore/stream", headers=ask) as answer:
        assert answer.status_code == status
