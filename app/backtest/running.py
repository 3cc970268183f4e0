"""The whole backtest: read once, detect as of each date, judge, report."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from app.backtest.hindsight import hindsight
from app.backtest.judging import counts_of, day_of, honest_of, judged, losses_of, money_of, people_of, rings_of
from app.backtest.plan import Plan
from app.backtest.replay import Replay
from app.backtest.report import BacktestReport
from app.judged import labels_with
from cases.casebook import Casebook
from cases.desk import now
from graph.errors import NotFoundError
from graph.numbered_graph import NumberedGraph, number_graph
from graph.reading import read_tables
from graph.store.contract import Store

Report = Callable[[int], None]
"""Is told how many dates are done."""


def run_backtest(
    store: Store,
    plan: Plan,
    truth: pl.DataFrame | None = None,
    *,
    casebook: Casebook | None = None,
    report: Report = lambda _: None,
) -> BacktestReport:
    """Detect as of each date of the plan and judge by what is known now; `truth` as `read_truth` gives it.

    Of the `casebook` each date sees what had been said by then. Nothing is written: the published run stays as it is.
    `NotFoundError` if nobody is in the store.
    """
    whole = number_graph(read_tables(store.graph, None))
    if not whole.is_applicant.any():
        raise NotFoundError("Nobody is in the store", where=store.address, do="Load tables: `ringfence ingest`.")
    known = hindsight(store.graph, _with_judgements(whole, casebook), truth)
    replay = Replay(whole, plan.threshold, casebook.standing if casebook else None)
    days = []
    for done, moment in enumerate(plan.moments, start=1):
        days.append(day_of(replay.step(moment), known))
        report(done)
    people = judged(replay.first_flags, known)
    start, end = int(plan.start.timestamp()), int(plan.end.timestamp())
    return BacktestReport(
        store=store.address,
        start=plan.start,
        end=plan.end,
        every_days=plan.every_days,
        threshold=plan.threshold,
        with_truth=truth is not None,
        days=tuple(days),
        flagged=counts_of(people),
        losses=losses_of(replay.first_flags, known, start, end),
        honest=honest_of(people, known, end) if truth is not None else None,
        money=money_of(people, known, start, end),
        rings=rings_of(replay.trails, known),
        people=people_of(people),
    )


def _with_judgements(whole: NumberedGraph, casebook: Casebook | None) -> NumberedGraph:
    """The graph with what analysts have said until now among its labels."""
    if casebook is None:
        return whole
    return replace(whole, labels=labels_with(whole.labels, casebook.standing(now()), whole.accounts))
