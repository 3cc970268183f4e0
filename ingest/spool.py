"""A file's checked rows on disk, chunk by chunk, until all of it is in the graph."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl
from pydantic import BaseModel, ConfigDict

from graph.errors import OutputError
from ingest.checking import BAD


class Staged(BaseModel):
    """What staging found in a file.

    `swallowed`: lines that bad rows took with them (a quote that is not closed). `cut`: the last row was unreadable.
    """

    model_config = ConfigDict(frozen=True)

    rows_read: int = 0
    quarantined: int = 0
    swallowed: int = 0
    cut: bool = False
    placeholders: int = 0
    chunks: int = 0
    unknown_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spool:
    """A folder of chunks: `good(n)` and `bad(n)`. It is whole when it has its `staged` summary, written last.

    `chunk_rows`: rows of the file in a chunk, the same whenever the spool is made again.
    """

    folder: Path
    chunk_rows: int

    def staged(self) -> Staged | None:
        """The summary, or None where staging has not come to its end."""
        try:
            return Staged.model_validate_json(self._summary.read_bytes())
        except (OSError, ValueError):
            return None

    def begin(self) -> None:
        """Make an empty folder, for its owner alone: what is in it is personal data."""
        self.remove()
        with writing_errors(self.folder):
            self.folder.mkdir(mode=0o700, parents=True)

    def add(self, chunk: int, good: pl.DataFrame, bad: pl.DataFrame) -> None:
        """Write one chunk."""
        with writing_errors(self.folder):
            good.write_parquet(self._part(chunk, "good"), compression="lz4", statistics=False)
            if bad.height:
                bad.write_parquet(self._part(chunk, "bad"), compression="lz4", statistics=False)

    def finish(self, staged: Staged) -> None:
        """Write the summary: in one step, so that a spool is whole or not."""
        draft = self._summary.with_suffix(".new")
        with writing_errors(self.folder):
            draft.write_text(staged.model_dump_json())
            draft.replace(self._summary)

    def chunks(self) -> int:
        """Number of chunks of a whole spool."""
        staged = self.staged()
        if staged is None:
            raise self._vanished()
        return staged.chunks

    def good(self, chunk: int) -> pl.DataFrame:
        """Rows of a chunk that can be loaded."""
        try:
            return pl.read_parquet(self._part(chunk, "good"), memory_map=False)
        except (OSError, pl.exceptions.ComputeError) as error:
            raise self._vanished() from error

    def bad(self, chunk: int) -> pl.DataFrame:
        """Rows of a chunk for the quarantine."""
        part = self._part(chunk, "bad")
        return pl.read_parquet(part, memory_map=False) if part.exists() else pl.DataFrame(schema=BAD)

    def remove(self) -> None:
        """Give the disk back."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def written(self) -> int:
        """Number of chunks, also where staging stopped half-way."""
        return len(list(self.folder.glob("*.good.parquet")))

    @property
    def _summary(self) -> Path:
        return self.folder / "staged.json"

    def _vanished(self) -> OutputError:
        """The error of a spool that cannot be used; what is left of it goes, so that the next run begins anew."""
        self.remove()
        return OutputError(
            "The work files are gone or damaged",
            where=str(self.folder),
            do="Run again: they are made anew, and what is in the graph stays.",
        )

    def _part(self, chunk: int, kind: str) -> Path:
        return self.folder / f"{chunk:06d}.{kind}.parquet"


def spool_root(work_dir: Path, store_address: str) -> Path:
    """Where the spools of one store are: two stores may be loaded from the same files at the same time."""
    return work_dir / "spool" / sha256(store_address.encode()).hexdigest()[:12]


@contextmanager
def writing_errors(folder: Path) -> Iterator[None]:
    """A full disk, or a folder that cannot be written, as an error that the user can act on."""
    try:
        yield
    except (OSError, pl.exceptions.ComputeError) as error:
        raise OutputError(
            f"The work files cannot be written: {error}",
            where=str(folder),
            do="Make room or set RINGFENCE_WORK_DIR to another disk, then run again: nothing of the file was loaded.",
        ) from error
