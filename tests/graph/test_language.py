"""Sentences are templates that are filled; what is put in stays text."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.language import Language, Saying, per_cent

DEVICES = Saying("{who}: the same {n:device|# devices}", "{who}：{n:同一台|# 台}设备")


@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        (1, "A: the same device", "A：同一台设备"),
        (2, "A: the same 2 devices", "A：2 台设备"),
        (1200, "A: the same 1,200 devices", "A：1,200 台设备"),
        (0, "A: the same 0 devices", "A：0 台设备"),
    ],
)
def test_one_and_several_are_told_apart(number, en, zh):
    assert DEVICES.say(Language.EN, who="A", n=number) == en
    assert DEVICES.say(Language.ZH, who="A", n=number) == zh


def test_money_days_and_shares_have_their_formats():
    saying = Saying("{amount:money} on {at:day}, {share:%}, {x:.1f}", "")
    said = saying.say(Language.EN, amount=1_234_567, at=1_772_323_200, share=0.948, x=1.26)
    assert said == "12,345.67 on 2026-03-01, 94.8%, 1.3"


@given(st.text(alphabet=string.punctuation + string.ascii_letters + "长\n"))
def test_what_is_put_in_stays_as_it_is(value):
    assert Saying("<{who}>", "").say(Language.EN, who=value) == f"<{value}>"


def test_a_missing_value_is_an_error():
    with pytest.raises(KeyError):
        DEVICES.say(Language.EN, who="A")


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (1, "100%"), (0.31, "31%"), (0.948, "94.8%"), (0.99972, "99.97%"), (0.000_04, "0.004%"), (0.9, "90%")],
)
def test_nearly_all_is_not_all_and_hardly_any_is_not_none(share, text):
    assert per_cent(share) == text
