"""Everybody can read the pages: axe-core finds nothing serious, light or dark, and at 200 % zoom nothing is cut off."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.settings import Settings
from app.wiring import casebook_of
from cases.people import Role

pytestmark = pytest.mark.browser

PASSWORD = "four quiet green herons"
PAGES = {
    "queue": "", "ring": "?ring=R-PLAIN", "person": "?person=A-001", "runs": "?page=runs", "people": "?page=people",
    "unknown": "?ring=R-NONE",
}  # fmt: skip
BAD = frozenset({"serious", "critical"})
WIDTHS = """() => [document.scrollingElement, ...document.querySelectorAll("[data-testid=stMain]")]
    .map(each => each.scrollWidth - each.clientWidth)"""


@pytest.fixture(scope="module")
def url(publish: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    made = publish(f"sqlite:///{tmp_path_factory.mktemp('reading')}/store.db")
    with casebook_of(Settings(store=made)) as book:
        book.accounts.add("Root", Role.ADMIN, PASSWORD, author="test")
        book.accounts.add("Ann", Role.ANALYST, PASSWORD, author="test")
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read(
    web: Page, serve: Callable[..., str], url: str, tmp_path_factory: pytest.TempPathFactory, scheme: str
) -> None:
    address, empty = serve(url), serve(f"sqlite:///{tmp_path_factory.getbasetemp()}/nothing.db")
    web.emulate_media(color_scheme=scheme)
    web.goto(f"{address}/login")
    wrong = judged(web, "login")
    web.get_by_label("Name").fill("root")
    web.get_by_label("Password").fill("not his password")
    web.get_by_role("button", name="Log in").click()
    expect(web.get_by_role("alert")).to_be_visible()
    wrong += judged(web, "login refused")
    web.get_by_label("Name").fill("root")
    web.get_by_label("Password").fill(PASSWORD)
    web.get_by_role("button", name="Log in").click()
    expect(web.get_by_role("button", name="Log out")).to_be_visible()
    for name, start in {**{name: f"{address}/{query}" for name, query in PAGES.items()}, "nothing": empty}.items():
        web.goto(start)
        expect(web.get_by_role("button", name="Queue")).to_be_visible()
        web.wait_for_timeout(1_500)  # what is still fading in has no contrast yet
        wrong += judged(web, name)
    assert wrong == []


def test_a_dialog_can_be_read(web: Page, serve: Callable[..., str], url: str) -> None:
    address = serve(url)
    web.goto(f"{address}/?ring=R-PLAIN")
    web.get_by_label("Name").fill("root")
    web.get_by_label("Password").fill(PASSWORD)
    web.get_by_role("button", name="Log in").click()
    web.get_by_role("button", name="Show a value unmasked").click()
    expect(web.get_by_role("dialog")).to_be_visible()
    web.wait_for_timeout(1_500)
    assert judged(web, "dialog") == []


def judged(web: Page, name: str) -> list[str]:
    """What is wrong with the page that is open."""
    found = []
    for width in (1440, 640):  # the second is the first at a little more than 200 %
        web.set_viewport_size({"width": width, "height": 900})
        web.wait_for_timeout(300)
        if any(wider > 0 for wider in web.evaluate(WIDTHS)):
            found.append(f"{name}: must be scrolled sideways at {width}")
    faults = Axe().run(web).response["violations"]
    return found + [
        f"{name}: {each['id']} {each['nodes'][0]['html'][:200]}" for each in faults if each["impact"] in BAD
    ]
