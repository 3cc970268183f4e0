import phonenumbers
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.values import PhoneType

PHONE = PhoneType()
REGIONS = ("CN", "US", "GB", "IN", "ID", "PH", "MX", "NG", "BR", "VN", "DE", "IT", "AR", "HK", "SG", "RU", "ES")


@pytest.mark.parametrize(
    "raw",
    [
        "13912345670", "+8613912345670", "8613912345670", "008613912345670", "+86 139-1234-5670",
        "(+86) 139 1234 5670", "１３９１２３４５６７０", "＋８６１３９１２３４５６７０", " 139 1234 5670\t",
        "139–1234–5670", "\ufeff13912345670", "139\u00a01234\u00a05670",
    ],
)  # fmt: skip
def test_every_spelling_of_a_mobile_number_is_one_number(raw: str, judge):
    assert judge(PHONE, raw) == ("+8613912345670", False, None)


@pytest.mark.parametrize(
    ("raw", "region", "number"),
    [
        ("010-6234 5679", "CN", "+861062345679"),
        ("0755-86013388", "CN", "+8675586013388"),
        ("(010)62345679转8012", "CN", "+861062345679"),
        ("010-62345679 ext. 12", "CN", "+861062345679"),
        ("400-810-8888", "CN", "+864008108888"),
        ("+1 (415) 555-2671", "CN", "+14155552671"),
        ("0044 20 7946 0958", "CN", "+442079460958"),
        ("(415) 555-2671", "US", "+14155552671"),
        ("1 415 555 2671", "US", "+14155552671"),
        ("+44 (0)20 7946 0958", "GB", "+442079460958"),
        ("011 15 2345 6780", "AR", "+5491123456780"),
        ("06 698 77222", "IT", "+390669877222"),
    ],
)
def test_fixed_lines_and_numbers_of_other_countries(raw: str, region: str, number: str, judge):
    assert judge(PHONE, raw, region) == (number, False, None)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("13800000000", "+8613800000000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("13888888888", "+8613888888888"),
        ("13912345678", "+8613912345678"),
        ("00000000000", "00000000000"),
        ("11111111111", "11111111111"),
        ("12345678901", "12345678901"),
        ("123456789", "123456789"),
        ("10086", "10086"),
        ("95588", "95588"),
    ],
)
def test_numbers_of_nobody_are_kept_but_link_nobody(raw: str, kept: str, judge):
    assert judge(PHONE, raw) == (kept, True, None)


@pytest.mark.parametrize(
    "raw", ["abc", "139123456", "1391234567099", "+86139", "13912345670x;drop", "王小明", "23912345670"]
)
def test_what_is_no_phone_number_is_bad(raw: str, judge):
    assert judge(PHONE, raw) == (None, False, "not a valid phone number")


def _library(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None


@pytest.mark.parametrize("region", REGIONS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_patterns_say_what_the_library_says(region: str, data: st.DataObject):
    """Numbers near the region's own, written in every usual way, and wrong ways."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    assert metadata is not None
    code, trunk = metadata.country_code, metadata.national_prefix or ""
    example = data.draw(st.sampled_from([metadata.mobile.example_number, metadata.fixed_line.example_number]))
    kept = data.draw(st.integers(1, len(example)))
    before = st.sampled_from(["", f"+{code}", f"00{code}", f"{code}", trunk, f"+{code}{trunk}", "+", "00", "0"])
    tails = st.text("0123456789", min_size=len(example) - kept, max_size=len(example) - kept + 1)
    texts = [data.draw(before) + example[:kept] + data.draw(tails) for _ in range(20)]
    values = PHONE.normalise(pl.Series(texts), region).value
    for text, value in zip(texts, values, strict=True):
        expected = _library(text, region)
        assert value == (expected or value)
        assert expected or value in (None, text)
