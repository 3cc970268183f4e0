"""The language of conditions: what is refused on load, with what to do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.features import CATALOGUE
from decisions.rules.conditions import ConditionError, condition_of
from decisions.rules.words import HUB_KINDS
from detectors.hubs.kinds import HubKind


@pytest.mark.parametrize(
    "text",
    [
        "fraud_links >= 1",
        "applicant_fraud",
        "not applicant_cleared and (id_of_others > 0 or amount / 2 + 1 < 1000.5)",
        "device_hub in ['shop', 'staff']",
        'device_hub not in ["shop"]',
        "device_hub == '' or 'device' in missing",
        "missing.length >= 3 and not missing.is_empty",
        "hour in [1, 2, 3]",
        "-amount < -10",
        "applicant_known == true",
        "amount > term_days * 100",
    ],
)
def test_what_a_rule_may_say(text):
    condition = condition_of(text)
    assert condition.names
    assert condition.names <= {feature.name for feature in CATALOGUE}


@pytest.mark.parametrize(
    ("text", "what", "do"),
    [
        ("fraud_link >= 1", "No feature is named 'fraud_link'", "Did you mean 'fraud_links'?"),
        ("zzzzzz >= 1", "No feature is named", "ringfence rules features"),
        ("amount == 'much'", "never the same", "amount is a number"),
        ("amount > 'much'", "different kinds", "amount is a number"),
        ("device_hub > 'a'", "Only numbers are more or less", "device_hub is a text"),
        ("device_new_hub == 1", "never the same", "device_new_hub is true or false"),
        ("device_hub == 'shpo'", "device_hub is never 'shpo'", "carrier_nat"),
        ("'shpo' == device_hub", "device_hub is never 'shpo'", "carrier_nat"),
        ("device_hub in ['shop', 'stuff']", "device_hub is never 'stuff'", "staff"),
        ("1 in missing", "holds texts", ""),
        ("amount in [1, 'x']", "another kind", ""),
        ("amount in []", "", ""),
        ("amount in [term_days]", "", ""),
        ("'a' in device_hub", "no list", ""),
        ("missing == ['a']", "list is compared", "`in`"),
        ("device_hub.length > 1", "Only a list", "missing.length"),
        ("amount", "not true or false", "amount is a number"),
        ("amount and applicant_fraud", "joins only", ""),
        ("not amount", "stands before", ""),
        ("not device_hub == 'shop' and amount", "joins only", ""),
        ("device_hub + 'x' == 'shop'", "Only numbers are computed", ""),
        ("true", "same of every application", "Name a feature"),
        ("1 < 2", "same of every application", "Name a feature"),
        ("1 / 0 > 1 and applicant_fraud", "", ""),
        ("amount >", "ends too early", "Correct"),
        ("amount > > 3", "from character 10", "Correct"),
        ("amount > 3)", "from character 11", "Correct"),
        ("amount ; drop", "means nothing", ""),
        ("'open", "means nothing", ""),
    ],
)
def test_what_is_refused_is_told_with_what_to_do(text, what, do):
    with pytest.raises(ConditionError) as refused:
        condition_of(text)
    assert what in refused.value.what
    assert do in refused.value.do
    assert refused.value.do


@pytest.mark.parametrize(
    "text",
    [
        "purpose =~ '(a+)+$'",
        "purpose =~~ '(a+)+$'",
        "purpose !~ 'a'",
        "amount ** 99 ** 99 ** 99 > 1",
        "9 ** 9 ** 9 ** 9 > amount",
        "amount << 99999999999 > 1",
        "1e999999999 in [amount]",
        "99999999999999999999999999999999 > amount",
        "amount > inf",
        "amount == nan",
        "0x41 < amount",
        "[x for x in missing if x == 'a'].length > 1",
        "[x for a in missing for b in missing].length > 1",
        "$sum([amount]) > 1",
        "$re_groups.length > 1",
        "$now > amount",
        "amount.__class__ == 1",
        "missing.to_set == 1",
        "purpose.as_upper == 'A'",
        "purpose&.length == 1",
        "missing[0] == 'a'",
        "missing&[0] == 'a'",
        "missing[0:1] == ['a']",
        "missing.length() > 1",
        "purpose('a') == 1",
        "(purpose)('a') == 1",
        "d'2026-11-25' > amount",
        "t'P1D' > amount",
        "b'a' == purpose",
        "r'a' == purpose",
        "{'a': 1} == purpose",
        "amount ?? 1 > 2",
        "applicant_fraud ? true : false",
        "amount % 2 == 1",
        "amount // 2 == 1",
        "applicant_fraud # comment",
        "null == purpose",
        "__import__('os') == 1",
        "(" * 16 + "applicant_fraud" + ")" * 16,
        "not " * 150 + "applicant_fraud",
        "applicant_fraud or " * 75 + "applicant_fraud",
        "applicant_fraud".ljust(1001),
    ],
)
def test_nothing_that_could_take_long_or_reach_outside_is_even_parsed(text, monkeypatch):
    monkeypatch.setattr("decisions.rules.conditions.Rule", None)
    with pytest.raises(ConditionError):
        condition_of(text)


def test_the_longest_that_may_be_is_parsed_and_evaluated():
    text = " or ".join(["not applicant_fraud"] * 37 + ["applicant_fraud"])
    assert condition_of(text).at_rest is True


def test_the_kinds_of_hubs_are_those_of_the_detectors():
    assert {kind.name.lower() for kind in HubKind} | {""} == HUB_KINDS


TOKENS = st.sampled_from(
    [
        *("amount", "device_hub", "missing", "applicant_fraud", "applicant_known", ".length", "true", "false", "null"),
        *(
            "(",
            ")",
            "[",
            "]",
            "{}",
            ",",
            ".",
            "+",
            "-",
            "*",
            "/",
            "**",
            "//",
            "<<",
            "=~",
            "?",
            ":",
            "$",
            "#",
            ";",
            "\\",
        ),
        *("==", "!=", ">", "<", ">=", "<=", "and", "or", "not", "in", "for", "if"),
        *("1", "0", "9999", "1e9", "inf", "'a'", "'shop'", '"x"', "客", "\x00"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(TOKENS, max_size=14).map(" ".join)))
def test_no_text_raises_anything_but_what_it_should(text):
    try:
        condition = condition_of(text)
    except ConditionError as error:
        told = error
    else:
        told = None
        assert condition.names
    assert told is None or (told.what and told.do)
