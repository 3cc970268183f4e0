"""`ringfence quarantine`: rows that were not loaded, and their way back."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.cli.console import JsonOption, StoreOption, err, out, print_json, settings_with
from app.cli.ingest import EncodingOption, RegionOption, ingest_options
from app.files import replacing
from app.plain_text import printable
from app.wiring import store_of
from graph.errors import BadInputError
from graph.ledger import QuarantinedRow
from ingest.quarantine import export_quarantine, load_corrected

quarantine = typer.Typer(help="List, export and load again the rows that could not be loaded.", no_args_is_help=True)

TableOption = Annotated[str | None, typer.Option("--table", help="Only rows of this table.")]


@quarantine.command(name="list")
def list_(
    table: TableOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show at most so many rows.")] = 50,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show rows in quarantine: file, line, column, the value (masked) and what is wrong with it."""
    with store_of(settings_with(store=store)) as opened:
        rows = list(islice(opened.ledger.quarantine(table=table), limit + 1))
    if as_json:
        print_json([row.model_dump(mode="json", exclude={"raw"}) for row in rows[:limit]])
        return
    out.print(_rows_table(rows[:limit]))
    if len(rows) > limit:
        err.print("There are more: raise --limit, or export them.")


@quarantine.command()
def export(
    out_file: Annotated[
        Path, typer.Argument(metavar="OUT.csv", help="The CSV file to write: personal data, unmasked.")
    ],
    table: TableOption = None,
    store: StoreOption = None,
) -> None:
    """Write rows in quarantine to a CSV file for correction.

    Cells that a spreadsheet would take for formulas get an apostrophe before them, which loading takes away again.
    """
    with store_of(settings_with(store=store)) as opened, replacing(out_file) as part:
        err.print(f"{export_quarantine(opened, part, table):,} rows written to {out_file}", soft_wrap=True)


@quarantine.command()
def load(
    corrected: Annotated[Path, typer.Argument(metavar="CORRECTED.csv", help="An export, with corrected cells.")],
    region: RegionOption = None,
    encoding: EncodingOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load corrected rows and take them out of quarantine; rows that are still bad stay there."""
    settings = settings_with(store=store, region=region)
    options = ingest_options(settings, encoding=encoding)
    with store_of(settings) as opened:
        done = load_corrected(opened, corrected, options)
    if as_json:
        bad = [row.model_dump(mode="json", exclude={"raw"}) for row in done.still_bad]
        print_json(
            {"loads": [one.model_dump(mode="json") for one in done.loads], "released": done.released, "still_bad": bad}
        )
    else:
        out.print(f"{done.released:,} rows left quarantine")
        if done.still_bad:
            out.print(_rows_table(list(done.still_bad)))
    if done.still_bad:
        raise BadInputError(f"{len(done.still_bad):,} rows are still bad", do="Correct them too, then load again.")


def _rows_table(rows: list[QuarantinedRow]) -> Table:
    table = Table(box=None, header_style="bold")
    for name in ("table", "file", "line", "column", "value", "reason"):
        table.add_column(name, overflow="fold", justify="right" if name == "line" else "left")
    for row in rows:
        table.add_row(*map(printable, (row.table, row.file, str(row.line), row.column, row.value, row.reason)))
    return table
