"""A rule file: every fault is told with line, rule, what and what to do."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from decisions.rules.faults import BrokenRulesError
from decisions.rules.judgement import Action
from decisions.rules.reading import digest_of, read_rules
from graph.errors import ConfigurationError

GOOD = '''version = "7"

[thresholds]
review = 30
reject = 70

[known]
purpose = ["rent"]

[[rule]]
name = "linked"
when = """
  fraud_links >= 1
  and not applicant_cleared
"""
weight = 30
action = "review"
reason = "LINKED_TO_FRAUD"
entities = ["device", "phone"]
note = "[[rule]] in a text is none"

# [[rule]]
[[rule]]
name = "calm"
when = "applicant_cleared"
weight = -30
action = "score"
reason = "JUDGED_HONEST"
enabled = false
'''


def faults_of(text: str) -> list[tuple[int, str, str, str]]:
    with pytest.raises(BrokenRulesError) as refused:
        read_rules(text)
    assert all(fault.what and fault.do for fault in refused.value.faults)
    return [(fault.line, fault.rule, fault.what, fault.do) for fault in refused.value.faults]


def test_a_good_file():
    rules = read_rules(GOOD)
    assert (rules.version, rules.digest, rules.text) == ("7", digest_of(GOOD), GOOD)
    linked, calm = rules.rules
    assert (linked.name, linked.line, linked.action, linked.enabled) == ("linked", 10, Action.REVIEW, True)
    assert linked.entities == ("device", "phone")
    assert linked.when.names == {"fraud_links", "applicant_cleared"}
    assert (calm.line, calm.hit.points, calm.enabled) == (23, -30, False)


@pytest.mark.parametrize(
    ("old", "new", "line", "rule", "what", "do"),
    [
        ('version = "7"', "", 0, "", "no usable version", 'version = "'),
        ('version = "7"', "version = 7", 1, "", "no usable version", 'version = "'),
        ("review = 30", "review = 80", 4, "", "no higher than reject", "review = 30"),
        ("reject = 70", "reject = 101", 4, "", "from 1 to 100", "review = 30"),
        ("review = 30", "reveiw = 30", 3, "", "thresholds", "review = 30"),
        ("[thresholds]", "[treshold]", 3, "", "'treshold' is no part of a rule file", "thresholds"),
        ('purpose = ["rent"]', "purpose = []", 8, "", "known words of purpose", "[known]"),
        ('purpose = ["rent"]', 'colour = ["rent"]', 7, "", "Only words of purpose", "[known]"),
        ("fraud_links", "fraud_lincs", 12, "linked", "'fraud_lincs'", "'fraud_links'"),
        ("weight = 30", "weight = 130", 16, "linked", "130 is no weight", "-100 to 100"),
        ("weight = 30", "weight = 3.5", 16, "linked", "3.5 is no weight", "whole"),
        ("weight = 30", "weight = true", 16, "linked", "no weight", "whole"),
        ('"review"', '"reveiw"', 17, "linked", "'reveiw' is no action", "reject"),
        ("LINKED_TO_FRAUD", "LINKED_FRAUD", 18, "linked", "'LINKED_FRAUD' is no reason", "LINKED_TO_FRAUD?"),
        ('["device", "phone"]', '["devise"]', 19, "linked", "parts of an application", "device"),
        ('note = "', 'nota = "', 20, "linked", "'nota' is no part of a rule", "note?"),
        ('name = "calm"', 'name = "linked"', 24, "linked", "Line 10 has a rule of this name", "own name"),
        ('name = "calm"', 'name = "Calm!"', 24, "", "cannot be named 'Calm!'", "small letters"),
        ('name = "calm"', 'name = "limited"', 24, "limited", "cannot be named", "small letters"),
        ('name = "calm"\n', "", 23, "", "The rule has no name", "Each rule needs"),
        ('when = "applicant_cleared"', "when = 3", 25, "calm", "no text", "when ="),
        ("enabled = false", "enabled = 0", 29, "calm", "neither true nor false", "enabled = false"),
        ("weight = -30", "weight = 0", 26, "calm", "no effect", "weight"),
        ("weight = -30", "weight = -30 30", 26, "", "not TOML", "quotes"),
    ],
)
def test_each_fault_is_told_where_it_is(old, new, line, rule, what, do):
    found = faults_of(GOOD.replace(old, new, 1))
    assert any((at, of) == (line, rule) and what in said and do in advice for at, of, said, advice in found), found


def test_all_faults_are_told_at_once_in_order_of_lines():
    text = (
        GOOD.replace("fraud_links", "x").replace("weight = -30", "weight = -300").replace("review = 30", "review = 0")
    )
    assert [line for line, *_ in faults_of(text)] == [4, 12, 26]


@pytest.mark.parametrize("text", ["", "version = '1'", "rule = 3", "rule = [{name = 'a'}]", "[rule]\na = 1", "\ud800"])
def test_what_is_no_rule_file(text):
    assert faults_of(text)


def test_what_is_too_much():
    rule = GOOD[GOOD.index("# [[rule]]") :]
    many = GOOD + "".join(rule.replace("calm", f"calm_{number}") for number in range(200))
    assert "this one 202" in faults_of(many)[0][2]
    assert "KiB" in faults_of("#" * 300_000)[0][2]
    assert faults_of("a = " + "[" * 100_000)
    assert faults_of("version = " + "9" * 10_000)


def test_an_error_names_file_line_rule_and_number_of_faults():
    text = GOOD.replace("fraud_links", "fraud_lincs").replace("weight = -30", "weight = 300")
    with pytest.raises(ConfigurationError) as refused:
        read_rules(text, "rules.toml")
    assert str(refused.value) == (
        "The rules are refused: line 12, rule linked: No feature is named 'fraud_lincs' (and 1 more) (rules.toml). "
        "Did you mean 'fraud_links'?"
    )


KEYS = (
    "version",
    "review",
    "reject",
    "purpose",
    "name",
    "when",
    "weight",
    "action",
    "reason",
    "note",
    "entities",
    "enabled",
)
VALUES = st.sampled_from(
    [
        "0",
        "-1",
        "1e400",
        "nan",
        "true",
        '"a"',
        "''",
        "[]",
        '["a", 1]',
        "{}",
        "{a = 1}",
        "2026-11-25",
        "10:00:00",
        '"\\u0000"',
    ]
)


def refused(text: str) -> bool:
    """Whether a text is refused; anything else that is raised fails the test."""
    try:
        read_rules(text)
    except BrokenRulesError as error:
        return bool(error.faults)
    return False


@settings(max_examples=200, deadline=None)
@given(key=st.sampled_from(KEYS), value=VALUES)
def test_no_value_in_any_place_raises_anything_else(key, value):
    lines = [f"{key} = {value}" if line.startswith(f"{key} =") else line for line in GOOD.splitlines()]
    refused("\n".join(lines))


@settings(max_examples=200, deadline=None)
@given(st.text())
@example('"""')
@example("[[rule]]\n[[rule]]")
@example("[[rule]]\n'a'=1")
def test_no_text_raises_anything_else(text):
    assert refused(text)
    for whole in (GOOD + text, text + GOOD):
        refused(whole)
