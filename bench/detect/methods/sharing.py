"""Who shares what, as the baselines see it.

A baseline is as good as what it looks at, so each looks at two graphs. The *wide* one is what one would build first:
everything that a few share. The *narrow* one is the best that was found for the baselines, among 1,600 settings, on
the tuning split: what is somebody's own (a device, a card, a phone, a national id), shared by so few that it tells.
"""

from dataclasses import dataclass

import polars as pl

from graph.ontology.nodes import CARD, DEVICE, NATIONAL_ID, PHONE
from graph.projection import Observations, Projection

MOST_USERS = 50
"""Pairs within an identifier of more users are not made: they would not fit into memory."""

OWN = (CARD.label, DEVICE.label, NATIONAL_ID.label, PHONE.label)


@dataclass(frozen=True, slots=True)
class View:
    """Which sharing a baseline looks at: kinds of identifier (none: all, and contacts); the least weight of a pair."""

    kinds: tuple[str, ...] = ()
    least_weight: float = 0.0


WIDE = View()
NARROW = View(OWN, least_weight=0.1)


def shared(projection: Projection, view: View) -> pl.DataFrame:
    """A row for each applicant with an identifier that 2 to 50 have: `identifier`, `account`, `users`, `weight`.

    The weight is one by the number of others who share it. Listed as a contact, a phone is shared by those who list it.
    """
    kinds = view.kinds or tuple(projection.observations)
    observed = [projection.observations[label] for label in kinds] + ([] if view.kinds else [projection.contacts])
    rows = pl.concat([_rows(rows) for rows in observed]).unique()
    rows = rows.with_columns(users=pl.len().over("label", "key")).filter(pl.col("users").is_between(2, MOST_USERS))
    number = pl.struct("label", "key").rank("dense").cast(pl.Int32) - 1
    kept = rows.select("account", "users", identifier=number, weight=1 / (pl.col("users") - 1))
    return kept.sort("identifier", "account")


def _rows(rows: Observations) -> pl.DataFrame:
    return pl.DataFrame({"key": rows.identifier, "account": rows.applicant}).with_columns(label=pl.lit(rows.label))
