"""The store as requests see it: opened as soon as it is there, asked where the question delays nobody else."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar, TypeVarTuple

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from app.api.errors import NoRunError, UnknownApplicantError, UnknownRingError, UnknownRunError
from app.api.lazily import Lazily
from app.api.models import RingsQuestion
from decisions.guard import Guard
from graph.errors import StoreUnavailableError
from graph.results import ApplicantScore, Ring, RingSummary, Run
from graph.store.contract import Store

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

BUDGET = 4.0
"""Seconds that a remote store has for an answer."""


class Lookups:
    """Answers of the published run. Thread-safe.

    `embedded`: a score takes microseconds and no network, so it is read on the event loop, which is faster than
    to hand it to a thread; everything else runs in threads. A remote store is asked through the guard, so that one
    that is dead or hangs holds nobody for longer than the budget.
    """

    def __init__(self, open_store: Callable[[], Store], guard: Guard, *, embedded: bool) -> None:
        self._opening = Lazily(open_store)
        self._guard = guard
        self._embedded = embedded
        self._latest: Run | None = None

    async def open(self) -> None:
        """Open the store if it answers; if not, the first request after it came back will."""
        try:
            await self._ask(self.store)
        except StoreUnavailableError:
            return

    async def close(self) -> None:
        """Give the store back."""
        self._guard.close()
        await run_in_threadpool(self._opening.close)

    def store(self) -> Store:
        """The open store; `StoreUnavailableError` if it does not answer."""
        return self._opening.get()

    async def _ask(self, fn: Callable[[*Ts], T], *args: *Ts) -> T:
        if self._embedded:
            return await run_in_threadpool(fn, *args)
        return await self._guard.call(fn, *args, within=BUDGET)

    async def ready(self) -> Run:
        """The published run, after the store has answered."""
        return await self._ask(self._ready)

    async def published(self) -> Run:
        """The published run."""
        return await self._ask(self._published)

    def _ready(self) -> Run:
        self.store().ping()
        return self._published()

    def _published(self) -> Run:
        run = self.store().runs.current()
        if run is None:
            raise NoRunError
        return run

    def _kept(self, run_id: str) -> Run | None:
        """A run by its id; the latest asked for is remembered, so that a score costs one question."""
        latest = self._latest
        if latest is None or latest.run_id != run_id:
            latest = next((run for run in self.store().runs.runs() if run.run_id == run_id), None)
            self._latest = latest
        return latest

    async def score(self, applicant_id: str) -> tuple[ApplicantScore, Run]:
        """One applicant's score and the run it is from."""
        if self._embedded:
            return self._score(applicant_id)
        return await self._ask(self._score, applicant_id)

    def _score(self, applicant_id: str) -> tuple[ApplicantScore, Run]:
        score = self.store().runs.score(applicant_id)
        if score is None:
            self._published()
            raise UnknownApplicantError
        run = self._kept(score.run_id)
        return (score, run) if run else self._score(applicant_id)  # that run was just replaced and forgotten

    async def scores(self, applicant_ids: Sequence[str]) -> tuple[dict[str, ApplicantScore], Run]:
        """Scores of those who are known, and the run they are from."""
        return await self._ask(self._scores, applicant_ids)

    def _scores(self, applicant_ids: Sequence[str]) -> tuple[dict[str, ApplicantScore], Run]:
        run = self._published()
        scores = self.store().runs.scores(applicant_ids)
        fresh = all(score.run_id == run.run_id for score in scores.values())
        return (scores, run) if fresh else self._scores(applicant_ids)  # a run was published in between

    async def rings(self, question: RingsQuestion) -> tuple[list[RingSummary], int, Run]:
        """A page of rings, how many there are in all, and the run they are from."""
        return await self._ask(self._rings, question)

    def _rings(self, question: RingsQuestion) -> tuple[list[RingSummary], int, Run]:
        run = self._run(question.run_id)
        runs, where = self.store().runs, question.where
        page = runs.rings(where, order=question.order, offset=question.offset, limit=question.limit, run_id=run.run_id)
        return page, runs.count_rings(where, run_id=run.run_id), run

    async def ring(self, ring_id: str, run_id: str | None) -> tuple[Ring, Run]:
        """One ring and the run it is from."""
        return await self._ask(self._ring, ring_id, run_id)

    def _ring(self, ring_id: str, run_id: str | None) -> tuple[Ring, Run]:
        run = self._run(run_id)
        ring = self.store().runs.ring(ring_id, run_id=run.run_id)
        if ring is None:
            raise UnknownRingError
        return ring, run

    def _run(self, run_id: str | None) -> Run:
        run = self._published() if run_id is None else self._kept(run_id)
        if run is None:
            raise UnknownRunError
        return run


async def _lookups(request: Request) -> Lookups:
    lookups: Lookups = request.app.state.lookups
    return lookups


Asked = Annotated[Lookups, Depends(_lookups)]
