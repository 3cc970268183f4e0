"""`ringfence ingest` and `ringfence ledger`: load a folder of tables, and see what was loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.cli.console import JsonOption, StoreOption, err, out, overriding, print_json, progress, settings_with
from app.plain_text import printable
from app.settings import Settings
from app.wiring import store_of
from graph.errors import BadInputError
from graph.ledger import Load, LoadStatus
from graph.ontology import INPUT_TABLES
from ingest.feeding import keeps_extras
from ingest.mapping import read_mapping
from ingest.options import Options, Phase, Progress, Report
from ingest.pipeline import Outcome, load_folder
from ingest.sources import find_sources

_TABLES = {table.name: table for table in INPUT_TABLES}

MappingOption = Annotated[
    Path | None, typer.Option("--mapping", help="TOML file that says how your files and columns are named.")
]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of text files; UTF-8 and GB18030 are detected.")
]
RegionOption = Annotated[
    str | None,
    typer.Option("--region", help=overriding("region", "Your country, for phones without a country code.")),
]
ShareOption = Annotated[
    float | None,
    typer.Option(
        "--max-bad-share",
        min=0.0,
        max=1.0,
        help=overriding("max_bad_share", "Refuse a table with a larger share of bad rows."),
    ),
]


def ingest(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder with the tables: CSV, JSON lines, Parquet.")
    ],
    mapping: MappingOption = None,
    encoding: EncodingOption = None,
    region: RegionOption = None,
    max_bad_share: ShareOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load what is new in a folder of tables into the graph. Run it again after any stop: nothing is loaded twice."""
    settings = settings_with(store=store, region=region, max_bad_share=max_bad_share)
    options = ingest_options(settings, mapping, encoding)
    find_sources(folder, options.mapping)  # a wrong folder is said before there is a store for it
    with store_of(settings) as opened, reporting() as report:
        outcome = load_folder(opened, folder, options, report)
    if as_json:
        print_json(_document(outcome))
    else:
        _tell(outcome)
    if outcome.refused:
        names = ", ".join(dict.fromkeys(load.table for load in outcome.refused))
        rows = (
            " The bad rows: `ringfence quarantine list`." if any(load.quarantined for load in outcome.refused) else ""
        )
        raise BadInputError(f"Nothing was loaded of: {names}", do=f"See the reasons above.{rows}")


def ingest_options(settings: Settings, mapping: Path | None = None, encoding: str | None = None) -> Options:
    """What the settings and the command line say about loading."""
    return Options(
        work_dir=settings.work_dir,
        region=settings.region,
        max_bad_share=settings.max_bad_share,
        encoding=encoding,
        mapping=read_mapping(mapping) if mapping else None,
    )


@contextmanager
def reporting() -> Iterator[Report]:
    """Progress bars, one for each phase: a file is loaded while the next one is checked."""
    with progress() as display:
        tasks = {phase: display.add_task(phase, total=None, visible=False) for phase in Phase}

        def report(step: Progress) -> None:
            name = printable(f"{step.phase} {step.file}")
            display.update(tasks[step.phase], description=name, completed=step.done, total=step.total, visible=True)

        yield report


def ledger(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Show which file was loaded when: rows of the file, and the nodes and relationships that they became.

    "graph new" and "graph merged" count nodes and relationships, of which a row makes several or none: they do not add
    up to "rows read".
    """
    with store_of(settings_with(store=store)) as opened:
        loads = opened.ledger.loads()
    if as_json:
        print_json([load.model_dump(mode="json") for load in loads])
    else:
        out.print(_loads_table(loads, times=True))


def _document(outcome: Outcome) -> dict[str, object]:
    return {
        "loads": [load.model_dump(mode="json") for load in outcome.loads],
        "already_loaded": [load.model_dump(mode="json") for load in outcome.already],
        "unknown_files": list(outcome.unknown_files),
    }


def _tell(outcome: Outcome) -> None:
    if outcome.loads:
        out.print(_loads_table(list(outcome.loads)))
    for load in outcome.already:
        out.print(f"{printable(load.file)}: already loaded on {load.started_at:%Y-%m-%d %H:%M} UTC")
    for load in outcome.refused:
        err.print(printable(f"{load.file}: refused: {load.reason}"), soft_wrap=True)
    _warn(outcome)


def _warn(outcome: Outcome) -> None:
    """What the user may not have meant."""
    for name in outcome.unknown_files:
        err.print(f"{name!r}: belongs to no known table, left alone", soft_wrap=True)
    unknown: dict[str, dict[str, None]] = {}
    for load in outcome.loads:
        unknown.setdefault(load.table, {}).update(dict.fromkeys(load.unknown_columns))
    for table, columns in unknown.items():
        if columns:
            fate = "kept as extra properties" if keeps_extras(_TABLES[table]) else "left out"
            err.print(f"{table}: unknown columns, {fate}: {', '.join(map(repr, columns))}", soft_wrap=True)


def _loads_table(loads: list[Load], *, times: bool = False) -> Table:
    table = Table(box=None, header_style="bold")
    for name in ("file", *(["started (UTC)"] if times else []), "status"):
        table.add_column(name, overflow="fold")
    for name in ("rows read", "rows bad", "graph new", "graph merged", "placeholders"):
        table.add_column(name, justify="right")
    for load in loads:
        started = [f"{load.started_at:%Y-%m-%d %H:%M}"] if times else []
        status = load.status if load.status is not LoadStatus.LOADING else "stopped half-way: run again"
        figures = (load.rows_read, load.quarantined, load.loaded, load.merged, load.placeholders)
        table.add_row(_named(load), *started, status, *(f"{figure:,}" for figure in figures))
    return table


def _named(load: Load) -> str:
    """The file, and its table where the name does not say it."""
    return printable(load.file if load.file.startswith(load.table) else f"{load.file} ({load.table})")
