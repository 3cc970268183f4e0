"""Pages for people, as HTML and as Markdown. Whatever came from the lender's data is text there, never markup."""

import re
from datetime import UTC, datetime

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from app.plain_text import shortened

_MARKUP = re.compile(r"([\\`*_\[\]<>&|#~!])")


def html_pages(package: str) -> Environment:
    """The package's templates and `page.html.j2`, which they extend, for HTML."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("app")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"number": _number, "money": _money, "day": _day, "minute": _minute, "plain": plain}
    return environment


def markdown_pages(package: str) -> Environment:
    """The package's templates for Markdown."""
    environment = html_pages(package)
    environment.autoescape = False  # that is for HTML; here `finalize` escapes every expression
    environment.finalize = _as_text
    return environment


def plain(text: str, longest: int = 200) -> str:
    """One line without control characters, cut where it is too long to read."""
    return shortened(text, longest)


def _as_text(value: object) -> object:
    """What an expression in a Markdown template gives, with everything that Markdown or HTML would read escaped."""
    return _MARKUP.sub(r"\\\1", plain(value, longest=2000)) if isinstance(value, str) else value


def _number(value: float) -> str:
    return f"{value:,.0f}"


def _money(minor: int) -> str:
    return f"{minor / 100:,.0f}"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _day(moment: int | datetime | None) -> str:
    if isinstance(moment, int):
        moment = datetime.fromtimestamp(moment, UTC)
    return f"{moment.astimezone(UTC):%Y-%m-%d}" if moment is not None else ""
