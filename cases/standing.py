"""What the judgements come to as of a moment: who is known fraud, who is known honest, who is of one home.

The latest word on somebody counts; a verdict that waits for a second person counts from the confirmation on.
"Household" says of people that they share because they live together, not what else anybody does: it makes no label,
but takes back an earlier one. A link that is judged honest ties its two ends like a household, and says nothing of
them. "Watch" changes nothing. An appeal that overturned a decision is a word like any other, and the last one of its
second: its applicant is known honest until somebody says otherwise later, or takes it back.
"""

from dataclasses import dataclass

import polars as pl
from sqlalchemy import ColumnElement, Connection, Select, and_, case, literal, select, true, union_all

from cases.appeal_model import AppealState
from cases.model import Scope, Verdict
from cases.schema import APPEAL, APPEAL_STEP, CASE_MEMBER, CONFIRMATION, JUDGEMENT, JUDGEMENT_MEMBER, WITHDRAWAL

_ROWS = pl.Schema(
    {
        "appeal": pl.Int64,
        "id": pl.Int64,
        "verdict": pl.String,
        "scope": pl.String,
        "applicant_id": pl.String,
        "at": pl.Int64,
    }
)
COUNTS_FROM = case((JUDGEMENT.c.four_eyes, CONFIRMATION.c.at), else_=JUDGEMENT.c.at)
"""When a judgement began to count; null while it waits for a second person."""

_LABELS = {Verdict.FRAUD: "fraud", Verdict.NOT_FRAUD: "legit"}


@dataclass(frozen=True, slots=True)
class Standing:
    """As of a moment.

    `labels`: `applicant_id`, `label` (fraud or legit), `decided_at`, one row for each person, in order of id.
    `homes`: `home` (a judgement's id), `applicant_id`, in order of both; at least two to a home.
    """

    labels: pl.DataFrame
    homes: pl.DataFrame


def standing(connection: Connection, until: int, *, ring_id: str | None = None) -> Standing:
    """What had been said until then and not withdrawn by then; with `ring_id` of the members of that case alone."""
    query = union_all(
        _counting(until, _in_case(JUDGEMENT_MEMBER.c.applicant_id, ring_id)),
        _overturned(until, _in_case(APPEAL.c.applicant_id, ring_id)),
    )
    found = [tuple(row) for row in connection.execute(query)]
    rows = pl.DataFrame(found, schema=_ROWS, orient="row").sort("at", "appeal", "id").with_row_index("turn")
    latest = _of_people(rows).unique("applicant_id", keep="last")
    return Standing(_labels(latest), _homes(rows, latest))


def _in_case(who: ColumnElement[str], ring_id: str | None) -> ColumnElement[bool]:
    if ring_id is None:
        return true()
    return who.in_(select(CASE_MEMBER.c.applicant_id).where(CASE_MEMBER.c.ring_id == ring_id))


def _counting(until: int, where: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Judgements that counted at the moment, one row for each person."""
    return (
        select(
            literal(0).label("appeal"),
            JUDGEMENT.c.id,
            JUDGEMENT.c.verdict,
            JUDGEMENT.c.scope,
            JUDGEMENT_MEMBER.c.applicant_id,
            COUNTS_FROM.label("at"),
        )
        .select_from(
            JUDGEMENT.join(JUDGEMENT_MEMBER, JUDGEMENT_MEMBER.c.judgement_id == JUDGEMENT.c.id)
            .outerjoin(CONFIRMATION, CONFIRMATION.c.judgement_id == JUDGEMENT.c.id)
            .outerjoin(WITHDRAWAL, WITHDRAWAL.c.judgement_id == JUDGEMENT.c.id)
        )
        .where(until >= COUNTS_FROM, (WITHDRAWAL.c.at.is_(None)) | (WITHDRAWAL.c.at > until), where)
    )


def _overturned(until: int, where: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Appeals that had overturned a decision at the moment, in the shape of judgements."""
    taken_back = APPEAL_STEP.alias()
    back = and_(
        taken_back.c.appeal_id == APPEAL.c.id,
        taken_back.c.state == AppealState.WITHDRAWN.value,
        taken_back.c.at <= until,
    )
    return (
        select(
            literal(1),
            APPEAL_STEP.c.id,
            literal(Verdict.NOT_FRAUD.value),
            literal(Scope.MEMBERS.value),
            APPEAL.c.applicant_id,
            APPEAL_STEP.c.at,
        )
        .join(APPEAL, APPEAL.c.id == APPEAL_STEP.c.appeal_id)
        .where(APPEAL_STEP.c.state == AppealState.OVERTURNED.value, APPEAL_STEP.c.at <= until, where)
        .where(~select(taken_back.c.id).where(back).exists())
    )


def _of_people(rows: pl.DataFrame) -> pl.DataFrame:
    """Those that say something of the people themselves."""
    of_tie = (pl.col("scope") == Scope.LINK) & (pl.col("verdict") != Verdict.FRAUD)
    return rows.filter((pl.col("verdict") != Verdict.WATCH) & ~of_tie)


def _labels(latest: pl.DataFrame) -> pl.DataFrame:
    labelled = latest.filter(pl.col("verdict").is_in(list(_LABELS)))
    label = pl.col("verdict").replace_strict(_LABELS, return_dtype=pl.String)
    return labelled.select("applicant_id", label=label, decided_at="at").sort("applicant_id")


def _homes(rows: pl.DataFrame, latest: pl.DataFrame) -> pl.DataFrame:
    """People of one home, without those who were judged to be fraudsters afterwards."""
    honest_tie = (pl.col("scope") == Scope.LINK) & (pl.col("verdict") == Verdict.NOT_FRAUD)
    said = rows.filter((pl.col("verdict") == Verdict.HOUSEHOLD) | honest_tie)
    fraud = latest.filter(pl.col("verdict") == Verdict.FRAUD).select("applicant_id", fraud_turn="turn")
    kept = said.join(fraud, on="applicant_id", how="left").filter(
        pl.col("fraud_turn").is_null() | (pl.col("fraud_turn") < pl.col("turn"))
    )
    return (
        kept.filter(pl.len().over("id") > 1)
        .select("applicant_id", home="id")
        .select("home", "applicant_id")
        .sort(pl.all())
    )
