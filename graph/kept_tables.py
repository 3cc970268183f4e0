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
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from zipfile import BadZipFile, ZipFile

import polars as pl
import pyarrow as pa
from polars.exceptions import PolarsError

from graph.reading import Tables, schemas
from graph.threads import in_threads

log = logging.getLogger("ringfence.detect")

_DAMAGE = (BadZipFile, KeyError, OSError, ValueError, RuntimeError, EOFError, struct.error, PolarsError)
"""What a file raises of which any byte may be wrong."""

_POSITION = "position"


@dataclass(frozen=True, slots=True)
class KeptTables:
    """The place where tables of one store are kept. Only one process at a time may save there."""

    file: Path

    @classmethod
    def of(cls, work_dir: Path, store_address: str) -> "KeptTables":
        """Where those of this store are kept in a folder of work files."""
        return cls(work_dir / "detect" / f"{sha256(store_address.encode()).hexdigest()[:12]}.zip")

    def load(self) -> tuple[str, Tables] | None:
        """The position and the tables that were saved last; None if there are none that can be used."""
        try:
            return _read(self.file)
        except FileNotFoundError:
            return None
        except _DAMAGE as error:
            log.warning("%s cannot be used (%s): everything is read anew.", self.file, error or type(error).__name__)
            return None

    def save(self, position: str, tables: Tables) -> None:
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


def _parts(tables: Tables) -> Iterator[tuple[str, pl.DataFrame]]:
    yield from tables.nodes.items()
    yield from tables.relationships.items()


def _write(target: IO[bytes], position: str, tables: Tables) -> None:
    with ZipFile(target, "w") as kept:
        kept.writestr(_POSITION, position)
        for name, rows in _parts(tables):
            with kept.open(f"{name}.arrow", "w", force_zip64=True) as part:
                buffer = BytesIO()
                rows.write_ipc(buffer, record_batch_size=max(rows.height, 1))
                part.write(buffer.getbuffer())


def _read(file: Path) -> tuple[str, Tables]:
    nodes, relationships = schemas()
    with ZipFile(file) as kept:
        position = kept.read(_POSITION).decode()
        parts = in_threads(lambda name: _frame(kept.read(f"{name}.arrow")), [*nodes, *relationships])
    found = dict(zip([*nodes, *relationships], parts, strict=True))
    if any(found[name].schema != schema for name, schema in (nodes | relationships).items()):
        raise ValueError("another version of the program has written it")
    return position, Tables({name: found[name] for name in nodes}, {name: found[name] for name in relationships})


def _frame(arrow: bytes) -> pl.DataFrame:
    """The rows as they lie in the bytes, which Polars itself would copy."""
    return pl.DataFrame(pa.ipc.open_file(pa.py_buffer(arrow)).read_all())
