from urllib.parse import quote

import pytest

from app.settings import Settings
from app.wiring import store_of
from graph.results import Change


def test_the_queue_is_sorted_counted_and_dated(either_store: Settings, serving, world) -> None:
    with serving(either_store) as api:
        body = api.get("/v1/rings").json()
    assert [ring["ring_id"] for ring in body["rings"]] == ["R-1", "R/2 <odd>"]
    assert (body["total"], body["offset"], body["limit"], body["run"]["run_id"]) == (2, 0, 50, "run-1")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("change=grown", ["R/2 <odd>"]),
        ("change=new&change=grown", ["R-1", "R/2 <odd>"]),
        ("change=gone", []),
        ("kind=shared_device", ["R-1", "R/2 <odd>"]),
        ("kind=no_such_code", []),
        ("min_score=0.5", ["R-1"]),
        ("min_size=3", ["R-1"]),
        ("applicant=A-1", ["R-1", "R/2 <odd>"]),
        ("applicant=nobody", []),
        (f"applicant={quote(chr(39) + ' OR 1=1 --')}", []),
        ("order=size&limit=1", ["R-1"]),
        ("offset=1&limit=1", ["R/2 <odd>"]),
        ("offset=2", []),
        ("run_id=run-1&min_size=3", ["R-1"]),
    ],
)
def test_the_queue_is_filtered_and_paged(either_store: Settings, serving, question: str, expected: list[str]) -> None:
    with serving(either_store) as api:
        answer = api.get(f"/v1/rings?{question}")
    assert [ring["ring_id"] for ring in answer.json()["rings"]] == expected


@pytest.mark.parametrize(
    "question", ["limit=0", "limit=501", "offset=-1", "order=name", "change=odd", "min_score=2", "typo=1"]
)
def test_a_question_that_makes_no_sense_says_what_is_wrong(api, question: str) -> None:
    answer = api.get(f"/v1/rings?{question}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"].startswith(f"query.{question.partition('=')[0]}")


def test_a_ring_is_whole_and_its_identifiers_are_masked(either_store: Settings, serving, world) -> None:
    with serving(either_store) as api:
        answer = api.get("/v1/rings/R-1")
    body = answer.json()
    assert [member["applicant_id"] for member in body["members"]] == list(world.members)
    assert body["reasons"][0]["code"] == "shared_device"
    assert body["evidence"][0]["applicants"] == list(world.members)
    assert world.fingerprint not in answer.text
    assert body["evidence"][0]["key"]


def test_a_ring_id_may_hold_anything(api) -> None:
    answer = api.get(f"/v1/rings/{quote('R/2 <odd>', safe='')}")
    assert (answer.status_code, answer.json()["ring_id"]) == (200, "R/2 <odd>")


@pytest.mark.parametrize("path", ["/v1/rings/nothing", "/v1/rings/R-1?run_id=nothing", "/v1/rings?run_id=nothing"])
def test_what_does_not_exist_is_a_404_without_advice_about_applicants(api, path: str) -> None:
    answer = api.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:ringfence:not_found")
    assert "recommendation" not in answer.json()


def test_rings_that_are_gone_are_told_on_request_alone(either_store: Settings, serving, world) -> None:
    with store_of(either_store) as store:
        rings = [
            world.ring_of("run-2", "R-1", ("A-1", "A-2"), 0.5, Change.SAME),
            world.ring_of("run-2", "R-gone", ("A-1", "A-2"), 0.9, Change.GONE),
        ]
        store.runs.publish(world.run_of("run-2"), rings, world.no_scores, keep=3)
    with serving(either_store) as api:
        queue, gone = api.get("/v1/rings").json(), api.get("/v1/rings?change=gone").json()
        both = api.get("/v1/rings?change=gone&change=same").json()
        assert api.get("/v1/rings/R-gone").json()["change"] == "gone"
    found = [(body["total"], [ring["ring_id"] for ring in body["rings"]]) for body in (queue, gone, both)]
    assert found == [(1, ["R-1"]), (1, ["R-gone"]), (2, ["R-gone", "R-1"])]


def test_an_earlier_run_can_be_asked_while_it_is_kept(published: Settings, serving, world) -> None:
    with store_of(published) as store:
        world.publish(store, "run-2", 0.5)
    with serving(published) as api:
        assert api.get("/v1/rings/R-1").json()["score"] == 0.5
        assert api.get("/v1/rings/R-1?run_id=run-1").json()["score"] == 0.75
        assert api.get("/v1/rings?run_id=run-1").json()["run"]["run_id"] == "run-1"
