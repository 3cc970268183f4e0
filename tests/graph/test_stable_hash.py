"""Hashes of keys: the same for one and for many, and for good."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.stable_hash import hash_of, hashes_of

HOSTILE = [
    "", " ", "a", "a\x00", "\x00a", "é", "e\u0301", "漢字", "\U0001f9ff", "\u202eabc", "\ufeff", "a" * 1000,
    "'; DROP TABLE run; --", "ﬁ", "fi", "\u200b", "\u2028",
]  # fmt: skip


@pytest.mark.parametrize(
    ("space", "key", "value"),
    [
        ("device", "d-1", 0xD2E4DC083ECD0AAA),
        ("wifi", "d-1", 0xAB184102E9A6C5F6),
        ("applicant", "漢字", 0xEFDA2C9E5E03E6BF),
        ("national_id", "", 0x7C163F51497A7609),
    ],
)
def test_hashes_are_what_they_have_always_been(space, key, value):
    assert hash_of(space, key) == value


@given(st.lists(st.text()))
def test_one_and_many_agree(keys):
    assert hashes_of("phone", pl.Series(keys, dtype=pl.String)).tolist() == [int(hash_of("phone", key)) for key in keys]


def test_what_looks_alike_is_told_apart_and_so_are_spaces():
    every = {int(hash_of(space, key)) for space in ("device", "wifi") for key in HOSTILE}
    assert len(every) == 2 * len(HOSTILE)
    assert hashes_of("wifi", pl.Series(HOSTILE)).tolist() == [int(hash_of("wifi", key)) for key in HOSTILE]


def test_what_is_no_text_is_nobody():
    broken = "\ud800"
    assert int(hash_of("device", broken)) not in hashes_of("device", pl.Series(HOSTILE))
