"""A small world on disk, and the same population in columns."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.world import Format, Knobs, generate
from ingest.world.population import Population, imagine

KNOBS = Knobs(applicants=20_000, seed=7)
Read = Callable[[str], pl.DataFrame]


@pytest.fixture(scope="session")
def knobs() -> Knobs:
    return KNOBS


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    generate(folder, KNOBS, Format.PARQUET, 0, lambda _: None)
    return folder


@pytest.fixture(scope="session")
def read(world: Path) -> Read:
    """A table of the world by name, such as `applicants` or `truth/rings`."""
    return lambda name: pl.read_parquet(world / f"{name}.parquet")


@pytest.fixture(scope="session")
def population() -> Population:
    return imagine(KNOBS)
