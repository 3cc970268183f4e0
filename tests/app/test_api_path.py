"""How two members are tied together, through the API."""

import pytest

from app.settings import Settings
from app.wiring import store_of
from graph.results import Evidence


@pytest.fixture
def tied(either_store: Settings, world) -> Settings:
    """A-1 and A-3 have only A-2 in common, who has paid the same outside account as A-4; A-5 is alone."""
    ring = world.ring_of("run-2", "R-1", ("A-1", "A-2", "A-3", "A-4", "A-5"), 0.5)
    facts = (
        ("shared_device", "Device", world.fingerprint, ("A-1", "A-2")),
        ("shared_card", "Card", "card-0123456789", ("A-2", "A-3")),
        ("mule_account", "TRANSFERRED", "transfer-1", ("A-2",)),
        ("mule_account", "TRANSFERRED", "transfer-2", ("A-4",)),
    )
    evidence = [Evidence(code=code, kind=kind, key=key, applicants=who) for code, kind, key, who in facts]
    paid = {"payee": "outside-account-77", "figures": {"amount": 100}}
    evidence[2:] = [item.model_copy(update=paid | {"payer": item.applicants[0]}) for item in evidence[2:]]
    with store_of(either_store) as store:
        rings = [ring.model_copy(update={"evidence": tuple(evidence)})]
        store.runs.publish(world.run_of("run-2"), rings, world.no_scores, keep=3)
    return either_store


def test_each_step_is_told_and_masked(tied: Settings, serving, world) -> None:
    with serving(tied) as api:
        answer = api.get("/v1/rings/R-1/path?from=A-3&to=A-1")
        chinese = api.get("/v1/rings/R-1/path?from=A-3&to=A-1&lang=zh").json()
    steps = answer.json()["steps"]
    assert [(step["from"], step["to"], step["evidence"]["kind"]) for step in steps] == [
        ("A-3", "A-2", "Card"),
        ("A-2", "A-1", "Device"),
    ]
    assert steps[0]["text"] == "A-3 and A-2 bound the same bank card (****6789)."
    assert chinese["steps"][1]["text"] == "A-2 和 A-1 用过同一台设备（****6789）。"
    assert world.fingerprint not in answer.text


def test_a_way_may_lead_through_an_outside_account_which_is_masked(tied: Settings, serving) -> None:
    with serving(tied) as api:
        answer = api.get("/v1/rings/R-1/path?from=A-2&to=A-4")
    assert [(step["from"], step["to"]) for step in answer.json()["steps"]] == [("A-2", "****t-77"), ("****t-77", "A-4")]
    assert "outside-account-77" not in answer.text


@pytest.mark.parametrize("ends", ["from=A-1&to=A-5", "from=A-1&to=A-1"])
def test_where_nothing_joins_them_there_are_no_steps(tied: Settings, serving, ends: str) -> None:
    with serving(tied) as api:
        answer = api.get(f"/v1/rings/R-1/path?{ends}")
    assert (answer.status_code, answer.json()["steps"], answer.json()["ring_id"]) == (200, [], "R-1")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/rings/R-1/path?from=A-1&to=nobody", 404),
        ("/v1/rings/nothing/path?from=A-1&to=A-2", 404),
        ("/v1/rings/R-1/path?from=A-1&to=A-2&run_id=nothing", 404),
        ("/v1/rings/R-1/path?from=A-1", 422),
    ],
)
def test_what_does_not_exist_is_said_so(api, path: str, status: int) -> None:
    assert api.get(path).status_code == status
