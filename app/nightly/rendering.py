"""The report as HTML and as Markdown. Whatever came from the lender's data is text there, never markup."""

import re
from datetime import UTC, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from app.nightly.charts import changes_chart, quality_chart, scores_chart
from app.nightly.report import NightReport
from app.plain_text import shortened

MOST_IDS = 50
"""How many ring ids of one kind of change the pages name; the JSON has them all."""

_MARKUP = re.compile(r"([\\`*_\[\]<>&|#~!])")


def html_of(report: NightReport) -> str:
    """The report as one self-contained page."""
    environment = _environment()
    charts = {name: Markup(svg) for name, svg in _charts(report).items()}  # noqa: S704 (drawn by our own code)
    return environment.get_template("report.html.j2").render(report=report, charts=charts, most_ids=MOST_IDS)


def markdown_of(report: NightReport) -> str:
    """The report as Markdown, for a terminal, a mail or a ticket."""
    environment = _environment()
    environment.autoescape = False  # that is for HTML; here `finalize` escapes every expression
    environment.finalize = _as_text
    return environment.get_template("report.md.j2").render(report=report, most_ids=MOST_IDS)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("app.nightly"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"number": _number, "money": _money, "day": _day, "minute": _minute, "plain": plain}
    return environment


def _charts(report: NightReport) -> dict[str, str]:
    charts = {"quality": quality_chart(report.tables)} if report.tables else {}
    if report.findings:
        charts["changes"] = changes_chart(report.findings.changes)
        charts["scores"] = scores_chart(report.findings.scores)
    return charts


def plain(text: str, longest: int = 200) -> str:
    """One line without control characters, cut where it is too long to read."""
    return shortened(text, longest)


def _as_text(value: object) -> object:
    """What an expression in the Markdown template gives, with everything that Markdown or HTML would read escaped."""
    return _MARKUP.sub(r"\\\1", plain(value, longest=2000)) if isinstance(value, str) else value


def _number(value: float) -> str:
    return f"{value:,.0f}"


def _money(minor: int) -> str:
    return f"{minor / 100:,.0f}"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _day(seconds: int | None) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}" if seconds is not None else ""
