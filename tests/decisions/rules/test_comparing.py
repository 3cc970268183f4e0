"""What other rules would have changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from decisions.features import NOTHING
from decisions.outcome import Outcome
from decisions.rules.comparing import EXAMPLES, Compared, Decided, compare, replay
from decisions.rules.reading import read_rules

START = datetime(2026, 11, 1, tzinfo=UTC)
APPROVE, REVIEW, REJECT = Outcome

NEW = """
version = "2"
[thresholds]
review = 30
reject = 70
[[rule]]
name = "linked"
when = "fraud_links >= 2"
weight = 30
action = "score"
reason = "LINKED_TO_FRAUD"
[[rule]]
name = "purpose"
when = "purpose_differs_30d"
weight = 70
action = "score"
reason = "PURPOSE_CHANGED"
"""


def decided(number: int, outcome: Outcome, rules: tuple[str, ...] = (), **features: object) -> Decided:
    at = START + timedelta(minutes=number)
    return Decided(f"D-{number}", at, {**NOTHING, **features}, outcome, rules)


def test_a_replay_judges_stored_features_by_new_rules():
    past = [
        decided(1, REVIEW, ("linked",), fraud_links=1.0),
        decided(2, REVIEW, ("linked",), fraud_links=2.0),
        decided(3, APPROVE, purpose_differs_30d=True),
        decided(4, APPROVE),
    ]
    changes = compare(replay(past, read_rules(NEW)))
    assert changes.decisions == 4
    assert dict(changes.moves) == {
        (REVIEW, APPROVE): 1,
        (REVIEW, REVIEW): 1,
        (APPROVE, REJECT): 1,
        (APPROVE, APPROVE): 1,
    }
    assert (changes.changed, changes.harsher) == (2, 1)
    by_rule = {each.rule: (each.live, each.other, each.changed) for each in changes.rules}
    assert by_rule == {"linked": (2, 1, 1), "purpose": (0, 1, 1)}
    assert [each.decision_id for each in changes.examples[APPROVE, REJECT]] == ["D-3"]


def test_a_rule_that_slept_then_sleeps_again():
    slept = Decided("D-1", START, {**NOTHING, "purpose_differs_30d": True}, APPROVE, (), ("purpose",))
    assert compare(replay([slept], read_rules(NEW))).changed == 0


def test_it_streams_and_keeps_the_latest_examples_alone():
    def stream() -> Iterator[Compared]:
        for number in range(10_000):
            yield Compared(f"D-{number}", START + timedelta(seconds=number), REVIEW, REJECT, ("a",), ("a", "b"))

    changes = compare(stream())
    assert changes.moves == {(REVIEW, REJECT): 10_000}
    latest = [each.decision_id for each in changes.examples[REVIEW, REJECT]]
    assert latest == [f"D-{9_999 - back}" for back in range(EXAMPLES)]
    assert [(each.rule, each.changed) for each in changes.rules] == [("b", 10_000), ("a", 0)]


def test_nothing_decided_is_nothing_changed():
    changes = compare([])
    assert (changes.decisions, changes.changed, changes.rules, changes.examples) == (0, 0, [], {})
