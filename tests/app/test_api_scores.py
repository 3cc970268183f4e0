import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from app.settings import Settings
from app.wiring import store_of


def path_of(applicant_id: str) -> str:
    """Percent-encoded, dots too: clients resolve `.` and `..` themselves."""
    return f"/v1/scores/{quote(applicant_id, safe='').replace('.', '%2E')}"


def test_a_score_comes_with_parts_ring_reasons_run_and_age(either_store: Settings, serving) -> None:
    with serving(either_store) as api:
        answer = api.get("/v1/scores/A-1")
    assert answer.status_code == 200
    body = answer.json()
    assert {name: body[name] for name in ("applicant_id", "run_id", "score", "ring_id")} == {
        "applicant_id": "A-1",
        "run_id": "run-1",
        "score": 0.75,
        "ring_id": "R-1",
    }
    assert body["parts"] == [{"name": "links", "value": 0.75, "detail": "", "figures": {}}]
    assert body["reasons"][0]["code"] == "shared_device"
    assert body["run"]["run_id"] == "run-1"
    published_at = datetime.fromisoformat(body["run"]["published_at"])
    assert 0 <= body["run"]["age_seconds"] <= (datetime.now(UTC) - published_at).total_seconds()


def test_a_known_applicant_without_findings_has_score_0(either_store: Settings, serving) -> None:
    with serving(either_store) as api:
        body = api.get("/v1/scores/clean").json()
    assert (body["score"], body["ring_id"], body["reasons"]) == (0, None, [])


def test_an_unknown_applicant_is_a_404_with_a_safe_default(either_store: Settings, serving) -> None:
    with serving(either_store) as api:
        answer = api.get("/v1/scores/nobody")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == "urn:ringfence:unknown_applicant"
    assert (body["recommendation"], body["reason"]) == ("review", "unknown_applicant")
    assert "No applicant has this id" in body["detail"]


def test_hostile_ids_are_found_as_they_are(either_store: Settings, serving, world) -> None:
    with serving(either_store) as api:
        for each in world.hostile:
            answer = api.get(path_of(each))
            assert answer.status_code == 200, each[:40]
            assert answer.json()["applicant_id"] == each
        batch = api.post("/v1/scores:lookup", json={"applicant_ids": world.hostile}).json()
    assert [each["applicant_id"] for each in batch["scores"]] == list(world.hostile)


@pytest.mark.parametrize(
    "odd",
    [
        "no'body",
        "../../etc/passwd",
        "\x00",
        "A-1\x00",
        "A-1\n",
        "line\nbreak/",
        "🕵",
        "y" * 10_000,
        "%",
        "A-1/",
        " A-1",
        "null",
    ],
)
def test_hostile_ids_of_nobody_are_unknown(api, odd: str) -> None:
    answer = api.get(path_of(odd))
    assert (answer.status_code, answer.json()["reason"]) == (404, "unknown_applicant")


def test_a_batch_answers_the_known_in_order_and_lists_the_unknown(either_store: Settings, serving) -> None:
    asked = ["nobody", "clean", "A-2", "A-1", "A-2"]
    with serving(either_store) as api:
        body = api.post("/v1/scores:lookup", json={"applicant_ids": asked}).json()
    assert [each["applicant_id"] for each in body["scores"]] == ["clean", "A-2", "A-1"]
    assert body["unknown"] == [{"applicant_id": "nobody", "recommendation": "review", "reason": "unknown_applicant"}]
    assert body["run"]["run_id"] == "run-1"


@pytest.mark.parametrize("ids", [[], ["x"] * 1001, [1], None, "A-1", ["\ud800"]])
def test_a_batch_that_makes_no_sense_is_refused_without_repeating_it(api, ids: object) -> None:
    answer = api.post(
        "/v1/scores:lookup", content=json.dumps({"applicant_ids": ids}), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    body = answer.json()
    assert body["errors"][0]["where"].startswith("body.applicant_ids")
    assert body["recommendation"] == "review"


@pytest.mark.parametrize("body", [b"", b'{"applicant_ids": [', b"\xff\xfe\x00", b"[" * 100_000, b"NaN", b"[]", b"null"])
def test_a_body_that_is_no_json_is_refused(api, body: bytes) -> None:
    answer = api.post("/v1/scores:lookup", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:ringfence:bad_request")


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", None])
def test_a_body_that_is_not_called_json_says_how_to(api, content_type: str | None) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = api.post("/v1/scores:lookup", content=b'{"applicant_ids": ["A-1"]}', headers=headers)
    assert answer.status_code == 422
    assert "Content-Type: application/json" in answer.json()["detail"]


def test_a_body_that_is_too_large_is_refused(api) -> None:
    answer = api.post("/v1/scores:lookup", json={"applicant_ids": ["x" * (17 * 2**20)]})
    assert (answer.status_code, answer.json()["recommendation"]) == (413, "review")


def test_before_the_first_run_there_is_a_safe_default(settings: Settings, serving) -> None:
    with serving(settings) as api:
        for answer in (api.get("/v1/scores/A-1"), api.post("/v1/scores:lookup", json={"applicant_ids": ["A-1"]})):
            assert answer.status_code == 503
            assert (answer.json()["recommendation"], answer.json()["reason"]) == ("review", "no_run")
            assert "Retry-After" in answer.headers


def test_a_new_run_is_seen_at_once(published: Settings, serving, world) -> None:
    with serving(published) as api:
        assert api.get("/v1/scores/A-1").json()["run"]["run_id"] == "run-1"
        with store_of(published) as store:
            world.publish(store, "run-2", 0.5, keep=1)
        body = api.get("/v1/scores/A-1").json()
        batch = api.post("/v1/scores:lookup", json={"applicant_ids": ["A-1"]}).json()
    assert (body["score"], body["run_id"], body["run"]["run_id"]) == (0.5, "run-2", "run-2")
    assert (batch["run"]["run_id"], batch["scores"][0]["run_id"]) == ("run-2", "run-2")
