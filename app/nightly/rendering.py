"""The report as HTML and as Markdown. Whatever came from the lender's data is text there, never markup."""

from markupsafe import Markup

from app.nightly.charts import changes_chart, quality_chart, scores_chart
from app.nightly.report import NightReport
from app.pages import html_pages, markdown_pages

MOST_IDS = 50
"""How many ring ids of one kind of change the pages name; the JSON has them all."""


def html_of(report: NightReport) -> str:
    """The report as one self-contained page."""
    charts = {name: Markup(svg) for name, svg in _charts(report).items()}  # noqa: S704 (drawn by our own code)
    template = html_pages("app.nightly").get_template("report.html.j2")
    return template.render(report=report, charts=charts, most_ids=MOST_IDS)


def markdown_of(report: NightReport) -> str:
    """The report as Markdown, for a terminal, a mail or a ticket."""
    return markdown_pages("app.nightly").get_template("report.md.j2").render(report=report, most_ids=MOST_IDS)


def _charts(report: NightReport) -> dict[str, str]:
    charts = {"quality": quality_chart(report.tables)} if report.tables else {}
    if report.findings:
        charts["changes"] = changes_chart(report.findings.changes)
        charts["scores"] = scores_chart(report.findings.scores)
    return charts
