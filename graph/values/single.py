"""What value types do to one value before and after their own work, as `columns` does it to a column."""

import re
import unicodedata
from collections.abc import Callable

from graph.values.base import One
from graph.values.columns import INVISIBLE, KEY_LIMIT, too_long

_READ_ALIKE = re.compile(
    "[\u0000-\u036f\u1e00-\u1eff\u2000-\u27bf\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufb06\ufe00-\ufe6f\ufeff-\uffef"
    "\U0001f300-\U0001f64f\U00020000-\U0002a6df]*"
)
"""Latin, Chinese, Japanese and Korean letters, punctuation and emoji: what Python's Unicode tables and those of Polars,
which are newer, say the same of. Other characters are left to the column.
"""
_INVISIBLE = re.compile(INVISIBLE)


def cleaned_one(raw: str, judge: Callable[[str], One], limit: int = KEY_LIMIT) -> One | None:
    """What `judge` says of the value, cleaned as `columns.cleaned` does; None if only the column can tell."""
    if len(raw) > limit:
        return One(None, False, too_long(limit))
    if not (raw.isascii() or _READ_ALIKE.fullmatch(raw)):
        return None
    text = raw if raw.isascii() else unicodedata.normalize("NFKC", raw)
    if not text.isprintable():
        text = _INVISIBLE.sub(" ", text)
    text = text.strip()
    return judge(text) if len(text) <= limit else One(None, False, too_long(limit))


def settled_one(value: str | None, *, placeholder: bool = False, bad: str | None = None) -> One:
    """As `columns.settled`: a placeholder is never bad, a bad value is none."""
    if placeholder:
        return One(value, True, None)
    return One(None, False, bad) if bad else One(value, False, None)
