"""The ledger's words: which file was loaded when, how far, which rows are in quarantine, and how the nights went."""

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from graph.chunk import MergeCounts


class LoadStatus(StrEnum):
    """How far a file has come."""

    LOADING = "loading"
    DONE = "done"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


class Load(BaseModel):
    """One file of one table. `load_id` is derived from the file's content and its mapping, not from its name.

    `rows_read` and `quarantined` count rows of the file; every row is either quarantined or merged into the graph.
    `loaded` and `merged` count what rows became there, nodes and relationships that were new and that were known: a row
    makes several, or none, so they do not add up to the rows. `placeholders` counts values that link nobody.
    `chunks_done` is where a resumed load goes on. `reason` says why a load was refused, or superseded: it had stopped
    half-way when its file was replaced by another, so that what is in the graph of it stays, and no more comes.
    """

    model_config = ConfigDict(frozen=True)

    load_id: str
    table: str
    file: str
    status: LoadStatus
    started_at: datetime
    finished_at: datetime | None = None
    rows_read: int = 0
    loaded: int = 0
    merged: int = 0
    quarantined: int = 0
    placeholders: int = 0
    chunks_done: int = 0
    unknown_columns: tuple[str, ...] = ()
    reason: str = ""

    def with_chunk(self, quarantined: int) -> Self:
        """The line when one more chunk is done, which has so many bad rows."""
        return self.model_copy(
            update={"chunks_done": self.chunks_done + 1, "quarantined": self.quarantined + quarantined}
        )

    def with_counts(self, counts: MergeCounts) -> Self:
        """The line when so much more is in the graph."""
        return self.model_copy(update={"loaded": self.loaded + counts.loaded, "merged": self.merged + counts.merged})


class NightLine(BaseModel):
    """One night, done or failed: when it began, and its report (JSON)."""

    model_config = ConfigDict(frozen=True)

    started_at: datetime
    report: str


class QuarantinedRow(BaseModel):
    """A row that was not loaded. `raw` is the row as it came (JSON object of column to text); `value` is masked.

    `line` counts records of the file from 1, the header not counted for CSV. `column` is empty where the row as a
    whole could not be read.
    """

    model_config = ConfigDict(frozen=True)

    load_id: str
    file: str
    table: str
    line: int
    column: str
    value: str
    reason: str
    raw: str
