from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.values import CountType, MoneyType, TimestampType

COUNT, MONEY, TIME = CountType(), MoneyType(), TimestampType()
NOON = 1_706_702_400


@pytest.mark.parametrize(
    ("raw", "minor"),
    [
        ("1234.5", 123_450), ("1,234.50", 123_450), ("１２３４．５", 123_450), ("1234.500", 123_450),
        ("1234.", 123_400),
        ("0", 0), ("0.01", 1), ("007", 700), ("0.29", 29), ("10,000,000.00", 1_000_000_000), ("10000000000000", 10**15),
    ],
)  # fmt: skip
def test_money_is_kept_in_minor_units(raw: str, minor: int, judge):
    assert judge(MONEY, raw) == (minor, False, None)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("-1", "less than zero"), ("1.234", "more than two decimals"), ("1.0001", "more than two decimals"),
        ("10000000000000.01", "more than 10,000,000,000,000"), ("9" * 40, "more than 10,000,000,000,000"),
        ("1e5", "not a decimal amount"), ("1,23.4", "not a decimal amount"), ("12,34", "not a decimal amount"),
        (".", None), ("$5", "not a decimal amount"), ("=1+1", "not a decimal amount"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_bad_or_missing(raw: str, reason: str | None, judge):
    assert judge(MONEY, raw) == (None, False, reason)


@given(st.lists(st.decimals(0, 10**13, places=2), max_size=20))
def test_no_amount_is_off_by_a_cent(amounts: list[Decimal]):
    values = MONEY.normalise(pl.Series([f"{amount:f}" for amount in amounts], dtype=pl.String), "CN").value
    assert values.to_list() == [int(amount * 100) for amount in amounts]


@pytest.mark.parametrize(
    ("raw", "count", "reason"),
    [
        ("3", 3, None), ("0", 0, None), ("3.0", 3, None), ("００３", 3, None), ("N/A", None, None),
        ("-1", None, "less than zero"), ("3.5", None, "not a whole number of at most 18 digits"),
        ("9" * 19, None, "not a whole number of at most 18 digits"),
        ("three", None, "not a whole number of at most 18 digits"),
    ],
)  # fmt: skip
def test_counts(raw: str, count: int | None, reason: str | None, judge):
    assert judge(COUNT, raw) == (count, False, reason)


@pytest.mark.parametrize(
    "raw",
    [
        "1706702400", "1706702400.9", "１７０６７０２４００", "2024-01-31T12:00:00Z", "2024-01-31T12:00:00",
        "2024-01-31 12:00",
        "2024-01-31t12:00:00z", "2024-01-31T20:00:00+08:00", "2024-01-31T20:00:00.123456+0800",
        "2024-01-31 06:30:00-05:30",
        "2024-01-31 20:00:00 +08", "2024-01-31T12:00:00.5Z",
    ],
)  # fmt: skip
def test_every_spelling_of_a_moment_is_one_moment(raw: str, judge):
    assert judge(TIME, raw) == (NOON, False, None)


@pytest.mark.parametrize(
    ("raw", "value", "reason"),
    [
        ("0", 0, None),
        ("1970-01-01", 0, None),
        ("2199-12-31T23:59:59Z", 7_258_118_399, None),
        ("2200-01-01", None, "not between 1970 and 2199"),
        ("1969-12-31", None, "not between 1970 and 2199"),
        ("1970-01-01T00:00:00+08:00", None, "not between 1970 and 2199"),
        ("9999999999", None, "not between 1970 and 2199"),
        ("1706702400000", None, "unix milliseconds: divide by 1000"),
        ("20240131", None, "eight digits: write a date as YYYY-MM-DD"),
        ("2024-02-30", None, "neither unix seconds nor an ISO 8601 date"),
        ("2024-01-31T25:00:00Z", None, "neither unix seconds nor an ISO 8601 date"),
        ("2024-01-31T12:00:00+99:00", None, "neither unix seconds nor an ISO 8601 date"),
        ("31/01/2024", None, "neither unix seconds nor an ISO 8601 date"),
        ("-5", None, "neither unix seconds nor an ISO 8601 date"),
        ("NULL", None, None),
    ],
)
def test_edges_of_time(raw: str, value: int | None, reason: str | None, judge):
    assert judge(TIME, raw) == (value, False, reason)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 30), timezones=st.timezones()))
def test_iso_8601_is_read_as_python_writes_it(moment: datetime):
    minutes = moment.utcoffset().total_seconds() / 60
    if minutes == int(minutes):
        value = TIME.normalise(pl.Series([moment.isoformat()]), "CN").value[0]
        assert value == int(moment.astimezone(UTC).replace(microsecond=0).timestamp())
