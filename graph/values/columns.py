"""What all value types do to a column before and after their own work."""

from collections.abc import Callable
from functools import partial

import polars as pl

from graph.values.base import Normalised

TEXT = pl.col("text")
NO_REASON = pl.lit(None, pl.String)
NEVER = pl.lit(value=False)

KEY_LIMIT = 512
TEXT_LIMIT = 10_000

INVISIBLE = "[\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u2069\ufeff]+"
"""Control characters, line separators, zero-width space, bidirectional overrides, byte order mark.

Patterns that `single` shares are written so that Rust and Python read the same in cleaned text.
"""


def cleaned(raw: pl.Series, limit: int = KEY_LIMIT) -> pl.LazyFrame:
    """Columns `text`: compatibility forms folded (full-width to ASCII), invisible characters made blanks, trimmed;
    null where missing or longer than `limit`. `bad`: the reason where it was too long.
    """
    fits = TEXT.str.len_chars() <= limit
    text = _folded(raw.to_frame("text").select(pl.when(fits).then(TEXT))["text"])
    frame = pl.DataFrame({"raw": raw, "text": text}).with_columns(pl.when(fits).then(TEXT))
    longer = pl.col("raw").is_not_null() & TEXT.is_null()
    return frame.lazy().select(TEXT, bad=pl.when(longer).then(pl.lit(too_long(limit))))


def too_long(limit: int) -> str:
    """Why a value of more characters is bad."""
    return f"longer than {limit:,} characters"


def _folded(text: pl.Series) -> pl.Series:
    """NFKC costs more than all the rest, so a column of plain ASCII does without."""
    if (text.str.len_bytes() != text.str.len_chars()).any():
        text = text.str.normalize("NFKC")
    return text.str.replace_all(INVISIBLE, " ").str.strip_chars()


def settled(
    frame: pl.LazyFrame, value: pl.Expr, *, placeholder: pl.Expr = NEVER, bad: pl.Expr = NO_REASON
) -> Normalised:
    """The result of `frame` (see `cleaned`): a placeholder is never bad, a missing or bad value is null.

    Lazy until here, so that Polars computes what several expressions share only once.
    """
    frame = frame.select(
        "bad",
        value=value,
        placeholder=TEXT.is_not_null() & placeholder.fill_null(value=False),
        own=pl.when(TEXT.is_not_null()).then(bad),
    ).with_columns(bad=pl.coalesce("bad", pl.when(~pl.col("placeholder")).then("own")))
    out = frame.select(pl.when(pl.col("bad").is_null()).then("value").alias("value"), "placeholder", "bad").collect()
    return Normalised(out["value"], out["placeholder"], out["bad"])


def first_reason(*reasons: tuple[pl.Expr, str]) -> pl.Expr:
    """The text of the first condition that holds, null if none does."""
    return pl.coalesce(NO_REASON, *(pl.when(condition).then(pl.lit(text)) for condition, text in reasons))


def by_distinct(values: pl.Expr, function: Callable[[str], str | None]) -> pl.Expr:
    """Apply a slow function once for each distinct value; null stays null."""
    return values.map_batches(partial(_mapped, function=function), return_dtype=pl.String)


def _mapped(values: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    distinct = values.drop_nulls().unique()
    results = pl.Series("result", [function(value) for value in distinct.to_list()], pl.String)
    table = pl.DataFrame({"value": distinct, "result": results})
    return values.to_frame("value").join(table, on="value", how="left", maintain_order="left")["result"]
