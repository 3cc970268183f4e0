"""Worlds to judge: made by the project's generator, or found in a folder of the same layout."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.detect.splits import Split
from bench.detect.truth import Truth, truth_of
from bench.measuring import RINGFENCE, measure
from ingest.world import DifficultyChoice


@dataclass(frozen=True, slots=True)
class World:
    """A world with its truth, loaded into the embedded store at `store`."""

    name: str
    store: str
    truth: Truth


def made(split: Split, applicants: int, folder: Path) -> Iterator[World]:
    """The worlds of a split, one after the other, each gone when the next is asked for."""
    for seed, difficulty in split.worlds:
        with TemporaryDirectory(dir=folder) as place:
            tables = make(Path(place), applicants, seed, difficulty)
            yield World(f"seed {seed}, {difficulty}", load(tables, Path(place)), truth_of(tables))


def found(worlds: list[Path], folder: Path) -> Iterator[World]:
    """Worlds that somebody else has made: tables of the data contract in a folder, the truth in its folder `truth`."""
    for world in worlds:
        with TemporaryDirectory(dir=folder) as place:
            yield World(world.name, load(world, Path(place)), truth_of(world))


def make(folder: Path, applicants: int, seed: int, difficulty: DifficultyChoice) -> Path:
    """Generate a world inside the folder."""
    tables = folder / "world"
    size = ["--applicants", str(applicants), "--seed", str(seed), "--difficulty", difficulty.value]
    measure([RINGFENCE, "world", str(tables), *size])
    return tables


def load(tables: Path, folder: Path) -> str:
    """Load tables into a new store inside the folder; its URL."""
    store = f"sqlite:///{folder}/graph.db"
    measure([RINGFENCE, "ingest", str(tables)], {"RINGFENCE_STORE": store, "RINGFENCE_WORK_DIR": str(folder / "work")})
    return store
