"""Judges what was flagged by what became known later."""

from collections.abc import Mapping
from datetime import UTC, datetime

import polars as pl

from app.backtest.hindsight import DAY, Hindsight, Verdict
from app.backtest.replay import AsOf, Trail
from app.backtest.report import Counts, Day, Flagged, Honest, Lead, Losses, Money, RingTrail, Standing

_FRAUD, _LEGIT = pl.col("verdict") == Verdict.FRAUD, pl.col("verdict") == Verdict.LEGIT
_STANDING = (
    pl.when(_FRAUD & (pl.col("confirmed_at") <= pl.col("flagged_at")))
    .then(pl.lit(Standing.KNOWN))
    .when(_FRAUD)
    .then(pl.lit(Standing.FRAUD))
    .when(_LEGIT)
    .then(pl.lit(Standing.LEGIT))
    .otherwise(pl.lit(Standing.OPEN))
)


def judged(flags: pl.DataFrame, known: Hindsight) -> pl.DataFrame:
    """The flags (`replay.FLAGS`) with the verdicts on those people and their `standing`, in the same order."""
    return flags.join(known.people, on="applicant_id", how="left", maintain_order="left").with_columns(
        standing=_STANDING
    )


def day_of(seen: AsOf, known: Hindsight) -> Day:
    """One date of the report."""
    return Day(
        as_of=moment_of(seen.moment),
        applicants=seen.applicants,
        rings=seen.rings,
        flagged=counts_of(judged(seen.flags, known)),
        new=seen.new,
    )


def counts_of(people: pl.DataFrame) -> Counts:
    """How the flagged people stand."""
    return Counts(**{str(name): count for name, count in people["standing"].value_counts().iter_rows()})


def losses_of(flags: pl.DataFrame, known: Hindsight, start: int, end: int) -> Losses:
    """Of the fraudsters whose loss fell into the period, after `start` and not after `end`, who was flagged when."""
    lost = known.people.filter((pl.col("lost_at") > start) & (pl.col("lost_at") <= end))
    lost = lost.join(flags.select("applicant_id", "flagged_at"), on="applicant_id", how="left")
    days = lost.select((pl.col("lost_at") - pl.col("flagged_at")) / DAY).to_series()
    before = days.filter(days > 0)
    never = days.null_count()
    return Losses(
        fraudsters=len(lost), before=len(before), after=len(lost) - len(before) - never, never=never, lead=_lead(before)
    )


def _lead(days: pl.Series) -> Lead | None:
    if not len(days):
        return None
    lower, median, upper = (round(float(days.quantile(share, "linear") or 0), 1) for share in (0.25, 0.5, 0.75))
    return Lead(lower_quartile=lower, median=median, upper_quartile=upper)


def honest_of(people: pl.DataFrame, known: Hindsight, end: int) -> Honest:
    """False kills among the honest who were known by the end."""
    honest = known.people.filter(_LEGIT & (pl.col("known_since") <= end))
    return Honest(people=len(honest), flagged=people.filter(_LEGIT).height)


def money_of(people: pl.DataFrame, known: Hindsight, start: int, end: int) -> Money:
    """Credits that people applied for within the period, after they had been flagged."""
    within = known.credits.filter((pl.col("submitted_at") > start) & (pl.col("submitted_at") <= end))
    after = within.join(people, on="applicant_id").filter(pl.col("submitted_at") > pl.col("flagged_at"))
    sums = after.group_by("standing").agg(pl.col("amount").sum())
    fraudsters = known.people.filter(_FRAUD)
    return Money(
        after_flag=Counts(**{str(name): amount for name, amount in sums.iter_rows()}),
        by_fraudsters=int(within.join(fraudsters, on="applicant_id", how="semi")["amount"].sum()),
    )


def rings_of(trails: Mapping[str, Trail], known: Hindsight) -> tuple[RingTrail, ...]:
    """The rings in the order in which they were first seen."""
    members = pl.DataFrame(
        [(ring, member) for ring, trail in trails.items() for member in trail.members],
        schema={"ring_id": pl.String, "applicant_id": pl.String},
        orient="row",
    )
    verdicts = (
        members.join(known.people, on="applicant_id").group_by("ring_id").agg(_FRAUD.sum(), _LEGIT.sum().alias("legit"))
    )
    found = {ring: (fraud, legit) for ring, fraud, legit in verdicts.iter_rows()}
    rings = [
        RingTrail(
            ring_id=ring,
            first_on=moment_of(trail.first),
            last_on=moment_of(trail.last),
            size=trail.size,
            score=trail.score,
            fraud=found[ring][0],
            legit=found[ring][1],
        )
        for ring, trail in trails.items()
    ]
    return tuple(sorted(rings, key=lambda ring: (ring.first_on, ring.ring_id)))


def people_of(people: pl.DataFrame) -> tuple[Flagged, ...]:
    """Everybody who was flagged, in the order of dates and ids."""
    lead = (pl.col("lost_at") - pl.col("flagged_at")) / DAY
    rows = people.with_columns(lead_days=lead.round(1)).sort("flagged_at", "applicant_id")
    return tuple(
        Flagged(
            applicant_id=row["applicant_id"],
            flagged_at=moment_of(row["flagged_at"]),
            score=row["score"],
            ring_id=row["ring_id"],
            standing=row["standing"],
            lost_at=moment_of(row["lost_at"]) if row["lost_at"] is not None else None,
            lead_days=row["lead_days"],
        )
        for row in rows.iter_rows(named=True)
    )


def moment_of(seconds: int) -> datetime:
    """Unix seconds as a moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
