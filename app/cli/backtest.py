"""`ringfence backtest`: what detection would have caught, and when."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.table import Table

from app.backtest.plan import FLAGGED, Plan
from app.backtest.rendering import check_suffix, write_report
from app.backtest.report import BacktestReport
from app.backtest.truth import read_truth
from app.backtest.wording import sentences
from app.cli.console import JsonOption, StoreOption, err, out, print_json, progress, settings_with
from app.wiring import casebook_of, store_of

FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]
MOST_RINGS = 20
"""How many rings the terminal shows; the JSON has them all."""

From = Annotated[datetime, typer.Argument(metavar="FROM", formats=FORMATS, help="The first date (UTC).")]
To = Annotated[datetime, typer.Argument(metavar="TO", formats=FORMATS, help="No date is later than this (UTC).")]
Every = Annotated[int, typer.Option("--every", min=1, help="Days from one date to the next.")]
Threshold = Annotated[
    float, typer.Option("--threshold", min=0, max=1, help="An applicant with this score or more is flagged.")
]
Truth = Annotated[
    Path | None,
    typer.Option(
        "--truth", help="Who is a fraudster, for judging alone: a file with applicant_id, is_fraud and perhaps lost_at."
    ),
]
ReportFile = Annotated[Path | None, typer.Option("--report", help="Write a page to this .html or .md file.")]


def backtest(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    start: From,
    end: To,
    every: Every = 7,
    threshold: Threshold = FLAGGED,
    truth: Truth = None,
    report: ReportFile = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Detect as of one date after the other, and judge by what became known later. Publishes nothing."""
    from app.backtest.running import run_backtest  # noqa: PLC0415 (takes seconds to load)

    if end < start:
        raise typer.BadParameter("must not be before FROM", param_hint="TO")
    if report:
        check_suffix(report)
    plan = Plan(start.replace(tzinfo=UTC), end.replace(tzinfo=UTC), every, threshold)
    told = read_truth(truth) if truth else None
    begun = perf_counter()
    settings = settings_with(store=store)
    with store_of(settings) as opened, casebook_of(settings) as casebook, progress() as display:
        task = display.add_task("Detecting as of each date", total=len(plan.moments))

        def report_done(done: int) -> None:
            display.update(task, completed=done)

        found = run_backtest(opened, plan, told, casebook=casebook, report=report_done)
    if report:
        write_report(found, report)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _show(found)
        err.print(f"{len(found.days):,} dates in {perf_counter() - begun:.1f} s.")


def _show(report: BacktestReport) -> None:
    out.print(_days(report), "", _rings(report), "", sep="\n")
    if len(report.rings) > MOST_RINGS:
        out.print(f"{MOST_RINGS} of {len(report.rings):,} rings, those of the highest scores.\n")
    for sentence in sentences(report):
        out.print(sentence, soft_wrap=True)


def _days(report: BacktestReport) -> Table:
    table = _table("as of", "applicants", "rings", "flagged", "new", "fraud", "known", "legit", "open")
    for day in report.days:
        people = day.flagged
        counts = (
            day.applicants,
            day.rings,
            people.total,
            day.new,
            people.fraud,
            people.known,
            people.legit,
            people.open,
        )
        table.add_row(f"{day.as_of:%Y-%m-%d}", *(f"{count:,}" for count in counts))
    return table


def _rings(report: BacktestReport) -> Table:
    table = _table("ring", "first seen", "last seen", "members", "score", "fraud", "legit")
    for ring in sorted(report.rings, key=lambda ring: -ring.score)[:MOST_RINGS]:
        dates = (f"{ring.first_on:%Y-%m-%d}", f"{ring.last_on:%Y-%m-%d}")
        table.add_row(ring.ring_id, *dates, str(ring.size), f"{ring.score:.3f}", str(ring.fraud), str(ring.legit))
    return table


def _table(*names: str) -> Table:
    table = Table(box=None, header_style="bold")
    for at, name in enumerate(names):
        table.add_column(name, justify="left" if at == 0 or name.endswith("seen") else "right")
    return table
