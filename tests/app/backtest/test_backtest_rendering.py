"""The pages of a backtest: what came with the data is text there, and what is too long is cut."""

from datetime import UTC, datetime

import pytest

from app.backtest.rendering import MOST_RINGS, html_of, markdown_of
from app.backtest.report import BacktestReport, Counts, Day, Honest, Losses, Money, RingTrail

THEN = datetime(2026, 3, 1, tzinfo=UTC)
EVIL = "<script>alert(1)</script> [x](javascript:y) | `z` \x1b[31m\u202e\n# = "


@pytest.fixture
def evil() -> BacktestReport:
    ring = RingTrail(ring_id=EVIL, first_on=THEN, last_on=THEN, size=3, score=0.5, fraud=1, legit=1)
    return BacktestReport(
        store=EVIL, start=THEN, end=THEN, every_days=7, threshold=0.35, with_truth=True,
        days=(Day(as_of=THEN, applicants=1234, rings=1, flagged=Counts(fraud=1), new=1),), flagged=Counts(fraud=1),
        losses=Losses(fraudsters=0, before=0, after=0, never=0, lead=None), honest=Honest(people=0, flagged=0),
        money=Money(after_flag=Counts(), by_fraudsters=0), rings=(ring,) * (MOST_RINGS + 1), people=(),
    )  # fmt: skip


def test_hostile_text_is_text_on_both_pages(evil):
    html, text = html_of(evil), markdown_of(evil)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<script>" not in text.replace("\\<", "")
    assert "[x](" not in text.replace("\\[x\\]", "")
    for page in (html, text):
        assert not {"\x1b", "\u202e"} & set(page)
        assert "1,234" in page
        assert "And 1 more." in page


def test_nothing_found_divides_by_nothing(evil):
    assert "0 (0%) were flagged before that; 0 too late; 0 never" in markdown_of(evil)
    assert "0 of 0 honest people, 0.0 per 10,000" in markdown_of(evil)
