"""`ringfence export`: results as files for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import StoreOption, err, settings_with
from app.exports import export_rings, export_scores
from app.wiring import store_of

export = typer.Typer(help="Write results to files for other programs.", no_args_is_help=True)

Target = Annotated[
    Path, typer.Argument(metavar="OUT", help="The file to write: .csv or .parquet. Replaced only by a whole one.")
]


@export.command()
def rings(out: Target, store: StoreOption = None) -> None:
    """Write every member of every ring: ring_id, applicant_id, score.

    In CSV an id that a spreadsheet would take for a formula has an apostrophe before it; Parquet has it as it is.
    """
    with store_of(settings_with(store=store)) as opened:
        err.print(f"{export_rings(opened, out):,} rows written to {out}")


@export.command()
def scores(out: Target, store: StoreOption = None) -> None:
    """Write every applicant with his score: applicant_id, score (0 where nothing was found).

    In CSV an id that a spreadsheet would take for a formula has an apostrophe before it; Parquet has it as it is.
    """
    with store_of(settings_with(store=store)) as opened:
        err.print(f"{export_scores(opened, out):,} rows written to {out}")
