"""The rules that come with the program: harsh on what is strong, mild on honest sharing."""

import pytest

from decisions.features import NOTHING, SOURCES, WINDOWS
from decisions.outcome import Outcome
from decisions.rules.book import default_rules
from decisions.rules.model import ENTITIES

RULES = default_rules()
HONEST = {
    **NOTHING,
    "amount": 3_000.0,
    "term_days": 30.0,
    "purpose": "rent",
    "channel": "app",
    "hour": 12.0,
    "run_age_hours": 5.0,
    **{f"{source}_users": 1.0 for source in SOURCES},
    **{f"{source}_applications_{window}": 1.0 for source in (*SOURCES, "applicant") for window in WINDOWS},
    **{f"{source}_applicants_{window}": 1.0 for source in SOURCES for window in WINDOWS},
    **{f"applicant_{what}_30d": 1.0 for what in ("devices", "phones", "ids", "cards")},
}


def outcome(**facts):
    unknown = facts.keys() - HONEST.keys()
    assert not unknown
    return RULES.judge({**HONEST, **facts}).outcome


def crowded(source, **more):
    counts = {f"{source}_{what}_{window}": 61.0 for what in ("applications", "applicants") for window in WINDOWS}
    return {f"{source}_users": 61.0, **counts, **more}


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"applicant_known": True, "applicant_score": 0.05},
        crowded("wifi", wifi_hub="campus", wifi_new_hub=True),
        crowded("ip", ip_hub="carrier_nat", ip_new_hub=True),
        {**crowded("wifi", wifi_new_hub=True), **crowded("ip", ip_new_hub=True)},
        {**crowded("wifi", wifi_hub="dormitory"), **crowded("ip", ip_hub="campus"), "links": 3.0},
        crowded("device", device_hub="shop", channel="partner"),
        crowded("device", device_hub="staff"),
        crowded("contact", contact_hub="office"),
        {"device_blacklisted": True, "device_hub": "second_hand", "device_users": 2.0},
        {"phone_blacklisted": True, "phone_hub": "second_hand", "phone_of_others": 1.0},
        {"device_users": 3.0, "device_applicants_30d": 3.0, "device_hub": "household"},
        {"phone_of_others": 1.0, "phone_users": 2.0},
        {"wifi_blacklisted": True, "ip_blacklisted": True},
        {"name_differs": True, "own_phone_listed": True},
        {"purpose_differs_30d": True, "applicant_applications_30d": 3.0},
        {"missing": ["wifi", "card", "contact"]},
        {"purpose": "something new"},
        {"fraud_2hops": 2.0, "fraud_2hops_90d": 2.0},
    ],
)
def test_honest_sharing_is_approved(facts):
    assert outcome(**facts) is Outcome.APPROVE


@pytest.mark.parametrize(
    "facts",
    [
        {"id_of_others": 1.0},
        {"fraud_links": 1.0},
        {"fraud_2hops_90d": 3.0},
        {"joins_ring_score": 0.8, "joins_ring_size": 6.0},
        {"forms_ring_size": 3.0},
        crowded("device"),
        crowded("device", device_hub="suspicious"),
        crowded("card"),
        {"id_blacklisted": True},
        {"card_blacklisted": True},
        {"device_blacklisted": True},
        {"id_differs": True},
        {"applicant_score": 0.85},
        {"missing": ["id", "phone"]},
        {"missing": ["device", "wifi", "ip", "card"]},
        {"fraud_links": 1.0, "applicant_cleared": True},
        {
            "links": 9.0,
            "fraud_links": 9.0,
            "fraud_links_90d": 9.0,
            "fraud_2hops_90d": 9.0,
            "joins_ring_score": 0.99,
            "forms_ring_size": 9.0,
            "wifi_blacklisted": True,
            **crowded("wifi"),
            **crowded("ip"),
        },
    ],
)
def test_a_person_looks_at_what_is_strong_alone(facts):
    assert outcome(**facts) is Outcome.REVIEW


@pytest.mark.parametrize(
    "facts",
    [
        {"applicant_fraud": True},
        {"id_of_others": 1.0, "fraud_links": 1.0},
        {"id_blacklisted": True, "card_blacklisted": True},
        {"fraud_links": 3.0, "fraud_links_90d": 3.0, "joins_ring_score": 0.9, **crowded("device")},
    ],
)
def test_only_facts_that_agree_refuse(facts):
    assert outcome(**facts) is Outcome.REJECT


@pytest.mark.parametrize("facts", [{"applicant_fraud": True}, {"id_of_others": 1.0, "fraud_links": 1.0}])
def test_whoever_was_cleared_is_not_refused_for_it_again(facts):
    assert outcome(**facts, applicant_cleared=True) is not Outcome.REJECT


def test_no_single_fact_but_confirmed_fraud_refuses():
    facts = {name: True for name, value in NOTHING.items() if value is False}
    for name in facts.keys() - {"applicant_fraud"}:
        assert outcome(**{name: True}) is not Outcome.REJECT, name


def test_each_rule_can_hold_and_names_what_it_speaks_of():
    for rule in RULES.rules:
        assert rule.enabled
        assert set(rule.entities) <= set(ENTITIES)
        spoken = {name.split("_")[0] for name in rule.when.names} & set(SOURCES)
        if len(spoken) == 1:
            assert rule.entities in ((*spoken,), ("applicant",)), rule.name
