"""`ringfence export graph`: one ring for Gephi and its like."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import StoreOption, err, settings_with
from app.graph_export import export_graph
from app.wiring import store_of


def graph(
    ring_id: Annotated[str, typer.Argument(metavar="RING_ID", help="As shown by `ringfence rings`.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write: .graphml or .gexf.")],
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Write personal data as it is.")] = False,
    store: StoreOption = None,
) -> None:
    """Write one ring as a graph: members, what they share, transfers among them."""
    with store_of(settings_with(store=store)) as opened:
        written = export_graph(opened, ring_id, out, masked=not unmasked)
    err.print(f"{len(written):,} nodes and {written.number_of_edges():,} edges written to {out}")
