from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from app.nightly.charts import changes_chart
from app.nightly.rendering import MOST_IDS, html_of, markdown_of
from app.nightly.report import (
    Changes,
    Failure,
    Findings,
    NightReport,
    Status,
    Step,
    TableQuality,
)
from app.score_spread import ScoreBin
from graph.results import Change

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:y) | `z` \x1b[31m\u202e\n# = \"'&"
TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "h2",
    "div",
    "strong",
    "em",
    "p",
    "table",
    "tr",
    "th",
    "td",
}
SVG = {"svg", "g", "path", "rect", "text", "line", "defs", "clippath"}


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def evil(world) -> NightReport:
    """A report in which everything that can be hostile is."""
    ring = world.ring_of("run-1", EVIL, (EVIL, "A-1"), 0.9)
    ids = tuple(f"R-{number}" for number in range(MOST_IDS + 1))
    changes = (
        Changes(change=Change.NEW, count=1, ring_ids=(EVIL,)),
        Changes(change=Change.GONE, count=len(ids), ring_ids=ids),
    )
    table = TableQuality(
        table="applicants",
        files=1,
        rows_read=200,
        loaded=150,
        merged=0,
        quarantined=50,
        placeholders=0,
        unknown_columns=(EVIL,),
        refused=(f"{EVIL}: {EVIL}",),
    )
    return NightReport(
        status=Status.FAILED,
        folder=EVIL,
        store=EVIL,
        started_at=NOW,
        finished_at=NOW,
        steps=(Step(name="ingest", status=Status.FAILED, seconds=1.5),),
        tables=(table,),
        unknown_files=(EVIL,),
        findings=Findings(
            run=world.run_of("run-1"),
            changes=changes,
            top=(ring.model_copy(update={"headline": EVIL}),),
            clear=1234567,
            scores=(ScoreBin(low=0.0, high=0.1, applicants=7),),
        ),
        failure=Failure(step="ingest", error=EVIL, exit_code=65, go_on=EVIL),
        in_force=EVIL,
        previous=EVIL,
    )


def test_hostile_text_is_text_in_html(evil: NightReport) -> None:
    page = Elements(html_of(evil))
    assert page.tags <= TAGS | SVG
    assert not {name for name in page.attributes if name.startswith("on")} | {"src", "href"} & page.attributes
    assert "<script>alert(1)</script>" in page.text, "it is shown as it came"
    assert not {"\x1b", "\u202e"} & set(page.text)


def test_hostile_text_is_text_in_markdown(evil: NightReport) -> None:
    text = markdown_of(evil)
    assert "<script>" not in text.replace("\\<", "")
    assert "[x](" not in text.replace("\\[x\\]", "")
    assert "\n# =" not in text
    assert not {"\x1b", "\u202e"} & set(text)
    rows = [line for line in text.splitlines() if line.startswith("| \\<script")]
    assert [row.replace("\\|", "").count("|") for row in rows] == [8], "the cell ends where the cell ends"


def test_the_pages_say_what_happened(evil: NightReport) -> None:
    for text in (Elements(html_of(evil)).text, markdown_of(evil)):
        assert "Failed" in text
        assert "1,234,567 applicants have a score of 0" in text
        assert "25.00 %" in text
        assert "and 1 more" in text


def test_a_chart_shows_each_value() -> None:
    svg = changes_chart([Changes(change=Change.NEW, count=1234), Changes(change=Change.GONE, count=0)])
    assert svg.startswith("<svg")
    for words in (">new<", ">gone<", ">1,234<", ">rings<"):
        assert words in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")
