"""The report as a page, HTML or Markdown by the suffix of the file. It names rings, and nobody."""

from pathlib import Path

from markupsafe import Markup

from app.backtest.charts import days_chart
from app.backtest.report import BacktestReport
from app.backtest.wording import sentences
from app.files import ANYBODY, replacing
from app.pages import html_pages, markdown_pages
from graph.errors import UsageError

MOST_RINGS = 200
"""How many rings the pages name; the JSON has them all."""


def check_suffix(path: Path) -> None:
    """`UsageError` unless a report can be written under this name."""
    if path.suffix.lower() not in {".html", ".md"}:
        raise UsageError("A report is HTML or Markdown", where=str(path), do="End the name in .html or .md.")


def write_report(report: BacktestReport, path: Path) -> None:
    """Write the page; see `check_suffix`. `OutputError` if that is impossible."""
    page = html_of(report) if path.suffix.lower() == ".html" else markdown_of(report)
    with replacing(path, ANYBODY) as part:
        part.write_text(page, encoding="utf-8")


def html_of(report: BacktestReport) -> str:
    """The report as one self-contained page."""
    chart = Markup(days_chart(report.days))  # noqa: S704 (drawn by our own code)
    template = html_pages("app.backtest").get_template("backtest.html.j2")
    return template.render(report=report, sentences=sentences(report), chart=chart, most_rings=MOST_RINGS)


def markdown_of(report: BacktestReport) -> str:
    """The report as Markdown."""
    template = markdown_pages("app.backtest").get_template("backtest.md.j2")
    return template.render(report=report, sentences=sentences(report), most_rings=MOST_RINGS)
