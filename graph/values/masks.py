"""Ways to show a value to somebody without a purpose to see it whole. Only figures are shown entirely."""

import re

_FIGURE = re.compile(r"[0-9TZ:.,+\- ]{1,40}")


def mask_tail(value: str, shown: int = 4) -> str:
    """Stars, then the last characters, never more than half of the value."""
    return "****" + value[len(value) - min(shown, len(value) // 2) :]


def mask_head(value: str, shown: int = 4) -> str:
    """The first characters, never more than half of the value, then stars."""
    return value[: min(shown, len(value) // 2)] + "****"


def mask_figure(value: str) -> str:
    """Times, counts and amounts are shown; whatever else stands in their column is not."""
    return value if _FIGURE.fullmatch(value) else mask_head(value)
