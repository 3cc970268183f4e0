"""`POST /v1/decisions` and what is asked of decisions afterwards, on a store with rings."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from decision_world import Ringleader, eventually, honest

from app.detection import run_detection
from app.draining import drain_accepted
from app.settings import Settings
from app.wiring import casebook_of, decision_log_of, store_of
from cases.model import Verdict
from decisions.outcome import Outcome
from decisions.rules.book import default_rules
from graph.ontology.nodes import APPLICANT, APPLICATION
from graph.ontology.relationships import SUBMITTED
from graph.store.contract import Store

HOSTILE = (
    "a/b/../c", "o'brien\"; DROP TABLE decision; --", '=HYPERLINK("http://evil.example")',
    "<script>alert(1)</script>", "emoji 🕵️‍♀️ 客户", "%2F%00 percent?query#fragment&a=b", "x" * 500,
    "{{7*7}} ${7*7}", "' OR 1=1 //", "\u202egnp.exe",
)  # fmt: skip


@pytest.fixture
def store(lender) -> Iterator[Store]:
    with store_of(lender) as opened:
        yield opened


@pytest.fixture
def leader(store) -> Ringleader:
    return Ringleader(store)


@pytest.fixture
def api(lender, serving):
    with serving(lender) as caller:
        yield caller


def decided(api, application, **options):
    answer = api.post("/v1/decisions", json=application, **options)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_who_shares_with_a_ring_is_linked_and_joins_it_at_once(either_lender: Settings, serving) -> None:
    with store_of(either_lender) as store, serving(either_lender) as api:
        leader = Ringleader(store)
        first = decided(api, leader.application(1))
        second = decided(api, leader.application(2, seconds=65))
        assert store.graph.node(APPLICANT, "N-1") is None, (
            "what is accepted stands in the log alone until it is drained"
        )
        link = next(each for each in first["links"] if each["applicant_id"] == leader.applicant_id)
        assert link["held"]
        assert {fact["code"] for fact in link["evidence"]} >= {"shared_device", "shared_card"}
        assert first["missing"] == ["address", "employer"]
        assert first["rings"]["joins"]["ring_id"] == leader.ring_id
        assert (first["features"]["applicant_known"], first["kept"]) == (False, True)
        reason = next(each for each in first["reasons"] if each["code"] == "JOINS_RING")
        assert leader.applicant_id in {first["links"][at]["applicant_id"] for at in reason["links"]}
        assert "N-1" in {each["applicant_id"] for each in second["links"] if each["held"]}
        assert second["features"]["device_applicants_1h"] == first["features"]["device_applicants_1h"] + 1

        assert drain_accepted(store, either_lender) == 2
        node = store.graph.node(APPLICATION, "P-new-1")
        assert (node.properties["status"], node.properties["amount"]) == (first["outcome"], 120_050)
        around = store.graph.neighbourhood(APPLICANT, "N-1")
        assert {each.kind for each in around.relationships} == {
            "SUBMITTED", "USED_DEVICE", "ON_WIFI", "FROM_IP", "HAS_PHONE", "HAS_CARD", "HAS_ID", "LISTS_CONTACT"
        }  # fmt: skip
        assert (SUBMITTED.type, ("Applicant", "N-1"), ("Application", "P-new-1")) in {
            (each.kind, each.start, each.end) for each in around.relationships
        }
        third = decided(api, leader.application(3, seconds=70))
        assert {"N-1", "N-2"} <= {each["applicant_id"] for each in third["links"] if each["held"]}
        assert third["features"]["device_applicants_1h"] == second["features"]["device_applicants_1h"] + 1


def test_a_dry_run_writes_nothing_anywhere(api, lender, store, leader) -> None:
    before = store.graph.counts()
    made = decided(api, leader.application(1), params={"dry_run": "true"}, headers={"Idempotency-Key": "k"})
    assert (made["dry_run"], made["kept"], bool(made["links"])) == (True, False, True)
    assert api.get(f"/v1/decisions/{made['decision_id']}").status_code == 404
    with decision_log_of(lender) as log:
        assert log.newest() == 0
        assert log.recent_of("N-1", until=2**40, since=0) == {}
    kept = decided(api, leader.application(2), headers={"Idempotency-Key": "k"})  # the key was not taken
    assert "N-1" not in {each["applicant_id"] for each in kept["links"]}
    assert drain_accepted(store, lender) == 1
    assert store.graph.node(APPLICANT, "N-1") is None
    assert store.graph.counts()["Applicant"] == before["Applicant"] + 1


def test_the_same_key_is_the_same_decision_and_another_request_is_refused(api, lender, leader) -> None:
    key = {"Idempotency-Key": "retry-7"}
    first = decided(api, leader.application(1), headers=key)
    assert decided(api, leader.application(1), headers=key) == first
    other = api.post("/v1/decisions", json=leader.application(1, amount="9"), headers=key)
    assert (other.status_code, "N-1" in other.text) == (409, False)
    with decision_log_of(lender) as log:
        assert log.newest() == 1
    assert decided(api, leader.application(1))["decision_id"] != first["decision_id"]


@pytest.mark.parametrize("key", ["", "x" * 201, "a b", "ü"])
def test_a_key_that_is_none_is_refused(api, leader, key) -> None:
    answer = api.post("/v1/decisions", json=leader.application(1), headers={"Idempotency-Key": key.encode()})
    assert answer.status_code == 422


def test_a_decision_is_told_later_as_it_was_then(lender, store, leader, serving, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(default_rules().text)
    with serving(lender.model_copy(update={"rules": file})) as api:
        made = decided(api, leader.application(1))
        assert api.get(f"/v1/decisions/{made['decision_id']}").json() == made
        file.write_text(
            default_rules().text.replace('version = "default-1"', 'version = "9"').replace("reject = 85", "reject = 86")
        )
        run = run_detection(store, keep_runs=1).run

        def moved_on():
            now = decided(api, leader.application(2), params={"dry_run": "true"})
            return now["rules"]["version"] == "9" and now["run"]["run_id"] == run.run_id

        eventually(moved_on)
        assert api.get(f"/v1/decisions/{made['decision_id']}").json() == made
        chinese = api.get(f"/v1/decisions/{made['decision_id']}?lang=zh").json()
        assert chinese["rules"] == made["rules"]
        assert chinese["links"] == made["links"]


def test_decisions_are_found_by_whatever_one_has(api, leader) -> None:
    made = [decided(api, leader.application(number)) for number in (1, 2, 3)]
    calm = decided(api, honest(leader.at))
    newest = [each["decision_id"] for each in reversed([*made, calm])]

    def found(**asked):
        answer = api.get("/v1/decisions", params=asked)
        assert answer.status_code == 200
        return [each["decision_id"] for each in answer.json()["decisions"]]

    assert found() == newest
    assert found(applicant_id="N-2") == found(application_id="P-new-2") == [made[1]["decision_id"]]
    assert found(ring_id=leader.ring_id) == newest[1:]
    rule = made[0]["reasons"][0]["rules"][0]
    assert made[0]["decision_id"] in found(rule=rule)
    assert calm["decision_id"] not in found(rule=rule)
    assert found(outcome=calm["outcome"]) == [
        each["decision_id"] for each in (calm, *reversed(made)) if each["outcome"] == calm["outcome"]
    ]
    assert found(applicant_id="nobody") == []
    paged, before = [], None
    for _ in range(4):
        page = api.get("/v1/decisions", params={"limit": 1} | ({"before": before} if before else {})).json()
        paged += [each["decision_id"] for each in page["decisions"]]
        before = page["before"]
    assert (paged, before) == (newest, None)
    assert api.get("/v1/decisions?before=0").status_code == 422
    assert api.get("/v1/decisions/no-such").status_code == 404


def test_both_languages_say_why(api, leader) -> None:
    english = decided(api, leader.application(1))
    answer = api.post("/v1/decisions?lang=zh", json=leader.application(2))
    assert answer.headers["content-language"] == "zh"
    assert english["reasons"]
    for reason in answer.json()["reasons"]:
        for whom in ("analyst", "customer", "regulator"):
            assert re.search(r"[\u4e00-\u9fff]", reason[whom]), (whom, reason)
    for reason in english["reasons"]:
        for whom in ("analyst", "customer", "regulator"):
            assert not re.search(r"[\u4e00-\u9fff]", reason[whom]), (whom, reason)


def test_no_key_of_anybody_is_told_or_logged(api, leader, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    application = leader.application(1)
    answer = api.post("/v1/decisions", json=application, headers={"Idempotency-Key": "k"})
    later = api.get(f"/v1/decisions/{answer.json()['decision_id']}")
    refused = api.post("/v1/decisions", json=application | {"amount": "x"})
    assert refused.status_code == 422
    person = application["applicant"]
    hidden = [
        person["id_hash"], person["phone"], "+8613971520941", person["name"], application["device"]["fingerprint"],
        application["card"]["card_hash"], "13871520999", "36.112.45.9", "a4:5e:60:91:22:13",
    ]  # fmt: skip
    for each in hidden:
        for text in (answer.text, later.text, refused.text, caplog.text):
            assert each not in text, each
    for each in ("N-1", "P-new-1", leader.applicant_id):
        assert each not in caplog.text
    assert {each["key"] for each in answer.json()["identifiers"]}


def test_the_customer_hears_of_nobody_else(api, leader) -> None:
    made = decided(api, leader.application(1))
    assert 1 <= len(made["customer_reasons"]) <= 4
    others = {each["applicant_id"] for each in made["links"]} | {leader.ring_id}
    for text in [reason["customer"] for reason in made["reasons"]] + [
        each["text"] for each in made["customer_reasons"]
    ]:
        assert text
        assert not any(other in text for other in others)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_come_back_as_they_are(api, lender, store, leader, name) -> None:
    application = leader.application(1, application_id=name, purpose=name, channel=name)
    application["applicant"] |= {"applicant_id": name, "name": name, "employer": name, "address": name}
    application["device"] |= {"model": name}
    made = decided(api, application)
    assert (made["applicant_id"], made["application_id"]) == (name, name)
    assert api.get(f"/v1/decisions/{made['decision_id']}").json() == made
    listed = api.get("/v1/decisions", params={"applicant_id": name}).json()["decisions"]
    assert [each["application_id"] for each in listed] == [name]
    assert drain_accepted(store, lender) == 1
    assert store.graph.node(APPLICATION, name).properties["status"] == made["outcome"]


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 501, None, 7])
def test_ids_that_cannot_be_are_refused_without_repeating_them(api, leader, name) -> None:
    answer = api.post("/v1/decisions", json=leader.application(1, application_id=name))
    assert answer.status_code == 422


def test_half_an_application_is_looked_at_by_a_person(api) -> None:
    made = decided(api, {"application_id": "P-1", "applicant": {"applicant_id": "N-1"}})
    assert made["outcome"] == "review"
    assert {"device", "phone", "id", "card", "wifi", "ip", "contact", "amount", "purpose"} <= set(made["missing"])
    assert [each["code"] for each in made["customer_reasons"]] == ["INSUFFICIENT_DATA"]


def test_an_unknown_purpose_is_looked_at_by_a_person(api, leader) -> None:
    calm = decided(api, honest(leader.at, 1))
    assert (calm["outcome"], calm["missing"], calm["customer_reasons"]) == ("approve", [], [])
    made = decided(api, honest(leader.at, 2) | {"purpose": "beans", "channel": "fax"})
    assert made["outcome"] == "review"
    assert set(made["missing"]) == {"unknown_purpose", "unknown_channel"}


@pytest.mark.parametrize(
    ("verdict", "feature"), [(Verdict.FRAUD, "fraud_links"), (Verdict.NOT_FRAUD, "applicant_cleared")]
)
def test_a_verdict_counts_within_seconds(lender, store, leader, serving, verdict, feature) -> None:
    application = leader.application(1)
    if verdict is Verdict.NOT_FRAUD:
        application["applicant"] |= {"applicant_id": leader.applicant_id}
    dry = {"dry_run": "true"}
    with casebook_of(lender.model_copy(update={"four_eyes": 1000})) as book, serving(lender) as api:
        book.follow(store.runs.current(), [store.runs.ring(leader.ring_id)])
        before = decided(api, application, params=dry)["features"][feature]
        book.judgements.judge(leader.ring_id, verdict, "We called them.", author="ann")
        made = eventually(lambda: (now := decided(api, application, params=dry))["features"][feature] > before and now)
    if verdict is Verdict.FRAUD:
        assert "LINKED_TO_FRAUD" in {each["code"] for each in made["reasons"]}
        assert made["outcome"] != "approve"
        assert next(each for each in made["links"] if each["applicant_id"] == leader.applicant_id)["known_fraud"]


def test_a_judged_household_is_no_link_within_seconds(lender, store, leader, serving) -> None:
    with casebook_of(lender) as book, serving(lender) as api:
        book.follow(store.runs.current(), [store.runs.ring(leader.ring_id)])
        application = leader.application(1)
        other = next(each.applicant_id for each in store.runs.ring(leader.ring_id).members
                     if each.applicant_id != leader.applicant_id)  # fmt: skip
        application["applicant"] |= {"applicant_id": other}
        dry = {"dry_run": "true"}

        def linked():
            return {each["applicant_id"] for each in decided(api, application, params=dry)["links"]}

        assert leader.applicant_id in linked()
        book.judgements.judge(leader.ring_id, Verdict.HOUSEHOLD, "One flat.", author="ann")
        eventually(lambda: leader.applicant_id not in linked())


def test_a_snoozed_rule_sleeps_for_one_and_wakes_again(api, lender, leader) -> None:
    made = decided(api, leader.application(1), params={"dry_run": "true"})
    rule = next(rule for reason in made["reasons"] for rule in reason["rules"])
    dry = {"dry_run": "true"}
    with decision_log_of(lender) as log:
        said = log.snooze(rule=rule, entity_kind="applicant", entity_key="N-1", until=2**40, reason="known",
                          author="ann", at=1)  # fmt: skip
        asleep = eventually(lambda: (now := decided(api, leader.application(1), params=dry))["snoozed"] and now)
        assert asleep["snoozed"] == [rule]
        assert rule not in {each for reason in asleep["reasons"] for each in reason["rules"]}
        assert decided(api, leader.application(2), params=dry)["snoozed"] == []
        log.end_snooze(said.snooze_id, author="ann", at=2)
        eventually(lambda: decided(api, leader.application(1), params=dry)["snoozed"] == [])


def test_shadow_rules_are_kept_and_reported_and_decide_nothing(lender, leader, serving, tmp_path: Path) -> None:
    shadow = tmp_path / "shadow.toml"
    text = default_rules().text.replace('version = "default-1"', 'version = "strict"')
    shadow.write_text(text.replace("review = 30", "review = 1").replace("reject = 85", "reject = 2"))
    with serving(lender.model_copy(update={"rules_shadow": shadow})) as api:
        made = decided(api, leader.application(1))
        assert made["outcome"] == "review"
        assert made["rules"]["version"] == "default-1"
        decided(api, leader.application(2), params={"dry_run": "true"})
        with decision_log_of(lender) as log:
            (compared,) = eventually(lambda: list(log.compared("strict", 0, 2**62)))
            assert compared.decision_id == made["decision_id"]
            assert (compared.outcome, compared.shadow.outcome) == (Outcome.REVIEW, Outcome.REJECT)
            assert log.last_good_rules().version == "default-1"


def test_many_at_once_are_all_kept_with_the_same_key_once(api, lender, leader) -> None:
    import asyncio  # noqa: PLC0415

    async def all_at_once():
        one = [
            api._client.post("/v1/decisions", json=leader.application(1), headers={"Idempotency-Key": "same"})
            for _ in range(10)
        ]
        others = [api._client.post("/v1/decisions", json=leader.application(number)) for number in range(2, 12)]
        return await asyncio.gather(*one, *others)

    answers = api._runner.run(all_at_once())
    assert {each.status_code for each in answers} == {200}
    assert len({each.json()["decision_id"] for each in answers}) == 11
    with decision_log_of(lender) as log:
        assert log.newest() == 11


def test_no_key_no_decision(api, leader) -> None:
    for answer in (
        api.post("/v1/decisions", json=leader.application(1), headers={"X-API-Key": ""}),
        api.get("/v1/decisions", headers={"X-API-Key": "wrong"}),
    ):
        assert answer.status_code == 401
