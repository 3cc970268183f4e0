"""Loads the files of one table: all are checked before any is loaded, so that they are refused or accepted together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.errors import BadInputError
from graph.ledger import Load, LoadStatus
from graph.store.contract import Store
from ingest.identity import load_id
from ingest.loading import load_chunks
from ingest.options import Options, Report
from ingest.refusing import refuse, too_bad
from ingest.sources import SourceFile
from ingest.spool import Spool, Staged, spool_root
from ingest.staging import stage


@dataclass(frozen=True, slots=True)
class _Job:
    """A file on its way, with its line of the ledger."""

    file: SourceFile
    load: Load
    spool: Spool

    @property
    def accepted(self) -> bool:
        """Was it accepted before, in a run that was stopped while loading?"""
        return self.load.status is LoadStatus.LOADING


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """Files of one table after the first pass: to be loaded, loaded before, and why the new ones cannot be."""

    jobs: tuple[_Job, ...]
    already: tuple[Load, ...]
    reason: str


def check_table(store: Store, files: Sequence[SourceFile], options: Options, report: Report) -> CheckedTable:
    """First pass over what is new. Changes nothing in the store."""
    jobs, already = _jobs(store, files, options)
    return CheckedTable(tuple(jobs), tuple(already), _why_not(jobs, options, report))


def load_table(store: Store, table: CheckedTable, options: Options, report: Report) -> list[Load]:
    """Second pass; returns the loads made or refused now."""
    refused = []
    jobs = table.jobs
    if table.reason:
        refused = [refuse(store, job.load, job.spool, table.reason) for job in jobs if not job.accepted]
        jobs = tuple(job for job in jobs if job.accepted)
    loads = [_accept(store, job, options, report) for job in jobs]
    return refused + [_load(store, job, load, options, report) for job, load in zip(jobs, loads, strict=True)]


def _jobs(store: Store, files: Sequence[SourceFile], options: Options) -> tuple[list[_Job], list[Load]]:
    """What there is to do, each content once, and what was done before."""
    jobs: dict[str, _Job] = {}
    already = []
    root = spool_root(options.work_dir, store.address)
    for file in files:
        identity = load_id(file, options)
        known = store.ledger.load(identity)
        if known is not None and known.status is LoadStatus.DONE:
            already.append(known)
        elif identity not in jobs:
            resumed = known if known is not None and known.status is LoadStatus.LOADING else None
            jobs[identity] = _Job(file, resumed or _new(identity, file), Spool(root / identity, store.graph.chunk_rows))
    return list(jobs.values()), already


def _new(identity: str, file: SourceFile) -> Load:
    now = datetime.now(UTC)
    # Refused until the whole table has been checked.
    return Load(load_id=identity, table=file.table.name, file=file.name, status=LoadStatus.REFUSED, started_at=now)


def _why_not(jobs: Sequence[_Job], options: Options, report: Report) -> str:
    """Check the files that were not accepted before; why they cannot be loaded, or nothing."""
    staged: list[Staged] = []
    for job in (job for job in jobs if not job.accepted):
        try:
            staged.append(stage(job.file, job.spool, options, report))
        except BadInputError as error:
            return str(error)
    return too_bad(staged, options.max_bad_share)


def _accept(store: Store, job: _Job, options: Options, report: Report) -> Load:
    """Write down that the file is being loaded, before its first chunk is."""
    if job.accepted:
        return job.load
    staged = stage(job.file, job.spool, options, report)
    found = {
        "rows_read": staged.rows_read,
        "placeholders": staged.placeholders,
        "unknown_columns": staged.unknown_columns,
    }
    load = job.load.model_copy(update={"status": LoadStatus.LOADING, **found})
    store.ledger.record(load)
    return load


def _load(store: Store, job: _Job, load: Load, options: Options, report: Report) -> Load:
    """Load what is not in the graph yet; a spool that was lost in between is made again, the same as before."""
    stage(job.file, job.spool, options, report)
    return load_chunks(store, job.file, job.spool, load, report)
