"""What every reader yields: rows as they came, all text, with their line numbers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from graph.errors import BadInputError

UNREADABLE = {"line": pl.Int64, "reason": pl.String, "text": pl.String}


def no_unreadable() -> pl.DataFrame:
    """An empty frame of rows that could not be split into columns."""
    return pl.DataFrame(schema=UNREADABLE)


def column_name(name: str) -> str:
    """A name as it stands in a file, trimmed; one that Polars would take for a pattern of names is put in brackets."""
    name = name.strip()
    return f"({name})" if name == "*" or (name.startswith("^") and name.endswith("$")) else name


def check_names(names: Sequence[str], where: str) -> None:
    """`BadInputError` where two columns have one name."""
    repeated = sorted({name for name, times in Counter(names).items() if times > 1})
    if repeated:
        listed = ", ".join(repr(name[:80]) for name in repeated)
        raise BadInputError(f"Columns of the same name: {listed}", where=where, do="Rename or remove all but one.")


def too_long(path: Path, rows: int, limit: int) -> BadInputError:
    """The error of a line longer than `limit` bytes, somewhere after so many `rows`."""
    return BadInputError(
        f"A line is longer than {limit:,} bytes",
        where=f"{path}, after row {rows:,}",
        do="Check its line ends, and that every quote is closed.",
    )


@dataclass(frozen=True, slots=True)
class RawRows:
    """Some consecutive rows of a file.

    `lines`: number of each record in the file, from 1, the header not counted. `columns`: its text, null where missing.
    `unreadable`: rows that could not be split into columns: `line`, `reason`, `text`.
    """

    lines: pl.Series
    columns: pl.DataFrame
    unreadable: pl.DataFrame

    @property
    def height(self) -> int:
        """Number of records, readable or not."""
        return self.columns.height + self.unreadable.height


def grouped(parts: Iterator[RawRows], rows: int, size: int) -> Iterator[RawRows]:
    """Join consecutive parts until they hold `rows` records or `size` bytes; a file always groups the same way."""
    waiting: list[RawRows] = []
    records = used = 0
    for part in parts:
        waiting.append(part)
        records += part.height
        used += int(part.columns.estimated_size()) + int(part.unreadable.estimated_size())
        if records >= rows or used >= size:
            yield _joined(waiting)
            waiting, records, used = [], 0, 0
    if waiting:
        yield _joined(waiting)


def _joined(parts: list[RawRows]) -> RawRows:
    return RawRows(
        pl.concat([part.lines for part in parts]),
        pl.concat([part.columns for part in parts], how="diagonal"),
        pl.concat([part.unreadable for part in parts]),
    )
