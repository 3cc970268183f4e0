"""`ringfence cases report`: a case to take along."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.cases import AuthorOption, CasesOption, RingId, settings_of, signing
from app.cli.console import LangOption, StoreOption, out
from app.files import replacing
from app.wiring import casebook_of, store_of
from graph.errors import UsageError
from graph.language import Language


def report(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    ring_id: RingId,
    out_file: Annotated[Path, typer.Argument(metavar="FILE", help="To write: .pdf, .csv or .graphml.")],
    purpose: Annotated[
        str | None,
        typer.Option("--purpose", help="With personal data, for this purpose: it and the author go into the log."),
    ] = None,
    lang: LangOption = Language.EN,
    author: AuthorOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
) -> None:
    """Write the report of a case. Personal data is masked, unless a purpose is given."""
    from app.case_report.writing import Form, masked_report, whole_report  # noqa: PLC0415 (networkx takes its time)

    suffix = out_file.suffix.lower().removeprefix(".")
    if suffix not in set(Form):
        raise UsageError("A report is PDF, CSV or GraphML", where=out_file.name, do="Use .pdf, .csv or .graphml.")
    form, settings = Form(suffix), settings_of(store, url, author)
    with store_of(settings) as opened, replacing(out_file) as part:
        if purpose is None:
            with casebook_of(settings) as book:
                content = masked_report(opened, book, ring_id, form, lang)
        else:
            with signing(store, url, author) as (book, signed):
                content = whole_report(opened, book, ring_id, form, lang, purpose=purpose, author=signed)
        part.write_bytes(content)
    out.print(f"{out_file}: {len(content):,} bytes.", soft_wrap=True)
