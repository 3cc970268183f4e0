"""An appeal in a real browser: found in the inbox, looked at with hostile names around it, overturned, back again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cases.appeal_model import Entity, Hit, Linked, Objection
from cases.casebook import Casebook, open_casebook
from decisions.log.log import open_decision_log

pytestmark = pytest.mark.browser

HOSTILE = "<img src=http://canary.example/i.png onerror=alert(1)> ![x](http://canary.example/m.png) </script>"


def beside(url: str, what: str) -> str:
    return f"{url.removesuffix('.db')}.{what}.db"


def casebook(url: str) -> Casebook:
    return open_casebook(beside(url, "cases"))


@pytest.fixture
def url(publish: Callable[..., str], tmp_path: Path) -> str:
    """A store with an appeal whose every text is hostile."""
    at = publish(f"sqlite:///{tmp_path}/store.db")
    hit = Hit(rule=HOSTILE, code=HOSTILE, told={"en": HOSTILE, "zh": HOSTILE}, entities=("wifi",))
    wifi = Entity(kind="wifi", key="3c:84:6a:12:34:56", hub="campus", applicants=("A-002", "A-003", HOSTILE))
    with casebook(at) as book:
        book.appeals.file(
            Objection(
                decision_id="D-1", applicant_id="A-001", application_id=HOSTILE, outcome="reject",
                decided_at=1_775_000_000, hits=(hit,), entities=(wifi, Entity(kind="device", key=HOSTILE)),
                links=(Linked(applicant_id=HOSTILE),), text=f"I study there.\n{HOSTILE}",
            )
        )  # fmt: skip
    return at


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(150)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_an_appeal_is_looked_at_and_overturned(
    web: Page, serve: Callable[..., str], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGFENCE_AUTHOR", "rev")
    at = serve(url)
    web.goto(f"{at}/?page=appeals")
    expect(web.get_by_text("1 to 1 of 1")).to_be_visible()
    web.goto(f"{at}/?appeal=1")
    expect(web.get_by_text("I study there.")).to_be_visible()
    expect(web.get_by_text("The picture settles nothing: one applicant is linked")).to_be_visible()
    expect(web.locator(".reasons li").first).to_contain_text("campus WiFi: ****")
    assert "3c:84:6a:12:34:56" not in web.content()
    web.get_by_label("Reason", exact=True).fill("A campus.")
    web.get_by_label("Reason", exact=True).blur()
    settled(web)
    web.get_by_role("button", name="Overturn the decision", exact=True).click()
    expect(web.get_by_text("The decision is overturned.")).to_be_visible()
    settled(web)
    with casebook(url) as book, open_decision_log(beside(url, "decisions")) as log:
        assert book.appeals.appeal(1).state == "overturned"
        assert len(log.snoozes(book.appeals.appeal(1).steps[-1].at)) == 2
    web.get_by_role("button", name="All appeals", exact=True).click()
    expect(web).to_have_url(re.compile(r"\?page=appeals$"))
    expect(web.get_by_text("No appeal waits.")).to_be_visible()
    web.get_by_role("tab", name="False kills by rule").click()
    expect(web.get_by_role("tabpanel", name="False kills by rule")).to_be_visible()
    web.go_back()
    expect(web.get_by_text("A campus.")).to_be_visible()
