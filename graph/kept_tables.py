"""Tables on disk between two nights: one file, written aside and put in place whole, that shows when it is damaged.

It is an uncompressed zip file, which has a checksum for each part, of Arrow files. It holds names and phone numbers as
the store does, so it is for its owner alone.
"""

import logging
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from zipfile import BadZipFile, ZipFile

import polars as pl
import pyarrow as pa
from polars.exceptions import PolarsError

from graph.numbered_tables import NumberedTables, nothing
from graph.threads import in_threads

log = logging.getLogger("ringfence.detect")

_DAMAGE = (BadZipFile, KeyError, OSError, ValueError, RuntimeError, EOFError, struct.error, PolarsError)
"""What a file raises of which any byte may be wrong."""

_POSITION = "position"
_VERSION = version("ringfence")
"""What the columns mean may be another thing in another version."""


@dataclass(frozen=True, slots=True)
class KeptTables:
    """The place where tables of one store are kept. Only one process at a time may save there."""

    file: Path

    @classmethod
    def of(cls, work_dir: Path, store_address: str) -> "KeptTables":
        """Where those of this store are kept in a folder of work files."""
        return cls(work_dir / "detect" / f"{sha256(store_address.encode()).hexdigest()[:12]}.zip")

    def load(self) -> tuple[str, NumberedTables] | None:
        """The position and the tables that were saved last; None if there are none that can be used."""
        try:
            return _read(self.file)
        except FileNotFoundError:
            return None
        except _DAMAGE as error:
            log.warning("%s cannot be used (%s): everything is read anew.", self.file, error or type(error).__name__)
            return None

    def save(self, position: str, tables: NumberedTables) -> None:
        """Keep the tables in place of the last ones. Where that is impossible the next night reads everything."""
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._remove_leftovers()
            with NamedTemporaryFile(dir=self.file.parent, prefix=f"{self.file.name}.", delete=False) as aside:
                _write(aside.file, position, tables)
            os.replace(aside.name, self.file)
        except OSError as error:
            log.warning("%s was not written (%s): the next run reads everything anew.", self.file, error)
            self._remove_leftovers()

    def _remove_leftovers(self) -> None:
        """Remove what a crash has left."""
        for leftover in self.file.parent.glob(f"{self.file.name}.*"):
            with suppress(OSError):
                leftover.unlink()


def _parts(tables: NumberedTables) -> Iterator[tuple[str, pl.DataFrame]]:
    yield from tables.nodes.items()
    yield from tables.relationships.items()


def _write(target: IO[bytes], position: str, tables: NumberedTables) -> None:
    with ZipFile(target, "w") as kept:
        kept.writestr(_POSITION, f"{_VERSION} {position}")
        for name, rows in _parts(tables):
            with kept.open(f"{name}.arrow", "w", force_zip64=True) as part:
                buffer = BytesIO()
                rows.write_ipc(buffer, record_batch_size=max(rows.height, 1))
                part.write(buffer.getbuffer())


def _read(file: Path) -> tuple[str, NumberedTables]:
    expected = nothing()
    names = [name for name, _ in _parts(expected)]
    with ZipFile(file) as kept:
        written_by, _, position = kept.read(_POSITION).decode().partition(" ")
        parts = in_threads(lambda name: _frame(kept.read(f"{name}.arrow")), names)
    found = dict(zip(names, parts, strict=True))
    if written_by != _VERSION or any(found[name].schema != rows.schema for name, rows in _parts(expected)):
        raise ValueError("another version of the program has written it")
    return position, NumberedTables(
        {name: found[name] for name in expected.nodes}, {name: found[name] for name in expected.relationships}
    )


def _frame(arrow: bytes) -> pl.DataFrame:
    """The rows as they lie in the bytes, which Polars itself would copy."""
    return pl.DataFrame(pa.ipc.open_file(pa.py_buffer(arrow)).read_all())
