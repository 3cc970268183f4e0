"""Reasons in the language that the caller asks for; what cannot be told in it stays as it was stored."""

import json

import polars as pl
import pytest

from app.api.language import preferred
from app.settings import Settings
from app.wiring import store_of
from graph.language import Language
from graph.results import Evidence, Part, Reason

FIGURES = {"members": 2, "size": 2, "identifiers": 1, "others": 1, "usual": 0.948}
REASONS = (
    Reason(
        code="shared_device",
        text="2 of 2 members used the same device.",
        compared="94.8% of customers share no device with another home.",
        weight=2.0,
        figures=FIGURES,
    ),
    Reason(code="shared_card", text="As an older run has told it.", weight=1.0),
)
EVIDENCE = Evidence(
    code="shared_device", kind="Device", key="fingerprint-0123456789", applicants=("A-1", "A-2"), weight=2.0,
    detail="They share it.", hub="suspicious", figures={"members": 2, "users": 2, "burst": 1.0},
)  # fmt: skip


@pytest.fixture
def told(either_store: Settings, world) -> Settings:
    """A store with a ring whose reasons are told in figures, but for one."""
    ring = world.ring_of("run-2", "R-1", ("A-1", "A-2"), 0.5).model_copy(
        update={
            "headline": REASONS[0].text, "headline_figures": FIGURES, "reasons": REASONS, "evidence": (EVIDENCE,),
            "parts": (Part(name="reach", value=0.5, detail="2 homes", figures={"homes": 2}),),
        }
    )  # fmt: skip
    reasons = json.dumps([reason.model_dump() for reason in REASONS])
    parts = json.dumps([{"name": "ring", "value": 0.5, "detail": "member of a ring", "figures": {}}])
    scores = pl.DataFrame(
        {"applicant_id": ["A-1"], "score": 0.5, "ring_id": "R-1", "parts": parts, "reasons": reasons},
    )
    with store_of(either_store) as store:
        store.runs.publish(world.run_of("run-2"), [ring], scores, keep=3)
    return either_store


def test_a_score_and_a_ring_are_told_in_chinese(told: Settings, serving) -> None:
    with serving(told) as api:
        ring, score = api.get("/v1/rings/R-1?lang=zh").json(), api.get("/v1/scores/A-1?lang=zh").json()
        batch = api.post("/v1/scores:lookup?lang=zh", json={"applicant_ids": ["A-1"]}).json()["scores"][0]
        (line,) = api.get("/v1/rings?lang=zh").json()["rings"]
    for answer in (ring, score, batch):
        assert [reason["text"] for reason in answer["reasons"]] == [
            "2 名成员中有 2 名用过同一台设备。",
            "As an older run has told it.",
        ]
        assert answer["reasons"][0]["compared"] == "94.8% 的客户没有与其他住户共同的设备。"
        assert answer["reasons"][0]["figures"] == FIGURES
    assert ring["headline"] == line["headline"] == "2 名成员中有 2 名用过同一台设备。"
    assert (ring["parts"][0]["detail"], score["parts"][0]["detail"]) == ("2 个住处", "团伙成员")
    assert ring["evidence"][0]["detail"].endswith("多个住处的人共用，而工作、住处或短暂经过都不能解释。")


def test_english_is_what_was_stored(told: Settings, serving) -> None:
    with serving(told) as api:
        plain, asked = (api.get(f"/v1/rings/R-1{lang}").json() for lang in ("", "?lang=en"))
    assert plain["reasons"] == asked["reasons"] == [reason.model_dump() for reason in REASONS]
    assert plain["evidence"][0]["detail"] == "They share it."


def test_the_header_decides_where_nothing_is_asked(told: Settings, serving) -> None:
    chinese = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
    with serving(told) as api:
        heard, asked = api.get("/v1/rings/R-1", headers=chinese), api.get("/v1/rings/R-1?lang=en", headers=chinese)
    assert (heard.headers["Content-Language"], heard.headers["Vary"]) == ("zh", "Accept-Language")
    assert "用过同一台设备" in heard.json()["headline"]
    assert asked.headers["Content-Language"] == "en"
    assert asked.json()["headline"] == REASONS[0].text


@pytest.mark.parametrize("path", ["/v1/rings", "/v1/rings/R-1", "/v1/scores/A-1"])
def test_a_language_that_there_is_not_is_an_error(api, path: str) -> None:
    answer = api.get(f"{path}?lang=tlh")
    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, "query.lang")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("zh", "zh"),
        ("ZH-hant-TW", "zh"),
        ("fr, zh;q=0.1", "zh"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.2, zh;q=0.3", "zh"),
        ("zh;q=0", "en"),
        ("zh;q=nonsense", "en"),
        ("*", "en"),
        (",;=q,,zh;;;", "zh"),
    ],
)
def test_a_header_is_read_as_the_standard_says(header: str, language: str) -> None:
    assert preferred(header) is Language(language)
