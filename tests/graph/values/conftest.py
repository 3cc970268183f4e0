from collections.abc import Callable

import polars as pl
import pytest

from graph.values import ValueType

Verdict = tuple[str | int | None, bool, str | None]


@pytest.fixture(scope="session")
def judge() -> Callable[..., Verdict]:
    """One value through a type, alone and as a column: what it becomes, is it a placeholder, why is it bad."""

    def one(kind: ValueType, raw: str | None, region: str = "CN") -> Verdict:
        column = kind.normalise(pl.Series([raw], dtype=pl.String), region)
        verdict = column.value[0], column.placeholder[0], column.bad[0]
        if kind.dtype == pl.String:
            assert kind.normalise_one(raw, region) == verdict
        return verdict

    return one
