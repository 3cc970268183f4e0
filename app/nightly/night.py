"""One night: ingest what is new, find rings, publish them, look at what changed.

The steps are in this order, and the last night's result stays in force until the new one is published whole. A refused
table stops the night before detection: with a day's rows missing, rings would seem to shrink or to be gone.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from polars.exceptions import PanicException

from app.failures import known
from app.nightly.findings import findings_of
from app.nightly.quality import quality_of
from app.nightly.report import Failure, Findings, NightReport, Status
from app.nightly.steps import Steps
from graph.errors import BadInputError, StoreUnavailableError
from graph.language import Language
from graph.ledger import NightLine
from graph.results import Run
from graph.store.contract import Store
from ingest.pipeline import Outcome

KEPT = 90
"""How many nights the ledger keeps."""

DEFECT = 70
"""The exit code of an error that nobody foresaw (EX_SOFTWARE)."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a night does to a store: `ingest` loads the folder, `detect` finds rings and publishes them."""

    ingest: Callable[[Store, Path], Outcome]
    detect: Callable[[Store], Run]


@dataclass(slots=True)
class Night:
    """A night as it goes on. `language`: that of the rings' reasons; `error` is what stopped it, if anything did."""

    store: Store
    folder: Path
    work: Work
    language: Language = Language.EN
    error: Exception | PanicException | None = None
    _began: datetime = field(default_factory=lambda: datetime.now(UTC))
    _steps: Steps = field(default_factory=Steps)
    _outcome: Outcome = field(default_factory=Outcome)
    _previous: Run | None = None
    _current: Run | None = None
    _findings: Findings | None = None

    def run(self) -> NightReport:
        """Do the steps and report, whether they succeed or not. `BusyError` if another night is under way."""
        with self.store.exclusive("nightly"):
            try:
                self._do()
            except (Exception, PanicException) as error:
                self.error = error  # reported, and raised again by the caller
            report = self._report()
            self._keep(report)
        return report

    def _do(self) -> None:
        self._previous = self._current = self.store.runs.current()
        with self._steps.step("ingest"):
            self._outcome = self.work.ingest(self.store, self.folder)
            self._stop_if_refused()
        with self._steps.step("detect"):
            self._current = self.work.detect(self.store)
        with self._steps.step("compare"):
            self._findings = findings_of(self.store, self._current, self.language)

    def _keep(self, report: NightReport) -> None:
        """Write the night into the ledger, without what its run says itself; a store that is down has no ledger now."""
        line = NightLine(
            started_at=report.started_at, report=report.model_copy(update={"findings": None}).model_dump_json()
        )
        with suppress(StoreUnavailableError):
            self.store.ledger.keep_night(line, keep=KEPT)

    def _stop_if_refused(self) -> None:
        refused = self._outcome.refused
        tables = sorted({load.table for load in refused})
        if tables:
            rows = " (see `ringfence quarantine list`)" if any(load.quarantined for load in refused) else ""
            raise BadInputError(
                f"Refused: {', '.join(tables)}",
                where=str(self.folder),
                do=f"Correct the files{rows}, or the mapping, or allow a larger --max-bad-share.",
            )

    def _report(self) -> NightReport:
        return NightReport(
            status=Status.FAILED if self.error else Status.DONE,
            folder=str(self.folder),
            store=self.store.address,
            started_at=self._began,
            finished_at=datetime.now(UTC),
            steps=self._steps.all,
            tables=quality_of(self._outcome.loads),
            unknown_files=self._outcome.unknown_files,
            findings=self._findings,
            failure=self._failure(self.error) if self.error else None,
            in_force=self._current.run_id if self._current else None,
            previous=self._previous.run_id if self._previous else None,
        )

    def _failure(self, error: Exception | PanicException) -> Failure:
        told = known(error)
        return Failure(
            step=self._steps.failed or "start",
            error=str(told) if told else f"Unexpected {type(error).__name__}",
            exit_code=told.exit_code if told else DEFECT,
            go_on=self._go_on(error),
        )

    def _go_on(self, error: Exception | PanicException) -> str:
        """What holds now, and what to do."""
        force = f"Run {self._current.run_id} is still in force." if self._current else "No run is published yet."
        later = "Try again when the store answers: " if isinstance(error, StoreUnavailableError) else "Then "
        return (
            f"{force} What was loaded stays loaded. {later}run `ringfence nightly` again, it goes on where it stopped."
        )
