"""Writing the world's tables into a folder, or into one folder for each delivery."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import orjson
import polars as pl

from graph.errors import OutputError, UsageError
from ingest.world.judgements import blacklist, labels
from ingest.world.knobs import Knobs
from ingest.world.mess import Mess
from ingest.world.nights import night_of
from ingest.world.population import imagine
from ingest.world.randomness import stream
from ingest.world.tables import AT, Tables
from ingest.world.texts import Texts
from ingest.world.truth import truth_tables

TRUTH = "truth"


class Format(StrEnum):
    """The files' format."""

    PARQUET = "parquet"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows of each table, rings, fraudsters."""

    rows: dict[str, int]
    rings: int
    fraudsters: int


def generate(out: Path, knobs: Knobs, file_format: Format, nights: int, written: Callable[[str], object]) -> Written:
    """Write a world into an empty or new folder, the truth into its folder `truth`.

    With `nights`, the tables lie in the folders `initial`, `night-01`... instead; `written` is told each table's name.
    Raises `UsageError` where the folder is not empty, `OutputError` where it cannot be written.
    """
    try:
        if out.exists() and any(out.iterdir()):
            raise UsageError("The folder is not empty", where=str(out), do="Name a new one.")
        return _write(out, knobs, file_format, nights, written)
    except OSError as error:
        raise OutputError(f"Cannot write the world: {error}", where=str(out), do="Make room and try again.") from error


def _write(out: Path, knobs: Knobs, file_format: Format, nights: int, written: Callable[[str], object]) -> Written:
    world = imagine(knobs)
    texts = Texts(knobs, world)
    counts: dict[str, int] = {}
    mess = Mess(knobs, stream(knobs.seed, "mess"))
    tables = Tables(knobs, world, texts, mess, nights).all()
    tables |= {"blacklist": lambda: blacklist(knobs, world, texts), "labels": lambda: labels(knobs, world, texts)}
    for name, render in tables.items():
        table = mess.rows(name, render()).sort(AT, maintain_order=True)
        counts[name] = len(table)
        for folder, part in _deliveries(table, knobs, nights):
            _save(part, out / folder, name, file_format)
        written(name)
    for name, table in truth_tables(knobs, world, texts).items():
        _save(table, out / TRUTH, name, file_format)
    (out / TRUTH / "knobs.json").write_bytes(orjson.dumps(asdict(knobs), option=orjson.OPT_INDENT_2))
    return Written(counts, len(world.rings), int(world.fraud.sum()))


def _deliveries(table: pl.DataFrame, knobs: Knobs, nights: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """The folders and the rows that go into each."""
    if not nights:
        yield "", table.drop(AT)
        return
    night = night_of(table[AT].to_numpy(), knobs, nights)
    for number in range(nights + 1):
        folder = f"night-{number:02}" if number else "initial"
        yield folder, table.filter(pl.Series(night == number)).drop(AT)


def _save(table: pl.DataFrame, folder: Path, name: str, file_format: Format) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.{file_format.value}"
    if file_format is Format.PARQUET:
        table.write_parquet(path, compression="zstd", compression_level=1)
    else:
        table.write_csv(path)
