"""Compares what a method found in a world with the truth.

Everything is judged inside the top set: groups in the order of their scores until they hold as many people as there are
fraudsters. That is what analysts can review; outside it, recall is cheap.
"""

from dataclasses import dataclass

import polars as pl
from sklearn.metrics import average_precision_score

from bench.detect.methods.contract import Found
from bench.detect.truth import Truth

FOUND = 0.5
"""A ring is recovered when a group of the top set has at least this Jaccard overlap with it."""

RIGHT = 0.5
"""A group is right when at least this share of its members are fraudsters."""

FIRST = 50
"""So many groups an analyst looks at in a morning."""

ALL = "all"


@dataclass(frozen=True, slots=True)
class Judged:
    """One method in one world.

    `rings`: `kind`, `difficulty`, `recovered` by ring. `honest`: `sharing` (a kind, or "all"), `people`, `killed`.
    `held` and `right`: people in the top set, and fraudsters among them. `first`: of the first groups of the top set,
    whether they are right. `groups`: `score`, `fraud` (the share of its members) of every group. `people`: `score`,
    `is_fraud` of everybody.
    """

    rings: pl.DataFrame
    honest: pl.DataFrame
    held: int
    right: int
    fraudsters: int
    average_precision: float
    first: list[bool]
    groups: pl.DataFrame
    people: pl.DataFrame


def judged(found: Found, truth: Truth) -> Judged:
    """Judge what was found in a world."""
    top = top_set(found.groups, truth.fraudsters)
    people = truth.applicants.with_columns(
        held=pl.col("applicant_id").is_in(top["applicant_id"].implode()),
    ).join(found.scores, on="applicant_id", how="left").with_columns(pl.col("score").fill_null(0.0))  # fmt: skip
    groups = rightness(found.groups, truth)
    return Judged(
        rings=recovered(top, truth.rings),
        honest=false_kills(people),
        held=int(people["held"].sum()),
        right=int((people["held"] & people["is_fraud"]).sum()),
        fraudsters=truth.fraudsters,
        average_precision=float(average_precision_score(people["is_fraud"], people["score"])),
        first=groups.filter(pl.col("group").is_in(top["group"].implode()))["right"].head(FIRST).to_list(),
        groups=groups.select("score", "fraud"),
        people=people.select("score", "is_fraud"),
    )


def top_set(groups: pl.DataFrame, people: int) -> pl.DataFrame:
    """The rows of the groups, in their order, that are needed to hold so many people."""
    first = groups.group_by("applicant_id").agg(pl.col("group").min())
    new = groups.select(pl.col("group").unique()).join(first.group_by("group").len(), on="group", how="left")
    before = new.sort("group").with_columns(before=pl.col("len").fill_null(0).cum_sum().shift(1, fill_value=0))
    return groups.join(before.filter(pl.col("before") < people), on="group", how="semi")


def recovered(top: pl.DataFrame, rings: pl.DataFrame) -> pl.DataFrame:
    """`kind`, `difficulty`, `recovered` of each ring, in order of id."""
    both = rings.join(top, on="applicant_id").group_by("ring_id", "group").len("both")
    members = rings.group_by("ring_id").agg(pl.col("kind", "difficulty").first(), size=pl.len())
    overlap = both.join(top.group_by("group").len("other"), on="group").join(members, on="ring_id")
    jaccard = pl.col("both") / (pl.col("size") + pl.col("other") - pl.col("both"))
    best = overlap.group_by("ring_id").agg(jaccard.max().alias("jaccard"))
    found = pl.col("jaccard").fill_null(0.0) >= FOUND
    rows = members.join(best, on="ring_id", how="left").sort("ring_id")
    return rows.select("kind", "difficulty", recovered=found)


def rightness(groups: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    """`group`, `score`, `fraud` (the share of its members), `right` of each group, in their order."""
    fraud = groups.join(truth.applicants, on="applicant_id", how="left")["is_fraud"].fill_null(False)
    share = groups.with_columns(fraud=fraud).group_by("group").agg(pl.col("score").first(), pl.col("fraud").mean())
    return share.sort("group").with_columns(right=pl.col("fraud") >= RIGHT)


def false_kills(people: pl.DataFrame) -> pl.DataFrame:
    """`sharing`, `people`, `killed`: the honest of each kind of sharing and of all, and those in the top set."""
    honest = people.filter(~pl.col("is_fraud")).select("sharing", "held")
    kinds = honest.explode("sharing").drop_nulls("sharing")
    everybody = honest.with_columns(sharing=pl.lit(ALL))
    by_kind = pl.concat([everybody, kinds]).group_by("sharing")
    return by_kind.agg(people=pl.len(), killed=pl.col("held").sum()).sort(pl.col("sharing") != ALL, "sharing")
