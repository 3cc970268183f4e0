"""CSV, streamed by Arrow: every column text, quoted line breaks kept, ragged rows set aside with their line."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pacsv

from graph.errors import BadInputError
from ingest.encoding import Utf8Stream
from ingest.reading.bytes import open_bytes
from ingest.reading.rows import UNREADABLE, RawRows, check_names, column_name, too_long

BLOCK = 1 << 20
"""Bytes parsed at once; no line may be longer, which bounds memory whatever the file."""

_OTHER_DELIMITERS = (";", "\t", "|")

_MOST_RAGGED = 100_000
"""Ragged rows in succession after which the file is not the CSV it claims to be."""


def read_csv(path: Path, encoding: str | None = None, block: int = BLOCK) -> Iterator[RawRows]:
    """The rows of a CSV file with a header. `BadInputError` where the file as a whole cannot be read."""
    with open_bytes(path) as source:
        stream = Utf8Stream(source, str(path), encoding)
        names = _header(stream.peek(block), path, block)
        ragged = _Ragged()
        try:
            for batch in _reader(stream, ragged, block):
                yield _rows(batch, names, ragged)
            yield ragged.rest(names)
        except pa.ArrowInvalid as error:
            raise _explained(error, ragged, path, block) from error


def _header(head: bytes, path: Path, block: int) -> list[str]:
    """Column names of the first record."""
    if len(head) >= block and b"\n" not in head and b"\r" not in head:
        raise too_long(path, 0, block)
    text = io.StringIO(head.decode(errors="ignore"), newline="")
    try:
        names = [column_name(name) for name in next(csv.reader(text), [])]
    except csv.Error as error:
        raise too_long(path, 0, block) from error
    if not names:
        raise BadInputError(
            "The file is empty: not even a header", where=str(path), do="Deliver it with its header line."
        )
    _check_delimiter(names, path)
    check_names(names, str(path))
    return names


def _check_delimiter(names: list[str], path: Path) -> None:
    """`BadInputError` where the only name is rather several, with another sign between them."""
    other = next((sign for sign in _OTHER_DELIMITERS if sign in names[0]), None)
    if len(names) == 1 and other:
        raise BadInputError(
            f"The columns are separated by {other!r}, not by commas", where=str(path), do="Deliver it with commas."
        )


def _reader(stream: Utf8Stream, ragged: "_Ragged", block: int) -> pacsv.CSVStreamingReader:
    return pacsv.open_csv(
        pa.PythonFile(stream, mode="r"),
        # One thread, because only then Arrow tells the number of a ragged row.
        read_options=pacsv.ReadOptions(block_size=block, use_threads=False),
        parse_options=pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=ragged.add),
        convert_options=pacsv.ConvertOptions(
            default_column_type=pa.string(), null_values=[""], strings_can_be_null=True, check_utf8=False
        ),
    )


class _Ragged:
    """Rows with too many or too few values, as Arrow meets them, until they are taken with the rows around them."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, str, str]] = []
        self._next = 1
        self.too_many = False

    def add(self, row: pacsv.InvalidRow) -> str:
        """Arrow's handler: set the row aside, or stop where that would fill memory."""
        values = "1 value" if row.actual_columns == 1 else f"{row.actual_columns} values"
        lines = f", {_SEVERAL_LINES}" if "\n" in row.text.strip() else ""
        self._waiting.append((row.number - 1, f"{values} in {row.expected_columns} columns{lines}", row.text))
        self.too_many = len(self._waiting) > _MOST_RAGGED
        return "error" if self.too_many else "skip"

    @property
    def passed(self) -> int:
        """How many rows have been taken."""
        return self._next - 1

    def among(self, height: int) -> tuple[pl.Series, pl.DataFrame]:
        """Lines of the next `height` good rows, and the ragged rows before and between them."""
        passed = 0
        while passed < len(self._waiting) and self._waiting[passed][0] < self._next + height + passed:
            passed += 1
        numbers = np.arange(self._next, self._next + height + passed, dtype=np.int64)
        lines = np.setdiff1d(numbers, [row[0] for row in self._waiting[:passed]], assume_unique=True)
        return pl.Series("line", lines, pl.Int64), self.take(passed, height)

    def take(self, count: int, height: int = 0) -> pl.DataFrame:
        """The first `count` ragged rows that wait, with the `height` good rows between them."""
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        self._next += height + len(taken)
        return pl.DataFrame(taken, schema=UNREADABLE, orient="row")

    def rest(self, names: list[str]) -> RawRows:
        """Ragged rows after the last good one; without rows too, so that the columns of every file are known."""
        nothing = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
        return RawRows(pl.Series("line", [], pl.Int64), nothing, self.take(len(self._waiting)))


def _rows(batch: pa.RecordBatch, names: list[str], ragged: _Ragged) -> RawRows:
    frame = pl.DataFrame(pl.from_arrow(batch.rename_columns(names)))
    lines, unreadable = ragged.among(frame.height)
    swallowing = _swallows_rows(frame)
    if not swallowing.any():
        return RawRows(lines, frame, unreadable)
    torn = frame.filter(swallowing)
    texts = torn.select(pl.concat_str(pl.all().fill_null(""), separator=",")).to_series()
    found = pl.DataFrame({"line": lines.filter(swallowing), "reason": _SWALLOWS, "text": texts}, schema=UNREADABLE)
    return RawRows(lines.filter(~swallowing), frame.filter(~swallowing), pl.concat([unreadable, found]).sort("line"))


_SEVERAL_LINES = "on several lines: perhaps a quote is not closed"
_SWALLOWS = "a quote is not closed: a value swallows the lines after it"


def _swallows_rows(frame: pl.DataFrame) -> pl.Series:
    """Which rows have a value with a line in it that is itself a row of the file."""
    row = r"\n" + ",".join([r"[^,\n]*"] * frame.width) + r"(\n|\z)"
    suspects = [
        name for name in frame.columns if frame.width > 2 and frame[name].str.contains("\n", literal=True).any()
    ]
    if not suspects:
        return pl.repeat(False, frame.height, eager=True)
    return frame.select(pl.any_horizontal(pl.col(suspects).str.contains(row).fill_null(False))).to_series()


def _explained(error: pa.ArrowInvalid, ragged: _Ragged, path: Path, block: int) -> BadInputError:
    if ragged.too_many:
        return BadInputError(
            f"More than {_MOST_RAGGED:,} rows in succession do not have as many values as the header",
            where=str(path),
            do="Check the header and the delimiter, a comma.",
        )
    if "straddling" in str(error):
        return too_long(path, ragged.passed, block)
    return BadInputError(
        f"The file is not a CSV table: {str(error)[:200]}", where=str(path), do="Have it delivered again."
    )
