"""`ringfence rules`: from the first check of a file to a snooze that ends."""

import time
from datetime import UTC, datetime, timedelta
from itertools import count

import orjson
import pytest

from app.wiring import decision_log_of, rule_book_of
from decisions.features import CATALOGUE, NOTHING
from decisions.log.record import DecisionRecord
from decisions.log.rule_versions import Shadow
from decisions.outcome import Outcome
from decisions.rules.book import default_rules
from graph.errors import UsageError

NOW = datetime.now(UTC).replace(microsecond=0)
TOMORROW = f"{NOW + timedelta(days=1):%Y-%m-%dT%H:%M:%S}"
FILE = """version = "next"
[thresholds]
review = 30
reject = 70

[[rule]]
name = "linked"
when = "fraud_links >= 2"
weight = 30
action = "score"
reason = "LINKED_TO_FRAUD"
"""


@pytest.fixture
def rules(ringfence, settings, monkeypatch):
    monkeypatch.setenv("RINGFENCE_STORE", settings.store)
    return lambda *arguments: ringfence("rules", *arguments)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(FILE)
    return path


@pytest.fixture
def log(settings):
    with decision_log_of(settings) as opened:
        yield opened


NUMBERS = count(1)


def decide(log, outcome, rules=(), *, days_ago=1, snoozed=(), **features):
    """A decision in the log, with its body as the API keeps it."""
    at = NOW - timedelta(days=days_ago)
    decision_id = f"D-{next(NUMBERS)}"
    body = {
        "features": {**NOTHING, **features},
        "reasons": [{"code": "LINKED_TO_FRAUD", "rules": [rule]} for rule in rules],
        "snoozed": snoozed,
    }
    return log.accept(
        DecisionRecord(
            decision_id=decision_id,
            application_id=f"P-{decision_id}",
            applicant_id="A-1",
            at=int(at.timestamp()),
            decided_at=int(at.timestamp() * 1_000_000),
            outcome=outcome,
            score=0.3,
            rules_version="default-1",
            run_id=None,
            latency_us=900,
            application=b"{}",
            body=orjson.dumps(body),
            rules=rules,
        )
    ).decision


def test_a_good_file_has_no_faults(rules, file):
    said = rules("check", file)
    assert (said.code, said.err) == (0, "")
    assert said.out == "No faults: version next, 1 rules; review from 30 points, reject from 70.\n"
    assert rules("check", file, "--json").json["faults"] == []


def test_every_fault_is_told_with_its_line(rules, file):
    file.write_text(FILE.replace("fraud_links", "fraud_lincs").replace("weight = 30", "weight = 300"))
    said = rules("check", file)
    assert said.code == 78
    assert said.out.splitlines() == [
        f"{file}: line 8, rule linked: No feature is named 'fraud_lincs'. Did you mean 'fraud_links'?",
        f"{file}: line 9, rule linked: 300 is no weight. Give whole points from -100 to 100.",
    ]
    told = rules("check", file, "--json")
    assert told.code == 78
    assert [fault["line"] for fault in told.json["faults"]] == [8, 9]


def test_what_a_file_says_cannot_move_the_cursor(rules, file):
    file.write_text(FILE.replace('"LINKED_TO_FRAUD"', '"\\u001b[31mX"') + "note = 'a\x1b[31m'")
    said = rules("check", file)
    assert said.code == 78
    assert "\x1b" not in said.out + said.err
    assert rules("check", file.parent / "none.toml").code == 78


def test_the_rules_in_force_are_listed(rules, file, monkeypatch):
    built_in = rules("list")
    assert all(rule.name in built_in.out for rule in default_rules().rules)
    assert "version default-1" in built_in.out
    monkeypatch.setenv("RINGFENCE_RULES", str(file))
    listed = rules("list", "--json").json
    assert (listed["version"], [rule["name"] for rule in listed["rules"]]) == ("next", ["linked"])
    file.write_text("broken")
    assert rules("list").code == 78


def test_every_feature_is_listed(rules):
    said = rules("features").out
    assert all(feature.name in said for feature in CATALOGUE)
    assert len(rules("features", "--json").json) == len(CATALOGUE)


def test_a_replay_tells_what_would_have_changed(rules, file, log):
    decide(log, Outcome.REVIEW, ("linked",), fraud_links=1.0)
    decide(log, Outcome.REVIEW, ("linked",), fraud_links=2.0)
    decide(log, Outcome.APPROVE, fraud_links=3.0, snoozed=("linked",))
    decide(log, Outcome.REJECT, days_ago=40)
    told = rules("replay", file, "--json").json
    assert (told["decisions"], told["changed"], told["harsher"]) == (3, 1, 0)
    assert told["rules"] == [{"rule": "linked", "held": 2, "would_hold": 1, "in_changed": 1}]
    (changed,) = [move for move in told["moves"] if move["was"] != move["would_be"]]
    assert (changed["was"], changed["would_be"], len(changed["examples"])) == ("review", "approve", 1)
    early = f"{NOW - timedelta(days=60):%Y-%m-%d}"
    assert rules("replay", file, "--from", early, "--json").json["decisions"] == 4
    said = rules("replay", file).out
    assert said.startswith("Of 3 decisions version next would have changed 1 (33.33%): 0 harsher, 1 milder.")
    assert "No decisions" in rules("replay", file, "--to", early).out
    assert rules("replay", file, "--from", TOMORROW).code == 64


def test_the_shadow_tells_what_it_would_have_changed(rules, file, log, monkeypatch):
    made = [decide(log, Outcome.APPROVE, ("calm",)) for _ in range(3)]
    said = [Shadow(each.number, "next", Outcome.REVIEW, 0.3, ("linked",)) for each in made[:2]]
    log.keep_shadows(said)
    assert rules("shadow").code == 64
    monkeypatch.setenv("RINGFENCE_RULES_SHADOW", str(file))
    told = rules("shadow", "--json").json
    assert (told["version"], told["decisions"], told["harsher"]) == ("next", 2, 2)
    assert told["rules"] == [
        {"rule": "calm", "held": 2, "would_hold": 0, "in_changed": 2},
        {"rule": "linked", "held": 0, "would_hold": 2, "in_changed": 2},
    ]
    assert "Of 2 decisions" in rules("shadow", "--version", "next").out
    assert "No decisions" in rules("shadow", "--version", "other").out


def test_a_rule_sleeps_for_one_phone_until_it_is_woken(rules, log):
    signed = ("--until", TOMORROW, "--reason", "second-hand", "--author", "ann")
    said = rules("snooze", "phone_blacklisted", "--phone", "139 1757 2846", *signed)
    assert said.code == 0
    assert "1757" not in said.out
    (kept,) = log.snoozes(int(time.time()) + 1)
    assert (kept.rule, kept.entity_kind, kept.entity_key, kept.author) == (
        "phone_blacklisted",
        "phone",
        "+8613917572846",
        "ann",
    )
    listed = rules("snoozes")
    assert "phone_blacklisted" in listed.out
    assert "1757" not in listed.out
    assert "1757" not in str(rules("snoozes", "--json").json)
    assert rules("wake", kept.snooze_id, "--author", "bob", "--json").json == {"snooze": kept.snooze_id, "over": True}
    assert rules("snoozes", "--json").json == []
    assert rules("wake", 99, "--author", "bob").code == 66


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("no_such_rule", "--phone", "13917572846"), 66, "no rule"),
        (("phone_blacklisted",), 64, "one thing at a time"),
        (("phone_blacklisted", "--phone", "13917572846", "--applicant", "A-1"), 64, "one thing at a time"),
        (("phone_blacklisted", "--device", "abcdef0123456789"), 64, "Give --phone or --applicant."),
        (("phone_blacklisted", "--phone", "12"), 65, "no phone"),
        (("phone_blacklisted", "--phone", "13800000000"), 65, "no phone"),
    ],
)
def test_what_cannot_sleep(rules, log, arguments, code, said):
    given = rules("snooze", *arguments, "--until", TOMORROW, "--reason", "x", "--author", "ann")
    assert given.code == code
    assert said in given.err
    assert log.snoozes(int(time.time()) + 1) == []


def test_a_snooze_has_an_author_and_an_end_to_come(rules, log):
    asked = ("snooze", "linked_to_fraud", "--applicant", "A-1", "--reason", "family")
    assert rules(*asked, "--until", TOMORROW).code == 64
    assert rules(*asked, "--until", "2020-01-01", "--author", "ann").code == 64
    assert rules(*asked, "--until", TOMORROW, "--author", "ann").code == 0
    assert "A-1" in rules("snoozes").out


def test_the_book_keeps_its_versions_in_the_log(settings, file, log):
    settings = settings.model_copy(update={"rules": file})
    book = rule_book_of(settings, log)
    assert log.last_good_rules().version == book.live.version == "next"
    with pytest.raises(UsageError):
        log.keep_rules("next", "another", "text", at=1)
    file.write_text("broken")
    again = rule_book_of(settings, log)
    assert (again.live.version, bool(again.fault)) == ("next", True)
    shadow = rule_book_of(settings.model_copy(update={"rules": None, "rules_shadow": file}), log)
    assert (shadow.live.version, shadow.shadow) == ("default-1", None)
    assert log.last_good_rules().version == "default-1"
