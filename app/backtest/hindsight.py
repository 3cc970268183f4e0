"""What became known later: verdicts on applicants, when they were known, and when the lender lost money.

A *verdict* is what the truth file says; where it says nothing, the latest label; where there is none, `fraud` if a
blacklist entry names the applicant, or an identifier that nobody else uses (one that several people use does not say
which of them). Fraud is *confirmed* at the first label or entry that says so.

The *loss date* of a fraudster is that of the truth file; else the earlier of two dates: the day on which the fraud was
confirmed, and the day on which the first instalment of the first credit was due, the end of its term or `INSTALMENT`
days after the application. Credits that were never paid out (`REFUSED`) lose nothing. All of this may look ahead: it
judges what was found, and is never shown to detection.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from graph.errors import BadInputError
from graph.judgements import in_force
from graph.numbered_graph import NumberedGraph
from graph.ontology import NODE_KINDS
from graph.ontology.nodes import APPLICANT, APPLICATION, BLACKLIST_KINDS
from graph.ontology.relationships import SUBMITTED
from graph.reading import read_nodes, read_relationships
from graph.store.contract import GraphStore

DAY = 86_400
INSTALMENT = 30
"""Days after which a first instalment is due at the latest: instalments are monthly."""

REFUSED = ("rejected", "declined", "refused", "denied", "withdrawn", "cancelled", "canceled")
"""Statuses of applications for which no money was paid out. The data contract leaves the words to the lender."""

_LABEL_OF = {
    name: kind.label
    for kind in NODE_KINDS
    if kind.identifier
    for name in (kind.table, kind.key.name)
    if name in BLACKLIST_KINDS
}
"""Node label of each kind of blacklist entry that names an identifier."""


class Verdict(StrEnum):
    """What is known of an applicant in the end."""

    FRAUD = "fraud"
    LEGIT = "legit"


@dataclass(frozen=True, slots=True)
class Hindsight:
    """All times in unix seconds.

    `people`, one row for each applicant: `applicant_id`, `known_since`, `verdict` (a `Verdict` or null),
    `confirmed_at`, `lost_at` (both null but for fraud). `credits`, those that were paid out or may yet be:
    `applicant_id`, `amount` (minor units), `submitted_at`, `due_at` (first instalment).
    """

    people: pl.DataFrame
    credits: pl.DataFrame


def hindsight(graph: GraphStore, whole: NumberedGraph, truth: pl.DataFrame | None) -> Hindsight:
    """Everything that is known now. `truth` as `read_truth` gives it; `BadInputError` if it is about nobody here."""
    credits_ = _credits(graph)
    due = credits_.group_by("applicant_id").agg(pl.col("due_at").min())
    people = _applicants(whole).join(_verdicts(whole), on="applicant", how="left").drop("applicant")
    told = people.with_columns(lost_at=pl.lit(None, pl.Int64)) if truth is None else _told(people, truth)
    fraud = pl.col("verdict") == Verdict.FRAUD
    people = told.join(due, on="applicant_id", how="left").select(
        "applicant_id",
        "known_since",
        "verdict",
        confirmed_at=pl.when(fraud).then("named_at"),
        lost_at=pl.when(fraud).then(pl.coalesce("lost_at", pl.min_horizontal("named_at", "due_at"))),
    )
    return Hindsight(people.sort("applicant_id"), credits_)


def _told(people: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The people with the truth's verdicts in place of others, and its loss dates."""
    told = people.join(truth, on="applicant_id", how="left")
    if told["is_fraud"].null_count() == len(told):
        raise BadInputError("The truth is about nobody in the store", do="Check its applicant ids, and the store.")
    verdict = pl.when("is_fraud").then(pl.lit(Verdict.FRAUD)).when(~pl.col("is_fraud")).then(pl.lit(Verdict.LEGIT))
    return told.with_columns(verdict=pl.coalesce(verdict, "verdict"))


def _applicants(whole: NumberedGraph) -> pl.DataFrame:
    number = np.flatnonzero(whole.is_applicant).astype(np.int32)
    return pl.DataFrame(
        {"applicant": number, "applicant_id": whole.accounts.gather(number), "known_since": whole.known_since[number]}
    )


def _verdicts(whole: NumberedGraph) -> pl.DataFrame:
    """`applicant`, `verdict`, and `named_at`: the first time that anybody called it fraud, whatever was said later."""
    listed = _listed(whole)
    fraud = whole.labels.filter(pl.col("label") == Verdict.FRAUD)
    named = pl.concat([listed, fraud.select("applicant", at="decided_at")])
    named = named.group_by("applicant").agg(pl.col("at").min().alias("named_at"))
    latest = in_force(whole.labels, ["applicant"], fraud=pl.col("label") == Verdict.FRAUD, at="decided_at")
    return (
        named.join(latest.select("applicant", "label"), on="applicant", how="full", coalesce=True)
        .with_columns(verdict=pl.coalesce("label", pl.lit(Verdict.FRAUD)))
        .select("applicant", "verdict", "named_at")
    )


def _listed(whole: NumberedGraph) -> pl.DataFrame:
    """`applicant` and the time `at` of every blacklist entry that names just one."""
    accounts = pl.DataFrame({"value": whole.accounts}).with_row_index("applicant")
    entries = whole.blacklist.select("kind", "value", at="listed_at")
    found = [entries.filter(pl.col("kind") == APPLICANT.table).join(accounts, on="value")]
    for kind, label in _LABEL_OF.items():
        found.append(entries.filter(pl.col("kind") == kind).join(_sole_users(whole, label), on="value"))
    return pl.concat([rows.select(pl.col("applicant").cast(pl.Int32), "at") for rows in found])


def _sole_users(whole: NumberedGraph, label: str) -> pl.DataFrame:
    """`value` and `applicant` of identifiers that one applicant alone uses."""
    rows = whole.seen[label]
    users = np.bincount(rows.identifier, minlength=len(whole.keys[label]))
    alone = users[rows.identifier] == 1
    return pl.DataFrame({"value": whole.keys[label].gather(rows.identifier[alone]), "applicant": rows.applicant[alone]})


def _credits(graph: GraphStore) -> pl.DataFrame:
    submitted = read_relationships(graph, SUBMITTED, ("submitted_at",)).drop_nulls("submitted_at")
    asked = read_nodes(graph, APPLICATION, ("amount", "term_days", "status")).rename({"node_id": "end"}).drop("key")
    applicants = read_nodes(graph, APPLICANT, ()).rename({"node_id": "start", "key": "applicant_id"})
    paid = ~pl.col("status").str.to_lowercase().is_in(REFUSED).fill_null(value=False)
    days = pl.min_horizontal(pl.col("term_days"), INSTALMENT)
    return (
        submitted.join(asked, on="end")
        .filter(paid)
        .join(applicants, on="start")
        .select(
            "applicant_id", pl.col("amount").fill_null(0), "submitted_at", due_at=pl.col("submitted_at") + days * DAY
        )
    )
