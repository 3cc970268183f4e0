"""What all value types promise, whatever the data."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.values import (
    AddressType,
    BssidType,
    ChoiceType,
    CountType,
    EmployerType,
    IpType,
    KeyType,
    MacType,
    MoneyType,
    NameType,
    PhoneType,
    TextType,
    TimestampType,
    TokenType,
    ValueType,
)

WORDS = (AddressType(), BssidType(), ChoiceType(("fraud", "legit")), EmployerType(), IpType(), KeyType(), MacType(),
         NameType(), PhoneType(), TextType(), TokenType())  # fmt: skip
FIGURES = (CountType(), MoneyType(), TimestampType())
LINKABLE = {"address", "bssid", "employer", "ip", "mac", "phone", "token"}

every_type = pytest.mark.parametrize("kind", WORDS + FIGURES, ids=lambda kind: kind.name)
every_word = pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.name)

_telling = st.text(
    "0123456789abcdefABCDEF:.-+/ ,#\0\t\u3000\ufeff\u202e０１２８Ａ：。中国路号有限公司N/A'\"<=😀é\u0301", max_size=24
)
_values = st.lists(st.one_of(st.none(), _telling, st.text(max_size=24)), max_size=12)


@every_type
@settings(max_examples=40, deadline=None)
@given(values=_values)
def test_any_column_is_normalised_to_its_length_and_type(kind: ValueType, values: list[str | None]):
    raw = pl.Series("raw", values, dtype=pl.String)
    result = kind.normalise(raw, "CN")
    assert len(result.value) == len(result.placeholder) == len(result.bad) == len(raw)
    assert (result.value.dtype, result.placeholder.dtype, result.bad.dtype) == (kind.dtype, pl.Boolean, pl.String)
    assert result.placeholder.null_count() == 0
    assert not (result.bad.is_not_null() & (result.placeholder | result.value.is_not_null())).any()
    assert result.value.filter(raw.is_null()).null_count() == raw.null_count()
    assert result.bad.filter(raw.is_null()).null_count() == raw.null_count()


@every_word
@settings(max_examples=80, deadline=None)
@given(values=_values)
def test_a_normalised_value_stays_as_it_is(kind: ValueType, values: list[str | None]):
    once = kind.normalise(pl.Series(values, dtype=pl.String), "CN")
    twice = kind.normalise(once.value, "CN")
    assert twice.value.to_list() == once.value.to_list()
    assert twice.placeholder.to_list() == once.placeholder.to_list()


@every_word
@given(value=st.one_of(_telling, st.text(max_size=40), st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){3}", fullmatch=True)))
def test_a_mask_never_shows_a_whole_value(kind: ValueType, value: str):
    if len(value) > 4 and value not in getattr(kind, "choices", ()):
        assert value not in kind.mask(value)


@pytest.mark.parametrize("kind", FIGURES, ids=lambda kind: kind.name)
def test_figures_are_shown_but_not_what_is_none(kind: ValueType):
    assert kind.mask("2024-01-31T12:30:00.5+08:00") == "2024-01-31T12:30:00.5+08:00"
    assert kind.mask("1,234.50") == "1,234.50"
    assert kind.mask("Wang Xiaoming") == "Wang****"


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (PhoneType(), "+8613912345670", "****670"),
        (NameType(), "王小明", "王****"),
        (NameType(), "李", "****"),
        (KeyType(), "A000123456", "****3456"),
        (TokenType(), "a1", "****1"),
        (MacType(), "3c:22:fb:00:11:12", "****11:12"),
        (IpType(), "8.8.4.4", "8.8.4.*"),
        (IpType(), "2409:8a00::1", "2409:8a00:*"),
        (IpType(), "N/A", "****"),
        (AddressType(), "深圳市南山区科技园路8号", "深圳市南****"),
        (ChoiceType(("fraud", "legit")), "fraud", "fraud"),
        (ChoiceType(("fraud", "legit")), "Wang Xiaoming", "Wang****"),
    ],
)
def test_masks(kind: ValueType, value: str, shown: str):
    assert kind.mask(value) == shown


def test_what_people_can_be_linked_by():
    assert {kind.name for kind in WORDS + FIGURES if kind.linkable} == LINKABLE


@every_type
def test_types_are_values_themselves(kind: ValueType):
    twin = ChoiceType(kind.choices) if isinstance(kind, ChoiceType) else type(kind)()
    assert kind == twin
    assert hash(kind) == hash(twin)


@every_type
def test_a_missing_value_is_neither_placeholder_nor_bad(kind: ValueType, judge):
    assert judge(kind, None) == (None, False, None)


@every_type
@pytest.mark.parametrize("raw", ["", "  ", "\u3000"])
def test_an_empty_value_is_a_placeholder_where_people_could_be_linked_by_it(kind: ValueType, raw: str, judge):
    assert judge(kind, raw) == (("", True, None) if kind.linkable else (None, False, None))


@pytest.mark.parametrize("kind", [k for k in WORDS if k.linkable], ids=lambda kind: kind.name)
@pytest.mark.parametrize("raw", ["N/A", "n/a", "null", "None", "unknown", "-", "无", "Ｎ／Ａ"])
def test_words_for_no_value_link_nobody(kind: ValueType, raw: str, judge):
    value, placeholder, bad = judge(kind, raw)
    assert value is not None
    assert placeholder
    assert bad is None


@every_type
def test_an_endless_value_is_bad_and_says_why(kind: ValueType, judge):
    value, placeholder, bad = judge(kind, "7" * 10_001)
    assert (value, placeholder) == (None, False)
    assert bad is not None
    assert "longer than" in bad


@every_type
def test_a_column_of_another_region_or_an_unknown_one_is_no_error(kind: ValueType):
    raw = pl.Series(["13912345670", "abc", None])
    for region in ("US", "XX", ""):
        assert len(kind.normalise(raw, region).value) == 3
