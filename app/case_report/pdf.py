"""The report as PDF. Its font is embedded: it looks the same everywhere, and nothing is fetched."""

from functools import cache

from fontTools.ttLib import TTFont
from fpdf import FPDF, FontFace
from fpdf.enums import TableCellFillMode, WrapMode
from pylopdf_fonts_zh_cn import sans_path

from app.case_report.gathering import CaseFile
from app.case_report.telling import COLUMNS, MASKED, TITLE, UNMASKED, Line, sections
from app.plain_text import shortened
from graph.language import Language, Saying

_FONT = "sans"
_WIDTHS = (40, 92, 28, 28)
_CELL = 2_000
"""No cell is drawn out longer than this."""
_NAME = 300
"""Nor is a name."""
_ACROSS, _PIECE = 30, 30
"""The widest characters that surely fit into a line of the widest column, and so many lines to a row of the table."""
_HEAD = 30
"""A section begins where so much room (mm) is left."""
_LINES = 300
"""So many lines of a section are printed: a report is read. The CSV has them all."""
_MORE = Saying("and {count} more, which the CSV report has", "另有 {count} 条，见 CSV 报告")
_PAGE = Saying("page {page}", "第 {page} 页")
_GREY, _LIGHT, _HEADING = (110, 110, 110), (244, 246, 248), (0, 114, 178)


class _Report(FPDF):
    def __init__(self, title: str, language: Language) -> None:
        super().__init__()
        self._running, self._language = title, language
        self.add_font(_FONT, fname=sans_path())
        self.set_font(_FONT, size=9)
        self.set_title(title)
        self.set_margins(11, 14, 11)
        self.set_auto_page_break(True, margin=16)
        self.add_page()

    def footer(self) -> None:
        """The case and the page on every page."""
        self.set_y(-12)
        self.set_font(_FONT, size=7)
        self.set_text_color(*_GREY)
        self.cell(0, 5, f"{self._running} - {_PAGE.say(self._language, page=self.page_no())}", align="C")

    def paragraph(self, text: str, size: float, colour: tuple[int, int, int] = (0, 0, 0)) -> None:
        """Text over the whole width."""
        self.set_font(_FONT, size=size)
        self.set_text_color(*colour)
        self.multi_cell(0, size * 0.55, text, new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR)
        self.ln(1.5)

    def lines(self, lines: list[Line]) -> None:
        """A section's lines as a table whose header stands on each page."""
        self.set_font(_FONT, size=8)
        self.set_text_color(0, 0, 0)
        heading = FontFace(color=_GREY)
        with self.table(
            col_widths=_WIDTHS, line_height=4.4, text_align="LEFT", borders_layout="HORIZONTAL_LINES",
            headings_style=heading, cell_fill_color=_LIGHT, cell_fill_mode=TableCellFillMode.EVEN_ROWS,
            wrapmode=WrapMode.CHAR, padding=0.8,
        ) as table:  # fmt: skip
            table.row([column.say(self._language) for column in COLUMNS])
            for line in lines:
                about, who = (shortened(drawable(each), _NAME) for each in (line.subject, line.who))
                first, *rest = _pieces(drawable(line.detail))
                table.row([about, first, who, line.when])
                for piece in rest:
                    table.row(["", piece, "", ""])


def to_pdf(file: CaseFile, language: Language, purpose: str = "") -> bytes:
    """The report, at most 300 lines of each section; `purpose` is told where it is not masked."""
    report = _Report(drawable(TITLE.say(language, ring=file.case.ring_id)), language)
    report.paragraph(drawable(TITLE.say(language, ring=file.case.ring_id)), 18)
    if file.ring is not None:
        report.paragraph(drawable(file.ring.headline), 11)
    about = MASKED.say(language) if file.masked else UNMASKED.say(language, purpose=purpose)
    report.paragraph(drawable(about), 8, _GREY)
    for title, lines in sections(file, language):
        if report.will_page_break(_HEAD):
            report.add_page()
        report.paragraph(title, 13, _HEADING)
        report.lines(lines[:_LINES])
        if len(lines) > _LINES:
            report.paragraph(_MORE.say(language, count=len(lines) - _LINES), 8, _GREY)
        report.ln(2)
    return bytes(report.output())


def drawable(text: str) -> str:
    """The text with what the font cannot draw replaced (the library would write it into the log), and not too long."""
    known = _characters()
    lines = (shortened(line, _CELL) for line in text[: 2 * _CELL].splitlines())
    return "\n".join("".join(each if ord(each) in known else "□" for each in line) for line in lines)


def _pieces(text: str) -> list[str]:
    """The text of a cell in pieces of half a page at most: no row of the table may be higher than a page."""
    pieces, room = [""], _PIECE
    for line in text.splitlines():
        for start in range(0, max(1, len(line)), _PIECE // 2 * _ACROSS):
            part = line[start : start + _PIECE // 2 * _ACROSS]
            takes = 1 + len(part) // _ACROSS
            if takes > room:
                pieces, room = [*pieces, ""], _PIECE
            pieces[-1] = f"{pieces[-1]}\n{part}" if pieces[-1] else part
            room -= takes
    return pieces


@cache
def _characters() -> frozenset[int]:
    """What the font can draw."""
    with TTFont(sans_path(), lazy=True) as font:
        return frozenset(font.getBestCmap() or {})
