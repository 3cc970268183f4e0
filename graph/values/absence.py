"""Words that stand for no value."""

import hashlib

import polars as pl

from graph.values.columns import TEXT

ABSENT_WORDS = (
    "", "n/a", "na", "#n/a", "nan", "none", "null", "(null)", "<null>", "nil", "undefined", "unknown", "missing",
    "not available", "-", "--", "---", ".", "?", "/", "\\n",
    "无", "暂无", "未知", "不详", "空", "未填", "未填写", "没有",
)  # fmt: skip
"""What clerks and exports write where there is no value; compared in lower case."""

_ABSENT = frozenset(ABSENT_WORDS)
_LONGEST_ABSENT = max(len(word.encode()) for word in ABSENT_WORDS)


def absent(text: pl.Expr = TEXT) -> pl.Expr:
    """Is it a word for "no value"?"""
    short = pl.when(text.str.len_bytes() <= _LONGEST_ABSENT).then(text)
    return short.str.to_lowercase().is_in(ABSENT_WORDS).fill_null(value=False)


def is_absent(text: str) -> bool:
    """Is one text a word for "no value"?"""
    return text.lower() in _ABSENT


def given(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The frame with words for "no value" made missing, for types whose values link nobody."""
    return frame.with_columns(text=pl.when(~absent()).then("text"))


def digests(words: tuple[str, ...]) -> tuple[str, ...]:
    """What the usual hash functions make of words: a token of "no value" is as shared as the words themselves."""
    functions = (hashlib.md5, hashlib.sha1, hashlib.sha256)
    return tuple(f(word.encode(), usedforsecurity=False).hexdigest() for word in words for f in functions)
