"""Rules in force, rules in the shadow, and rules that are switched off for somebody."""

import pytest

from decisions.log.rule_versions import Shadow
from decisions.outcome import Outcome
from graph.errors import NotFoundError, UsageError

SNOOZE = {
    "rule": "device_crowded", "entity_kind": "device", "entity_key": "d'1", "reason": "a shop", "author": "ann",
}  # fmt: skip


def test_a_snooze_holds_until_its_time(log):
    made = log.snooze(**SNOOZE, until=100, at=10)
    assert log.snoozes(9) == []
    assert log.snoozes(10) == log.snoozes(99) == [made]
    assert log.snoozes(100) == []
    assert (made.rule, made.entity_kind, made.entity_key) == ("device_crowded", "device", "d'1")


def test_a_snooze_can_be_ended_and_the_past_stays(log):
    made = log.snooze(**SNOOZE, until=100, at=10)
    other = log.snooze(**SNOOZE | {"entity_key": "e"}, until=100, at=11)
    log.end_snooze(made.snooze_id, author="bob", at=50)
    log.end_snooze(made.snooze_id, author="bob", at=60)
    assert log.snoozes(49) == [made, other]
    assert log.snoozes(50) == log.snoozes(55) == [other]


@pytest.mark.parametrize("wrong", [{"rule": " "}, {"reason": ""}, {"author": ""}, {"entity_key": ""}, {"until": 10}])
def test_a_snooze_that_makes_no_sense_is_refused(log, wrong):
    with pytest.raises(UsageError):
        log.snooze(**SNOOZE | {"until": 100, "at": 10} | wrong)


def test_a_snooze_that_is_not_there_cannot_be_ended(log):
    with pytest.raises(NotFoundError):
        log.end_snooze(7, author="ann", at=1)


def test_the_last_rules_in_force_are_known(log):
    assert log.last_good_rules() is None
    log.keep_rules("v1", "d1", "one", at=1)
    log.keep_rules("v1", "d1", "one", at=2)
    log.keep_rules("v2", "d2", "two", at=3)
    assert log.last_good_rules().text == "two"
    log.keep_rules("v1", "d1", "one", at=4)
    assert (log.last_good_rules().version, log.last_good_rules().at) == ("v1", 1)
    assert log.rules("v2").text == "two"
    assert log.rules("v3") is None


def test_a_version_names_one_text(log):
    log.keep_rules("v1", "d1", "one", at=1)
    with pytest.raises(UsageError, match="v1"):
        log.keep_rules("v1", "d2", "two", at=2)
    assert log.last_good_rules().text == "one"


def test_shadows_stand_beside_their_decisions(log, record):
    for number in range(3):
        log.accept(record(number, 1_000 + number))
    shadows = [Shadow(number, "v2", Outcome.REJECT, 0.75, ("a", "b'")) for number in (1, 2, 3)]
    log.keep_shadows(shadows[:2])
    log.keep_shadows([Shadow(1, "v2", Outcome.APPROVE, 0.0, ()), shadows[2], Shadow(1, "v3", Outcome.APPROVE, 0.0, ())])
    found = list(log.compared("v2", 1_001_000_000, 1_003_000_000))
    assert [(each.decision_id, each.outcome, each.score) for each in found] == [
        ("D-1", Outcome.REVIEW, 0.25),
        ("D-2", Outcome.REVIEW, 0.25),
    ]
    assert [each.shadow for each in log.compared("v2", 0, 2_000_000_000)] == shadows
