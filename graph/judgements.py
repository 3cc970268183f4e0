"""Judgements: what somebody with a name has said of an applicant or an identifier, and which of it is in force.

This is the one place that is read for it. Labels (those of the casebook are among them) and blacklist entries are what
feeds it; whoever adds a source adds a reader to `READERS`.
"""

from collections.abc import Callable, Sequence

import polars as pl

from graph.projection import Projection

STRONGER = ("appeal", "court")
"""Sources that have heard both sides: whoever has not does not overturn them, however much later he speaks."""

APPLICANT_KIND = "applicant"

_SCHEMA = pl.Schema({"kind": pl.String, "value": pl.String, "fraud": pl.Boolean, "source": pl.String, "at": pl.Int64})


def judgements(projection: Projection) -> pl.DataFrame:
    """What is in force as of the projection's moment: one row for each subject, in order of the first two columns.

    `kind` (as of a blacklist entry: applicant, device, ...), `value` (the key of the node), `fraud` (if not: known
    honest), `source`, `at` (unix seconds).
    """
    every = pl.concat([_SCHEMA.to_frame(), *(reader(projection) for reader in READERS)])
    return in_force(every, ("kind", "value"), fraud=pl.col("fraud"))


def in_force(rows: pl.DataFrame, subject: Sequence[str], *, fraud: pl.Expr, at: str = "at") -> pl.DataFrame:
    """Of each subject the latest of what the strongest of its sources have said, in order of subject.

    `rows` have a `source`. A later word of the same or a stronger source overturns an earlier one; of two that were
    spoken at the same time, the one in the customer's favour counts.
    """
    stronger = pl.col("source").str.to_lowercase().is_in(STRONGER).fill_null(value=False)
    order = rows.sort(stronger, pl.col(at), ~fraud, pl.col("source"), maintain_order=True)
    return order.unique(subject, keep="last", maintain_order=True).sort(subject)


def _labels(projection: Projection) -> pl.DataFrame:
    labels = projection.labels
    value = projection.accounts.gather(labels["applicant"])
    return labels.select(
        kind=pl.lit(APPLICANT_KIND), value=value, fraud=pl.col("label") == "fraud", source="source", at="decided_at"
    )


def _blacklist(projection: Projection) -> pl.DataFrame:
    return projection.blacklist.select("kind", "value", fraud=pl.lit(True), source="source", at="listed_at")


READERS: tuple[Callable[[Projection], pl.DataFrame], ...] = (_labels, _blacklist)
"""Where judgements come from: each gives a frame of this module's columns, nothing of it later than the projection."""
