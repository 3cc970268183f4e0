"""How tests compare projections."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import polars as pl
import pytest

from graph.projection import Projection


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, pl.DataFrame):
        return value.rows()
    if isinstance(value, pl.Series):
        return value.to_list()
    return value.tolist() if isinstance(value, np.ndarray) else value


@pytest.fixture(scope="session")
def as_lists() -> Callable[[Projection], dict[str, Any]]:
    """Everything in a projection, comparable; a field that is added to it is compared as well."""
    return _plain
