"""Counts, lead times and money of a backtest, worked out by hand."""

import polars as pl
import pytest

from app.backtest.hindsight import DAY, Hindsight
from app.backtest.judging import counts_of, honest_of, judged, losses_of, money_of, people_of, rings_of
from app.backtest.replay import FLAGS, Trail
from app.backtest.report import Counts, Honest, Lead, Losses, Money

PEOPLE = {"applicant_id": pl.String, "known_since": pl.Int64, "verdict": pl.String, "confirmed_at": pl.Int64,
          "lost_at": pl.Int64}  # fmt: skip
CREDITS = {"applicant_id": pl.String, "amount": pl.Int64, "submitted_at": pl.Int64, "due_at": pl.Int64}


def days(*values: int | None) -> list[int | None]:
    return [None if value is None else value * DAY for value in values]


@pytest.fixture
def known() -> Hindsight:
    people = [
        ("early", 1, "fraud", *days(50, 40)),
        ("late", 1, "fraud", *days(50, 15)),
        ("never", 1, "fraud", *days(50, 40)),
        ("known", 1, "fraud", *days(10, 10)),
        ("after", 1, "fraud", *days(90, 90)),
        ("honest", 1, "legit", None, None),
        ("other", 1, "legit", None, None),
        ("tomorrow", 99 * DAY, "legit", None, None),
        ("nobody", 1, None, None, None),
    ]
    credits_ = [
        ("early", 100, *days(20, 50)),
        ("early", 10, *days(21, 51)),
        ("early", 1, *days(99, 99)),
        ("never", 1000, *days(30, 60)),
        ("honest", 7, *days(30, 60)),
        ("nobody", 5, *days(30, 60)),
        ("known", 3, *days(5, 35)),
    ]
    return Hindsight(pl.DataFrame(people, PEOPLE, orient="row"), pl.DataFrame(credits_, CREDITS, orient="row"))


@pytest.fixture
def flags() -> pl.DataFrame:
    rows = [("early", 20), ("late", 20), ("known", 20), ("after", 20), ("honest", 20), ("nobody", 20)]
    return pl.DataFrame([(who, 0.5, "R", day * DAY) for who, day in rows], FLAGS, orient="row")


def test_each_stands_as_it_was_known_on_the_day(flags, known):
    assert counts_of(judged(flags, known)) == Counts(known=1, fraud=3, legit=1, open=1)
    assert counts_of(judged(flags.with_columns(flagged_at=9 * DAY), known)).known == 0


def test_losses_of_the_period_and_how_long_before_they_were_seen(flags, known):
    losses = losses_of(flags, known, 10 * DAY, 60 * DAY)
    assert losses == Losses(
        fraudsters=3, before=1, after=1, never=1, lead=Lead(lower_quartile=20, median=20, upper_quartile=20)
    )
    assert losses.share == pytest.approx(1 / 3)


def test_a_flag_on_the_very_moment_of_the_loss_is_too_late(flags, known):
    losses = losses_of(flags.with_columns(flagged_at=40 * DAY), known, 39 * DAY, 40 * DAY)
    assert (losses.before, losses.after, losses.never, losses.lead) == (0, 1, 1, None)


def test_honest_people_count_from_when_they_are_known(flags, known):
    honest = honest_of(judged(flags, known), known, 60 * DAY)
    assert honest == Honest(people=2, flagged=1)
    assert honest.per_10_000 == 5000


def test_money_counts_within_the_period_and_after_the_flag(flags, known):
    money = money_of(judged(flags, known), known, 0, 60 * DAY)
    assert money == Money(after_flag=Counts(known=0, fraud=10, legit=7, open=5), by_fraudsters=100 + 10 + 1000 + 3)


def test_rings_come_in_the_order_of_their_first_date(known):
    trails = {
        "R-b": Trail(20 * DAY, 30 * DAY, 0.5, 3, {"early", "late", "honest"}),
        "R-a": Trail(20 * DAY, 20 * DAY, 0.4, 2, {"nobody", "other"}),
        "R-c": Trail(10 * DAY, 20 * DAY, 0.4, 2, {"nobody", "never"}),
    }
    rings = rings_of(trails, known)
    assert [(ring.ring_id, ring.fraud, ring.legit) for ring in rings] == [("R-c", 1, 0), ("R-a", 0, 1), ("R-b", 2, 1)]
    assert rings_of({}, known) == ()


def test_people_have_their_lead(flags, known):
    leads = {one.applicant_id: (one.standing, one.lead_days) for one in people_of(judged(flags, known))}
    assert leads["early"] == ("fraud", 20)
    assert leads["late"] == ("fraud", -5)
    assert leads["nobody"] == ("open", None)
