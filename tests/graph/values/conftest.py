from collections.abc import Callable

import polars as pl
import pytest

from graph.values import ValueType

Verdict = tuple[str | int | None, bool, str | None]


@pytest.fixture(scope="session")
def judge() -> Callable[..., Verdict]:
    """One value through a type: what it becomes, is it a placeholder, why is it bad."""

    def one(kind: ValueType, raw: str | None, region: str = "CN") -> Verdict:
        result = kind.normalise(pl.Series([raw], dtype=pl.String), region)
        return result.value[0], result.placeholder[0], result.bad[0]

    return one
