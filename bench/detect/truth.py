"""The truth that lies beside a world's tables."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a world.

    `rings`: `ring_id`, `kind`, `difficulty`, `applicant_id`, a row for each member. `applicants`: `applicant_id`,
    `is_fraud`, `sharing` (a list of the kinds of honest sharing in which the applicant takes part).
    """

    rings: pl.DataFrame
    applicants: pl.DataFrame

    @property
    def fraudsters(self) -> int:
        """How many there are."""
        return int(self.applicants["is_fraud"].sum())


def truth_of(world: Path) -> Truth:
    """Read `truth/rings` and `truth/applicants` of a world's folder, in Parquet or CSV."""
    people = _table(world, "applicants")
    sharing = pl.col("sharing").fill_null("").str.split("|").list.filter(pl.element() != "")
    rings = _table(world, "rings").select("ring_id", "kind", "difficulty", "applicant_id")
    return Truth(rings, people.select("applicant_id", "is_fraud", sharing))


def _table(world: Path, name: str) -> pl.DataFrame:
    path = world / "truth" / name
    if path.with_suffix(".csv").exists():
        text = ["applicant_id", "ring_id", "kind", "difficulty", "sharing"]
        return pl.read_csv(path.with_suffix(".csv"), schema_overrides=dict.fromkeys(text, pl.String))
    return pl.read_parquet(path.with_suffix(".parquet"))
