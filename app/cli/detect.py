"""`ringfence detect`: find rings in the store and publish them."""

from datetime import UTC, datetime
from time import perf_counter
from typing import Annotated

import typer

from app.cli.console import JsonOption, StoreOption, err, out, print_json, progress, settings_with
from app.detection import STEPS, Outcome, run_detection
from app.draining import drain_accepted
from app.wiring import casebook_of, store_of

AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"],
        help="Look only at what was known then: 2026-01-31, or 2026-01-31T12:00:00, UTC. Default: the latest time.",
    ),
]


def detect(as_of: AsOf = None, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Find fraud rings and publish them; readers see the earlier run until the new one is complete."""
    settings = settings_with(store=store)
    start = perf_counter()
    with store_of(settings) as opened, casebook_of(settings) as casebook, progress() as display:
        task = display.add_task(STEPS[0], total=len(STEPS))

        def report(step: str) -> None:
            display.update(task, description=step, completed=STEPS.index(step))

        drain_accepted(opened, settings)
        before = opened.runs.current()
        moment = as_of.replace(tzinfo=UTC) if as_of else None
        outcome = run_detection(
            opened,
            keep_runs=settings.keep_runs,
            as_of=moment,
            work_dir=settings.work_dir,
            casebook=casebook,
            report=report,
        )
        display.update(task, completed=len(STEPS))
    seconds = perf_counter() - start
    if before is not None and outcome.run.as_of < before.as_of:
        err.print(
            f"Run {before.run_id} looked up to {before.as_of:%Y-%m-%d %H:%M} UTC; this one looks back further and now "
            "stands in its place. `ringfence detect` without --as-of brings the present back.",
            soft_wrap=True,
        )
    if as_json:
        print_json({"run": outcome.run.model_dump(mode="json"), "changes": outcome.changes, "seconds": seconds})
    else:
        _summary(outcome, seconds)


def _summary(outcome: Outcome, seconds: float) -> None:
    run = outcome.run
    changes = ", ".join(f"{count} {change}" for change, count in outcome.changes.items() if count) or "none"
    out.print(f"Run {run.run_id}, as of {run.as_of:%Y-%m-%d %H:%M} UTC: {run.rings:,} rings among", end=" ")
    out.print(f"{run.applicants:,} applicants, in {seconds:.1f} s.")
    out.print(f"Rings by change: {changes}. See them with `ringfence rings`.")
