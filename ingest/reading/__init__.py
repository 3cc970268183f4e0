"""Readers: a file of any known format as a stream of raw rows, all text, in bounded memory."""

from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.reading.bytes import COMPRESSIONS
from ingest.reading.csv import read_csv
from ingest.reading.jsonl import read_jsonl
from ingest.reading.parquet import read_parquet
from ingest.reading.rows import RawRows

READERS: dict[str, Callable[[Path, str | None], Iterator[RawRows]]] = {
    ".csv": read_csv,
    ".jsonl": read_jsonl,
    ".parquet": read_parquet,
}
"""The reader of each format, by the file's suffix."""


def format_of(path: Path) -> str | None:
    """The suffix that says the format, or None. Parquet is never compressed from outside."""
    name = path.name.lower()
    inner, _, outer = name.rpartition(".")
    if f".{outer}" in COMPRESSIONS:
        suffix = Path(inner).suffix
        return suffix if suffix in READERS and suffix != ".parquet" else None
    return f".{outer}" if inner and f".{outer}" in READERS else None


def has_header(path: Path) -> bool:
    """Does the format name all columns at its beginning? Otherwise a column that never has a value may be missing."""
    return format_of(path) != ".jsonl"


def read_rows(path: Path, encoding: str | None = None) -> Iterator[RawRows]:
    """The rows of a file. `encoding` of text formats, detected where not set."""
    return READERS[format_of(path) or ""](path, encoding)


__all__ = ["READERS", "RawRows", "format_of", "has_header", "read_rows"]
