"""The report as a table for a spreadsheet, which takes no cell of it for a formula."""

import polars as pl

from app.case_report.gathering import CaseFile
from app.case_report.telling import Line, sections
from graph.cells import guarded
from graph.language import Language

_BOM = b"\xef\xbb\xbf"
"""Without it Excel takes Chinese for another encoding."""


def to_csv(file: CaseFile, language: Language) -> bytes:
    """`section`, `subject`, `detail`, `who`, `when`; UTF-8."""
    rows = [(title, *_cells(line)) for title, lines in sections(file, language) for line in lines]
    names = ("section", "subject", "detail", "who", "when")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return _BOM + guarded(frame).write_csv().encode()


def _cells(line: Line) -> tuple[str, str, str, str]:
    return line.subject, line.detail, line.who, line.when
