"""A report in the form that is asked for. Whoever takes one out unmasked says why, and that is kept first."""

from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

from app.case_report.csv import to_csv
from app.case_report.gathering import gather
from app.graph_export import graph_to_file, ring_graph
from graph.language import Language
from graph.store.contract import Store

if TYPE_CHECKING:
    from cases.casebook import Casebook


class Form(StrEnum):
    """What a report can be, by the suffix of its name."""

    PDF = "pdf"
    CSV = "csv"
    GRAPHML = "graphml"


MEDIA_TYPES = {Form.PDF: "application/pdf", Form.CSV: "text/csv", Form.GRAPHML: "application/graphml+xml"}


def masked_report(store: Store, book: "Casebook", ring_id: str, form: Form, language: Language) -> bytes:
    """A report without personal data; `NotFoundError` where there is no such case (or ring, for the graph)."""
    return _report(store, book, ring_id, form, language, "")


def whole_report(  # noqa: PLR0913 (what is asked for, why, and by whom)
    store: Store, book: "Casebook", ring_id: str, form: Form, language: Language, *, purpose: str, author: str
) -> bytes:
    """A report with personal data. Raises as `masked_report`, and `UsageError` without a purpose."""
    book.cases.case(ring_id)
    book.audit.disclosed(ring_id, "report", {"form": form.value}, purpose, author=author)
    return _report(store, book, ring_id, form, language, purpose)


def _report(store: Store, book: "Casebook", ring_id: str, form: Form, language: Language, purpose: str) -> bytes:  # noqa: PLR0913, PLR0917 (the same)
    if form is Form.GRAPHML:
        file = BytesIO()
        graph_to_file(ring_graph(store, ring_id, masked=not purpose), file)
        return file.getvalue()
    case = gather(store, book, ring_id, language, masked=not purpose)
    if form is Form.CSV:
        return to_csv(case, language)
    from app.case_report.pdf import to_pdf  # noqa: PLC0415 (the font takes its time)

    return to_pdf(case, language, purpose)
