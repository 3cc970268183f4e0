"""What people have said of applicants and identifiers, gathered from the store and the casebook."""

from typing import TYPE_CHECKING

import polars as pl

from app.judged import SOURCE
from decisions.linking.known import Known
from graph.judgements import APPLICANT_KIND, in_force
from graph.ontology.nodes import BLACKLIST_ENTRY, LABEL
from graph.reading import read_nodes
from graph.store.contract import GraphStore

if TYPE_CHECKING:
    from cases.standing import Standing


def said_in(graph: GraphStore) -> pl.DataFrame:
    """Labels and blacklist entries: `kind`, `value`, `fraud`, `source`, `at`, as `graph.judgements` orders them."""
    labels = read_nodes(graph, LABEL, ("applicant_id", "label", "source", "decided_at"))
    listed = read_nodes(graph, BLACKLIST_ENTRY, ("kind", "value", "source", "listed_at"))
    said_of_things = listed.select("kind", "value", fraud=pl.lit(value=True), source="source", at="listed_at")
    return pl.concat([_of_people(labels, pl.col("source")), said_of_things])


def known_of(said: pl.DataFrame, judged: "Standing") -> Known:
    """What is in force of what was said, the casebook's judgements among it."""
    own = _of_people(judged.labels, pl.lit(SOURCE))
    rows = in_force(pl.concat([said, own]), ("kind", "value"), fraud=pl.col("fraud"))
    of_people = pl.col("kind") == APPLICANT_KIND
    fraud = rows.filter(of_people & pl.col("fraud"))
    listed = rows.filter(~of_people & pl.col("fraud"))
    return Known(
        fraud=dict(zip(fraud["value"], fraud["at"], strict=True)),
        cleared=frozenset(rows.filter(of_people & ~pl.col("fraud"))["value"]),
        listed=dict(zip(zip(listed["kind"], listed["value"], strict=True), listed["at"], strict=True)),
        home=_homes(judged.homes),
    )


def _of_people(labels: pl.DataFrame, source: pl.Expr) -> pl.DataFrame:
    fraud = pl.col("label") == "fraud"
    return labels.select(kind=pl.lit(APPLICANT_KIND), value="applicant_id", fraud=fraud, source=source, at="decided_at")


def _homes(homes: pl.DataFrame) -> dict[str, int]:
    """A number for each household; two that have somebody in common are one."""
    number: dict[str, int] = {}
    for (home,), people in homes.group_by("home", maintain_order=True):
        ids = people["applicant_id"].to_list()
        before = {number[one] for one in ids if one in number}
        joined = [one for one, of in number.items() if of in before] if before else []
        number |= dict.fromkeys([*joined, *ids], int(str(home)))
    return number
