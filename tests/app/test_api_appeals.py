"""`/v1/appeals`: filed against a decision of the log, asked for again, and told without anybody else's data."""

import logging

import pytest

from app.wiring import casebook_of
from cases.appeal_model import AppealState, Entity, Hit, Linked
from decisions.outcome import Outcome

TEXT = "The WiFi is my university's; ask 张老师."


@pytest.fixture
def decision_id(published, world) -> str:
    return world.keep_decision(published)


def filed(api, decision_id: str, **other):
    return api.post("/v1/appeals", json={"decision_id": decision_id, "text": TEXT, **other})


def test_an_appeal_keeps_the_decision_as_it_was(api, published, world, decision_id):
    answer = filed(api, decision_id)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["state"], told["outcome"], told["application_id"], told["decided_at"]) == (
        "open",
        "reject",
        "P-1",
        None,
    )
    assert "no part in the decision" in told["message"]
    with casebook_of(published) as book:
        kept = book.appeals.appeal(told["appeal_id"])
    assert (kept.decision_id, kept.applicant_id, kept.text, kept.decided_at) == (
        decision_id,
        "A-1",
        TEXT,
        1_700_000_000,
    )
    assert kept.hits == (
        Hit(rule="linked", code="LINKED", told={"en": "Many on this WiFi.", "zh": "此 WiFi 人数众多。"}),
        Hit(
            rule="many_on_wifi",
            code="MANY_ON_WIFI",
            told={"en": "Many on this WiFi.", "zh": "此 WiFi 人数众多。"},
            entities=("wifi",),
        ),
    )
    assert kept.entities == (
        Entity(kind="wifi", key="3c:84:6a:12:34:56", hub="campus", applicants=("A-2", "A-3")),
        Entity(kind="device", key=world.fingerprint),
    )
    assert kept.links == (Linked(applicant_id="A-2", fraud=True),)


def test_a_second_one_is_the_first_one_again(api, decision_id):
    first = filed(api, decision_id).json()
    assert filed(api, decision_id, text="Hello?").json() == first


def test_what_came_of_it_is_told_without_names_and_reasons(api, published, decision_id):
    number = filed(api, decision_id).json()["appeal_id"]
    with casebook_of(published) as book:
        book.appeals.take(number, author="rev")
        assert api.get(f"/v1/appeals/{number}").json()["state"] == "taken"
        book.appeals.decide(number, AppealState.OVERTURNED, "Ann is a student.", author="rev")
    answer = api.get(f"/v1/appeals/{number}?lang=zh")
    assert (answer.json()["state"], answer.headers["content-language"]) == ("overturned", "zh")
    assert "撤销" in answer.json()["message"]
    assert answer.json()["decided_at"]
    for hidden in ("rev", "Ann", "A-2", "3c:84", "university"):
        assert hidden not in answer.text


def test_the_customers_language(api, decision_id):
    assert "申诉" in filed(api, decision_id, language="zh").json()["message"]


def test_what_is_not_there_and_what_was_approved(api, published, world):
    unknown = filed(api, "019aba4e-7c00-7a1b-9c2d-3e4f5a6b7c8d")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:ringfence:not_found")
    approved = filed(api, world.keep_decision(published, Outcome.APPROVE))
    assert (approved.status_code, approved.json()["type"]) == (409, "urn:ringfence:not_appealable")
    assert api.get("/v1/appeals/7").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", str(2**31), "1e3"])
def test_a_number_that_no_appeal_has(api, number):
    assert api.get(f"/v1/appeals/{number}").status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"text": " \n\t"},
        {"text": "x" * 10_001},
        {"text": "a\0b"},
        {"decision_id": ""},
        {"decision_id": "a\0b"},
        {"decision_id": "x" * 101},
        {"language": "fr"},
        {"more": 1},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_without_repeating_it(api, decision_id, body):
    answer = api.post("/v1/appeals", json={"decision_id": decision_id, "text": "secret", **body})
    assert answer.status_code == 422
    assert "secret" not in answer.text


def test_half_a_character_is_refused(api, decision_id):
    body = f'{{"decision_id": "{decision_id}", "text": "\\ud800"}}'
    answer = api.post("/v1/appeals", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


def test_no_key_no_appeal(api, decision_id):
    assert api.post("/v1/appeals", json={}, headers={"X-API-Key": ""}).status_code == 401
    assert api.get("/v1/appeals/1", headers={"X-API-Key": "wrong"}).status_code == 401


def test_the_text_is_in_no_log(api, decision_id, caplog):
    caplog.set_level(logging.DEBUG)
    number = filed(api, decision_id).json()["appeal_id"]
    api.get(f"/v1/appeals/{number}")
    assert "university" not in caplog.text
    assert decision_id not in caplog.text


def test_a_log_that_is_down_is_a_503(published, serving):
    down = published.model_copy(update={"decisions": "postgresql://u:secret@127.0.0.1:1/x"})
    with serving(down) as api:
        answers = [filed(api, "x") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "127.0.0.1" not in answers[0].text + answers[1].text
