"""One analyst in a real browser: how long until a page can be used, how it moves, how fast a hub opens."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bench.explore_world import HUB_USER, ring_of
from bench.explorer_server import QUIET, chromium

AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'
TABLE = f'{AT_REST} [data-testid="stDataFrame"] canvas'
DRAG_SECONDS = 4.0
_PAINTED = """(box, least) => new Promise(done => {
  const look = () => (box._cyreg?.cy?.nodes().length ?? 0) < least ? requestAnimationFrame(look)
    : requestAnimationFrame(() => requestAnimationFrame(done));
  look();
})"""
_DRAG = """(box, [x, y, seconds]) => new Promise(done => {
  let drawn = 0, turn = 0;
  box._cyreg.cy.on('render', () => { drawn++; });
  const begin = performance.now();
  const move = () => {
    const took = (performance.now() - begin) / 1000;
    if (took >= seconds) return done(drawn / took);
    turn++;
    const at = { clientX: x + turn % 80, clientY: y + turn % 60, bubbles: true, composed: true, buttons: 1 };
    box.dispatchEvent(new MouseEvent('mousemove', at));
    requestAnimationFrame(move);
  };
  move();
})"""
"""Moves the mouse once a frame, as a hand does; a driver from outside would be slower than the picture."""
_MIDDLE = """box => {
  const { cy } = box._cyreg, away = node => {
    const { x, y } = node.renderedPosition();
    return Math.hypot(x - cy.width() / 2, y - cy.height() / 2);
  };
  return cy.nodes().toArray().reduce((best, node) => away(node) < away(best) ? node : best).renderedPosition();
}"""
_SELECT = """(box, text) => {
  const { cy } = box._cyreg;
  cy.nodes().unselect();
  cy.nodes().filter(node => node.data('title') === text).select();
}"""


@contextmanager
def browsing() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()


@contextmanager
def page_of(browser: Browser) -> Iterator[Page]:
    """A page of an analyst who has not been here before."""
    context = browser.new_context(viewport={"width": 1500, "height": 1000})
    yield context.new_page()
    context.close()


def queue_seconds(browser: Browser, address: str) -> float:
    """From opening the queue to its table, with the page at rest."""
    with page_of(browser) as page:
        return _seconds(lambda: (page.goto(address), page.wait_for_selector(TABLE)))


def ring_seconds(browser: Browser, address: str, nodes: int) -> float:
    """From opening the page of a ring to its picture; a large one is in groups."""
    with page_of(browser) as page:
        return _seconds(lambda: _open(page, address, nodes))


def whole_seconds(browser: Browser, address: str, nodes: int) -> float:
    """From asking for the whole of a large ring to its picture."""
    with page_of(browser) as page:
        _open(page, address, nodes)
        page.wait_for_selector(AT_REST)
        return _seconds(lambda: _draw_whole(page, nodes))


def drag_frames(browser: Browser, address: str, nodes: int) -> float:
    """Frames drawn per second while the node in the middle of a picture is dragged about."""
    with page_of(browser) as page:
        _open(page, address, nodes)
        canvas = _draw_whole(page, nodes)
        page.wait_for_selector(AT_REST)
        place, box = canvas.evaluate(_MIDDLE), canvas.bounding_box()
        if box is None:
            raise RuntimeError("the canvas is not on the page")
        x, y = box["x"] + place["x"], box["y"] + place["y"]
        page.mouse.move(x, y)
        page.mouse.down()
        frames: float = canvas.evaluate(_DRAG, [x, y, DRAG_SECONDS])
        page.mouse.up()
        return frames


def expansion_seconds(browser: Browser, address: str) -> tuple[float, float]:
    """From asking what is around the hub to the answer, and from asking for 20 of them to the picture of these."""
    with page_of(browser) as page:
        canvas = _open(page, address, 10)
        page.wait_for_selector(AT_REST)
        _expand(page, canvas, HUB_USER)
        _add(page, canvas, "On WiFi")
        hub = canvas.evaluate(
            "box => box._cyreg.cy.nodes('[kind = \"Wifi\"]').sort((a, b) => "
            "b.data('users') - a.data('users'))[0].data('title')"
        )
        return _seconds(lambda: _expand(page, canvas, hub)), _seconds(lambda: _add(page, canvas, "On WiFi"))


def _open(page: Page, address: str, nodes: int) -> Locator:
    page.goto(f"{address}/?ring={ring_of(nodes)}")
    canvas = page.locator(".canvas")
    canvas.evaluate(_PAINTED, 1)
    return canvas


def _draw_whole(page: Page, nodes: int) -> Locator:
    canvas = page.locator(".canvas")
    whole = page.get_by_role("button", name="Draw all")
    if whole.count():
        whole.click()
        canvas.evaluate(_PAINTED, nodes)
    return canvas


def _expand(page: Page, canvas: Locator, title: str) -> None:
    canvas.evaluate(_SELECT, title)
    canvas.focus()
    page.keyboard.press("e")
    page.wait_for_selector(".grow form")


def _add(page: Page, canvas: Locator, kind: str) -> None:
    before: int = canvas.evaluate("box => box._cyreg.cy.nodes().length")
    for box in page.locator(".grow input[type=checkbox]").all():
        box.set_checked(False)
    page.locator(".grow label").filter(has_text=kind).locator("input").check()
    page.locator(".grow button[type=submit]").click()
    canvas.evaluate(_PAINTED, before + 1)


def _seconds(do: Callable[[], object]) -> float:
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin
