"""The way of a ring through the hands of two people, in a real browser: taken, judged, noted, confirmed, undone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cases.casebook import Casebook, open_casebook
from graph.store.opening import open_store

pytestmark = pytest.mark.browser

HOSTILE = "<img src=http://canary.example/i.png onerror=alert(1)> ![x](http://canary.example/m.png) 长"


@pytest.fixture
def url(publish: Callable[..., str], tmp_path: Path) -> str:
    """A store whose rings have cases."""
    at = publish(f"sqlite:///{tmp_path}/store.db")
    with open_store(at) as store, casebook(at) as book:
        run = store.runs.current()
        assert run
        ids = [ring.ring_id for ring in store.runs.rings(limit=1000)]
        book.follow(run, [ring for each in ids if (ring := store.runs.ring(each))])
    return at


def casebook(url: str) -> Casebook:
    return open_casebook(url.removesuffix(".db") + ".cases.db")


@pytest.fixture
def desk(serve: Callable[..., str], url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """desk("ann"): the address at which she works."""

    def at(name: str) -> str:
        monkeypatch.setenv("RINGFENCE_AUTHOR", name)
        return serve(url, "--name", f"{name}.example")

    return at


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(150)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def press(page: Page, name: str, *, number: int = 0) -> None:
    page.get_by_role("button", name=name, exact=True).nth(number).click()
    settled(page)


def test_a_ring_is_taken_judged_noted_confirmed_and_undone(
    web: Page, desk: Callable[[str], str], url: str, tmp_path: Path
) -> None:
    web.goto(f"{desk('ann')}/?ring=R-LARGE")
    expect(web.get_by_text("Nobody has it.")).to_be_visible()
    press(web, "Take")
    expect(web.get_by_text("The case is yours.")).to_be_visible()
    web.get_by_role("radio", name="Fraud", exact=True).click()
    settled(web)
    web.get_by_role("textbox", name="Reason").first.fill(HOSTILE)
    press(web, "Judge")
    expect(web.get_by_text("waits for a second person")).to_be_visible()
    expect(web.get_by_text(HOSTILE)).to_be_visible()
    expect(web.get_by_role("button", name="Confirm")).to_have_count(0)
    web.get_by_role("tab", name="Notes and files").click()
    web.get_by_role("textbox", name="Note").fill(HOSTILE)
    press(web, "Add the note")
    expect(web.get_by_text("The note is kept.")).to_be_visible()
    file = tmp_path / "<b>evil.html"
    file.write_text("<script>alert(1)</script>")
    web.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    settled(web)
    press(web, "Attach")
    expect(web.get_by_text("<b>evil.html: text/plain")).to_be_visible()

    web.goto(f"{desk('bob')}/?ring=R-LARGE")
    press(web, "Confirm")
    expect(web.get_by_text("counts, confirmed by bob")).to_be_visible()
    expect(web.get_by_text("Case: Decided")).to_be_visible()
    press(web, "Take back")
    web.get_by_role("textbox", name="Reason").last.fill("The wrong ring.")
    press(web, "Take back", number=1)
    expect(web.get_by_text("taken back by bob: The wrong ring.")).to_be_visible()
    web.get_by_role("tab", name="Report").click()
    press(web, "Make the report")
    with web.expect_download() as download:
        web.get_by_role("button", name="Save the report").click()
    assert download.value.suggested_filename == "R-LARGE.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    with casebook(url) as book:
        (said,) = book.judgements.of(["R-LARGE"])
        assert (said.author, said.confirmed_by, said.withdrawn_by) == ("ann", "bob", "bob")
        assert {"assign", "judge", "note", "attach", "confirm", "undo"} <= {
            each.action for each in book.audit.changes("R-LARGE")
        }


def tick(page: Page, *rows: int) -> None:
    """Tick lines of the queue by the boxes at their left."""
    table = page.get_by_test_id("data-grid-canvas")
    for row in rows:
        box = table.bounding_box()
        assert box
        page.mouse.click(box["x"] + 20, box["y"] + 35 + 38 * (row + 0.5))
        settled(page)


def test_several_rings_are_worked_on_at_once_by_their_ids(web: Page, desk: Callable[[str], str], url: str) -> None:
    web.goto(desk("ann"))
    settled(web)
    expect(web.get_by_test_id("data-grid-canvas")).to_be_visible()
    tick(web, 0, 2)
    expect(web.get_by_text("2 rings chosen: R-PLAIN, R-LARGE")).to_be_visible()
    press(web, "Do it for all chosen")
    expect(web.get_by_text("Done for 2 rings.")).to_be_visible()
    expect(web.get_by_text("rings chosen")).to_have_count(0)
    with casebook(url) as book:
        assert [book.cases.case(each).owner for each in ("R-PLAIN", "R-LARGE", "R-HOSTILE")] == ["ann", "ann", None]
        book.locks.take("R-HOSTILE", "bob")
    tick(web, 1, 2)
    web.get_by_role("combobox", name="What to do").click()
    web.get_by_role("option", name="Not fraud").click()
    settled(web)
    web.get_by_role("textbox", name="Reason").fill("Students of one house.")
    web.keyboard.press("Tab")
    settled(web)
    press(web, "Do it for all chosen")
    expect(web.get_by_text("Done for 1 ring.")).to_be_visible()
    expect(web.get_by_text(re.compile("R-HOSTILE: not done. bob holds this case"))).to_be_visible()
    with casebook(url) as book:
        assert [one.ring_id for one in book.judgements.of(["R-HOSTILE", "R-LARGE"])] == ["R-LARGE"]


def test_the_next_ring_is_one_key_away(web: Page, desk: Callable[[str], str]) -> None:
    web.goto(desk("ann"))
    settled(web)
    expect(web.get_by_test_id("data-grid-canvas")).to_be_visible()
    web.keyboard.press("n")
    expect(web).to_have_url(re.compile("ring=R-PLAIN"))
    settled(web)
    expect(web.get_by_text("Nobody has it.")).to_be_visible()
    web.keyboard.press("n")
    expect(web).to_have_url(re.compile("ring=R-HOSTILE"))
    web.go_back()
    expect(web).to_have_url(re.compile("ring=R-PLAIN"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(web: Page, desk: Callable[[str], str], scheme: str) -> None:
    """At 100 % and at 200 %: half of the width."""
    web.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    address = desk("ann")
    for width in (1500, 750):
        web.set_viewport_size({"width": width, "height": 1000})
        for place in ("", "?ring=R-HOSTILE"):
            web.goto(f"{address}/{place}")
            settled(web)
            expect(web.get_by_test_id("data-grid-canvas").first).to_be_visible()
            assert web.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
