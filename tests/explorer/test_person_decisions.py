"""What was decided on a person's applications, on his page: made by the desk that decides, read from its log."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest
from streamlit.testing.v1 import AppTest

from app.deciding.opening import Desk
from app.settings import Settings
from decisions.application import Application
from decisions.log.log import DecisionLog, open_decision_log
from decisions.log.record import DecisionRecord
from decisions.outcome import Outcome
from graph.store.opening import open_store

Open = Callable[..., AppTest]
NOW = 1_775_000_000
PHONE = "+8613925716803"
HOSTILE = "<img src=http://canary.example/i.png onerror=alert(1)> ![x](http://canary.example/m.png) \u202e"


@pytest.fixture
def url(publish: Callable[..., str], tmp_path: Path) -> str:
    return publish(f"sqlite:///{tmp_path}/store.db")


@pytest.fixture
def opened(open_page: Open, url: str) -> Open:
    """Opens the explorer at an address."""
    return partial(open_page, url)


@contextmanager
def log_of(url: str) -> Iterator[DecisionLog]:
    with open_decision_log(f"{url.removesuffix('.db')}.decisions.db") as log:
        yield log


def keep(log: DecisionLog, number: int, **other: Any) -> None:
    """A decision of the log on an application of A-001, a minute after the one before."""
    reason = {"analyst": {"en": f"Reason {number}.", "zh": f"理由 {number}。"}}
    body = {"reasons": [reason], "missing": []} | other.pop("body", {})
    values = {
        "decision_id": f"D-{number}", "application_id": f"P-{number}", "applicant_id": "A-001", "at": NOW,
        "decided_at": (NOW + 60 * number) * 1_000_000, "outcome": Outcome.REJECT, "score": 0.75, "rules_version": "v7",
        "run_id": "RUN-1", "latency_us": 900, "application": b"{}", "body": orjson.dumps(body),
    }  # fmt: skip
    log.accept(DecisionRecord(**(values | other)))


def texts(page: AppTest) -> str:
    assert not page.exception
    assert not page.error
    return "\n".join(element.value for element in (*page.text, *page.caption, *page.info, *page.warning))


def test_nothing_is_shown_or_made_without_a_log(opened: Open, url: str) -> None:
    page = opened(person="A-001")
    assert "Decisions" not in [tab.label for tab in page.tabs]
    assert not Path(f"{url.removesuffix('.db').removeprefix('sqlite:///')}.decisions.db").exists()


def test_what_the_desk_decided_is_told_in_both_languages(opened: Open, url: str) -> None:
    asked = {
        "application_id": "P-77",
        "applicant": {"applicant_id": "A-003", "name": HOSTILE, "phone": PHONE},
        "device": {"fingerprint": "00000000"},
        "purpose": HOSTILE,
    }
    with open_store(url) as store:
        desk = Desk(Settings(store=url), lambda: store, lambda _part, _state: None)
        try:
            made = asyncio.run(
                desk.decisions.decide(Application.model_validate(asked), dry_run=False, idempotency_key=None)
            )
        finally:
            desk.close()
    assert made.kept
    page = opened(person="A-003")
    said = texts(page)
    assert [tab.label for tab in page.tabs][-1] == "Decisions"
    assert made.body["reasons"]
    assert made.body["missing"]
    for reason in made.body["reasons"]:
        assert reason["analyst"]["en"] in said
    assert "Missing: Device, WiFi, " in said
    assert f"Rules {made.body['rules']['version']}." in said
    for secret in (PHONE, PHONE[-8:], "canary", "\u202e"):
        assert secret not in said
    page.session_state["language"] = "zh"
    in_chinese = texts(page.run())
    for reason in made.body["reasons"]:
        assert reason["analyst"]["zh"] in in_chinese
    assert "缺失信息：设备、WiFi、" in in_chinese


def test_the_last_twenty_are_told_the_newest_first(opened: Open, url: str) -> None:
    with log_of(url) as log:
        for number in range(20):
            keep(log, number)
        keep(log, 99, applicant_id="A-002")
        assert "Only the last" not in texts(opened(person="A-001"))
        keep(log, 20, outcome=Outcome.APPROVE, body={"reasons": []}, run_id=None)
    page = opened(person="A-001")
    said = texts(page)
    assert [line for line in said.splitlines() if line.startswith("Reason ")] == [
        f"Reason {n}." for n in range(19, 0, -1)
    ]
    assert "Only the last 20 are shown." in said
    assert "2026-03-31 23:53 UTC  Score 0.75" in said
    assert "No rule spoke of this application." in said
    assert "Rules v7. Without a run." in said
    assert "Rules v7. Run RUN-1." in said
    assert "Nothing was decided" in texts(opened(person="A-003"))


def test_hostile_strings_are_text(opened: Open, url: str) -> None:
    reasons = [{"analyst": {"en": HOSTILE, "zh": HOSTILE}}]
    with log_of(url) as log:
        body = {"reasons": reasons, "missing": [f"rule:{HOSTILE}", HOSTILE, "graph", "graph"]}
        keep(log, 1, body=body, application_id=HOSTILE, rules_version=HOSTILE, run_id=HOSTILE)
    page = opened(person="A-001")
    assert "\u202e" not in texts(page)
    assert "Missing: Rule <img" in texts(page)
    assert texts(page).count("Graph") == 1
    assert not any("canary" in element.value for element in page.markdown)


def test_a_log_that_is_down_leaves_the_rest_of_the_page(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGFENCE_DECISIONS", "postgresql://u:secret@127.0.0.1:1/x")
    page = opened(person="A-003")
    assert "The decision log does not answer." in texts(page)
    assert "secret" not in texts(page)
    assert any("Identifier" in frame.value for frame in page.dataframe)
