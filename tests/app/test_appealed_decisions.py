"""From a refusal over an appeal to the next application: whoever was refused wrongly is not refused for it again."""

from pathlib import Path

import pytest

from app import appealing
from app.settings import Settings
from app.wiring import casebook_of, decision_log_of
from cases.appeal_model import AppealState

RULES = """
version = "appealed-1"

[thresholds]
review = 30
reject = 85

[[rule]]
name = "two_on_wifi"
when = "wifi_users >= 2"
weight = 90
action = "reject"
reason = "NETWORK_VELOCITY"
entities = ["wifi"]
"""
WIFI, OTHER = "3c:84:6a:12:34:56", "3c:84:6a:65:43:21"


@pytest.fixture
def ruled(published: Settings, tmp_path: Path) -> Settings:
    """A lender who refuses whoever shares a WiFi."""
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES)
    return published.model_copy(update={"rules": rules})


def apply(api, applicant_id: str, application_id: str, bssid: str = WIFI) -> dict:
    body = {
        "application_id": application_id,
        "applicant": {"applicant_id": applicant_id},
        "wifi": {"bssid": bssid},
    }
    answer = api.post("/v1/decisions", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_neither_he_nor_his_neighbours_are_refused_for_it_again(ruled: Settings, serving) -> None:
    with serving(ruled) as api:
        apply(api, "A-2", "P-1")
        refused = apply(api, "A-1", "P-2")
        assert refused["outcome"] == "reject"
        filed = api.post("/v1/appeals", json={"decision_id": refused["decision_id"], "text": "My campus."}).json()
    with casebook_of(ruled) as book, decision_log_of(ruled) as log:
        kept = book.appeals.appeal(filed["appeal_id"])
        assert [(hit.rule, hit.entities) for hit in kept.hits] == [("two_on_wifi", ("wifi",))]
        assert [(each.kind, each.key, each.hub) for each in kept.entities] == [("wifi", WIFI, "ordinary")]
        assert set(kept.hits[0].told) == {"en", "zh"}
        appealing.decide(book, log, kept.id, AppealState.OVERTURNED, "A campus.", author="rev")
    with serving(ruled) as api:
        for who in ("A-1", "clean"):
            again = apply(api, who, f"again of {who}")
            assert again["outcome"] != "reject"
            assert again["snoozed"] == ["two_on_wifi"]
        apply(api, "A-2", "P-3", OTHER)
        elsewhere = apply(api, "clean", "P-4", OTHER)
        assert (elsewhere["outcome"], elsewhere["snoozed"]) == ("reject", [])
