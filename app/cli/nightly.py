"""`ringfence nightly`: the batch of every night."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import JsonOption, LangOption, StoreOption, err, out, print_json, progress, settings_with
from app.cli.ingest import EncodingOption, MappingOption, RegionOption, ShareOption, ingest_options, reporting
from app.detection import run_detection
from app.draining import drain_accepted
from app.nightly.night import Night, Work
from app.nightly.report import NightReport
from app.nightly.writing import try_folder, write_report
from app.settings import Settings
from app.wiring import casebook_of, store_of
from graph.errors import OutputError
from graph.language import Language
from graph.results import Run
from graph.store.contract import Store
from ingest.options import Options
from ingest.pipeline import Outcome, load_folder

ReportsOption = Annotated[Path, typer.Option("--reports", help="Folder for the report: HTML, Markdown and JSON.")]


def nightly(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder with the tables; files that were loaded are skipped.")
    ],
    reports: ReportsOption = Path("reports"),
    mapping: MappingOption = None,
    encoding: EncodingOption = None,
    region: RegionOption = None,
    max_bad_share: ShareOption = None,
    lang: LangOption = Language.EN,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ingest what is new, find rings, publish them, and write what changed.

    If a step fails, or a table is refused, the last result stays in force, the report says how to go on, and the exit
    code is that of the error. A second nightly on the same store ends at once with exit code 75.
    """
    settings = settings_with(store=store, region=region, max_bad_share=max_bad_share)
    work = _work(settings, ingest_options(settings, mapping, encoding))
    try_folder(reports)
    with store_of(settings) as opened:
        night = Night(opened, folder, work, lang)
        report = night.run()
    files = _written(night, report, reports)
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        _tell(report, files)
    if night.error:
        raise night.error


def _work(settings: Settings, options: Options) -> Work:
    """The steps, with progress where somebody watches."""

    def ingest(store: Store, folder: Path) -> Outcome:
        with reporting() as report:
            return load_folder(store, folder, options, report)

    def detect(store: Store) -> Run:
        drain_accepted(store, settings)
        with casebook_of(settings) as casebook, progress() as display:
            task = display.add_task("Detecting", total=None)
            outcome = run_detection(
                store,
                keep_runs=settings.keep_runs,
                work_dir=settings.work_dir,
                casebook=casebook,
                report=lambda step: display.update(task, description=step),
            )
        return outcome.run

    return Work(ingest, detect)


def _written(night: Night, report: NightReport, folder: Path) -> tuple[Path, ...]:
    """The report's files. Where they cannot be written any more, the night's own error is the one to be raised."""
    try:
        return write_report(report, folder)
    except OutputError as error:
        if night.error:
            err.print(f"No report was written. {error}", soft_wrap=True)
            raise night.error from error
        raise OutputError(
            f"Run {report.in_force} is in force, but its report is not there: {error.what}",
            where=error.where,
            do="Read it with `ringfence rings`; the next night is reported again.",
        ) from error


def _tell(report: NightReport, files: tuple[Path, ...]) -> None:
    if report.findings:
        counts = ", ".join(f"{each.count:,} {each.change.value}" for each in report.findings.changes if each.count)
        out.print(f"Run {report.in_force} is published. Rings: {counts or 'none'}.")
    if report.failure:
        out.print(f"Failed in step {report.failure.step}. {report.failure.go_on}", soft_wrap=True)
    out.print(f"Report: {', '.join(map(str, files))}", soft_wrap=True)
