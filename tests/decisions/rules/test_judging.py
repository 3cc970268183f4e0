"""How rules judge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.features import CATALOGUE, NOTHING
from decisions.outcome import Outcome
from decisions.rules.book import default_rules
from decisions.rules.conditions import FailedError
from decisions.rules.judgement import LIMITED, Action
from decisions.rules.reading import read_rules

HEAD = 'version = "1"\n[thresholds]\nreview = 30\nreject = 70\n'


def rule(name: str, when: str, weight: int, action: str = "score", reason: str = "FORMS_RING", more: str = "") -> str:
    head = f'[[rule]]\nname = "{name}"\nwhen = "{when}"\nweight = {weight}\n'
    return f'{head}action = "{action}"\nreason = "{reason}"\n{more}\n'


def rules_of(*rules: str, known: str = ""):
    return read_rules(HEAD + known + "".join(rules))


def features(**given):
    return {**NOTHING, **given}


@pytest.mark.parametrize(
    ("points", "outcome"),
    [(29, Outcome.APPROVE), (30, Outcome.REVIEW), (69, Outcome.REVIEW), (70, Outcome.REJECT), (-5, Outcome.APPROVE)],
)
def test_points_are_compared_with_the_thresholds(points, outcome):
    judged = rules_of(rule("a", "links >= 1", points)).judge(features(links=1.0))
    assert (judged.outcome, judged.points, judged.score) == (outcome, max(0, points), max(0, points) / 100)


def test_parts_add_up_with_what_was_cut_off():
    rules = rules_of(rule("a", "links >= 1", 80), rule("b", "links >= 2", 60), rule("calm", "links >= 3", -10))
    judged = rules.judge(features(links=3.0))
    assert [(part.name, part.points) for part in judged.parts] == [("a", 80), ("b", 60), ("calm", -10), (LIMITED, -30)]
    assert judged.points == sum(part.points for part in judged.parts) == 100


def test_an_action_allows_no_milder_outcome_and_none_harsher_is_lost():
    rules = rules_of(
        rule("a", "links >= 1", 0, "review"), rule("b", "links >= 2", 0, "reject"), rule("c", "hour > 1", 70)
    )
    assert rules.judge(features(links=1.0)).outcome is Outcome.REVIEW
    assert rules.judge(features(links=2.0)).outcome is Outcome.REJECT
    both = rules.judge(features(links=1.0, hour=2.0))
    assert both.outcome is Outcome.REJECT
    assert [hit.rule for hit in both.forced] == ["a"]
    assert [(hit.rule, hit.points, hit.action) for hit in both.hits] == [
        ("a", 0, Action.REVIEW),
        ("c", 70, Action.SCORE),
    ]


def test_a_rule_that_sleeps_counts_nothing_and_is_told_if_it_holds():
    rules = rules_of(rule("a", "links >= 1", 70, "reject"), rule("b", "hour > 1", 10))
    judged = rules.judge(features(links=1.0), {"a", "b"})
    assert (judged.outcome, judged.points, judged.hits, judged.snoozed) == (Outcome.APPROVE, 0, (), ("a",))


def test_a_rule_that_is_not_enabled_is_not_there():
    rules = rules_of(rule("a", "links >= 1", 70, more="enabled = false"), rule("b", "hour > 1", 10))
    assert rules.judge(features(links=1.0)).hits == ()
    assert "a" in rules.by_name


def test_a_rule_that_fails_is_missing_and_the_others_hold():
    rules = rules_of(rule("ratio", "amount / term_days > 5", 40), rule("b", "links >= 1", 10))
    judged = rules.judge(features(links=1.0, amount=100.0))
    assert judged.missing == ("rule:ratio",)
    assert judged.rules == ("b",)
    assert rules.judge(features(amount=100.0, term_days=10.0)).rules == ("ratio",)


def test_a_feature_that_was_not_stored_is_missing_not_zero():
    judged = rules_of(rule("few", "links < 1", 40)).judge({})
    assert (judged.missing, judged.hits) == (("rule:few",), ())
    assert rules_of(rule("few", "links < 1", 40)).judge(NOTHING).rules == ("few",)


def test_unknown_words_are_told_and_rules_may_ask_for_them():
    known = '[known]\npurpose = [" Rent "]\n'
    rules = rules_of(rule("odd", "'unknown_purpose' in missing", 10), known=known)
    assert rules.judge(features(purpose="rent")).missing == ()
    assert rules.judge(features(purpose="")).missing == ()
    judged = rules.judge(features(purpose="yacht", missing=["wifi"]))
    assert (judged.missing, judged.rules) == (("unknown_purpose",), ("odd",))


def test_decimals_are_what_they_look_like():
    rules = rules_of(rule("a", "applicant_score == 0.7 and amount * 3 == 0.3", 10))
    assert rules.judge(features(applicant_score=0.7, amount=0.1)).rules == ("a",)


NUMBERS = st.floats() | st.integers(0, 100).map(float) | st.sampled_from([0.0, 0.5, 0.85, 1.0, 3.0, 61.0, 1e308])
OF_KIND = {
    float: NUMBERS,
    str: st.sampled_from(["", "shop", "suspicious", "household", "rent"]) | st.text(max_size=5),
    bool: st.booleans(),
    list: st.lists(st.sampled_from(["device", "phone", "id", "graph", "run"]), max_size=5),
}
ANYTHING = st.none() | st.binary(max_size=3) | st.lists(st.none(), max_size=2) | st.booleans() | st.text(max_size=3)
DEFAULT = default_rules()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_the_features_there_is_a_judgement_that_adds_up(data):
    found = {
        feature.name: data.draw(OF_KIND[feature.kind] if data.draw(st.integers(0, 9)) else ANYTHING)
        for feature in data.draw(st.lists(st.sampled_from(CATALOGUE), max_size=25, unique_by=lambda each: each.name))
    }
    judged = DEFAULT.judge({**NOTHING, **found})
    assert sum(part.points for part in judged.parts) == judged.points
    assert 0 <= judged.points <= 100
    floor = max((hit.action.at_least.severity for hit in judged.hits), default=0)
    assert judged.outcome.severity >= max(floor, DEFAULT.thresholds.outcome(judged.points).severity)
    failed = {each.removeprefix("rule:") for each in judged.missing}
    assert not failed & set(judged.rules)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_is_at_rest_is_answered_as_if_it_were_evaluated(data):
    found = {
        feature.name: data.draw(OF_KIND[feature.kind])
        for feature in data.draw(st.lists(st.sampled_from(CATALOGUE), max_size=10, unique_by=lambda each: each.name))
    }
    whole = {**NOTHING, **found}
    judged = DEFAULT.judge(whole)
    if "unknown_purpose" in judged.missing or "unknown_channel" in judged.missing:
        whole["missing"] = [*whole["missing"], *[each for each in judged.missing if each.startswith("unknown")]]
    expected = []
    for each in DEFAULT.rules:
        try:
            if each.when.holds(whole):
                expected.append(each.name)
        except FailedError:
            assert f"rule:{each.name}" in judged.missing
    assert judged.rules == tuple(expected)
