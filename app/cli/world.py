"""`ringfence world`: a sample world to try everything on."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import JsonOption, out, print_json, progress
from graph.ontology import INPUT_TABLES
from ingest.world import DifficultyChoice, Format, Knobs, generate


def world(  # noqa: PLR0913, PLR0917 - one argument for each option
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="A new or empty folder.")],
    applicants: Annotated[int, typer.Option(min=1_000, help="How many people.")] = 20_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same world.")] = 1,
    difficulty: Annotated[DifficultyChoice, typer.Option(help="How well rings hide.")] = DifficultyChoice.MIXED,
    days: Annotated[int, typer.Option(min=60, max=3_650, help="How long it lasts.")] = 180,
    file_format: Annotated[Format, typer.Option("--format", help="Of the files.")] = Format.PARQUET,
    nights: Annotated[int, typer.Option(min=0, help="Put the last N days into a folder each.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Write a sample world: a lender's tables, and beside them (in the folder truth) which rings are in it."""
    if nights >= days:
        raise typer.BadParameter("must be less than the days", param_hint="--nights")
    knobs = Knobs(applicants=applicants, seed=seed, difficulty=difficulty, days=days)
    with progress() as display:
        task = display.add_task("Writing tables", total=len(INPUT_TABLES))
        done = generate(folder, knobs, file_format, nights, lambda _: display.advance(task))
    if as_json:
        print_json(asdict(done))
        return
    out.print(f"{sum(done.rows.values()):,} rows in {len(done.rows)} tables, with {done.rings:,} rings.")
    out.print(f"{done.fraudsters:,} of {applicants:,} applicants are fraudsters. The truth is in {folder / 'truth'}.")
