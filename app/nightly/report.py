"""What a night has to say, as data. The same report is written as JSON, Markdown and HTML."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from app.score_spread import ScoreBin
from graph.language import Language
from graph.results import Change, RingSummary, Run


class Status(StrEnum):
    """How a night, or one step of it, ended."""

    DONE = "done"
    FAILED = "failed"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Step(_Part):
    """One step of the night."""

    name: str
    status: Status
    seconds: float


class Failure(_Part):
    """Why the night stopped, and how to go on."""

    step: str
    error: str
    exit_code: int
    go_on: str


class TableQuality(_Part):
    """What became of the new files of one table. `refused` says why, for each file that was not loaded.

    `rows_read` and `quarantined` count rows of the files, `loaded` and `merged` nodes and relationships of the graph.
    """

    table: str
    files: int
    rows_read: int
    loaded: int
    merged: int
    quarantined: int
    placeholders: int
    unknown_columns: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def bad_share(self) -> float:
        """Share of the rows that went into quarantine."""
        return self.quarantined / self.rows_read if self.rows_read else 0.0


class Changes(_Part):
    """Rings that stand to the run before in one way. `ring_ids` is empty for those that stayed the same."""

    change: Change
    count: int
    ring_ids: tuple[str, ...] = ()


class Findings(_Part):
    """What the published run found. `clear`: applicants whose score is 0; `language`: that of the rings' reasons."""

    run: Run
    changes: tuple[Changes, ...]
    top: tuple[RingSummary, ...]
    language: Language = Language.EN
    clear: int
    scores: tuple[ScoreBin, ...]


class NightReport(_Part):
    """One night. `in_force`: the run that readers see now; `findings`: what it found, unless it failed before that."""

    status: Status
    folder: str
    store: str
    started_at: datetime
    finished_at: datetime
    steps: tuple[Step, ...]
    tables: tuple[TableQuality, ...] = Field(default=(), description="Tables that had new files")
    unknown_files: tuple[str, ...] = Field(default=(), description="Files that belong to no known table")
    findings: Findings | None = None
    failure: Failure | None = None
    in_force: str | None = None
    previous: str | None = None
