"""Transfers as evidence."""

from detectors.contract import Context
from graph.ontology.relationships import TRANSFERRED
from graph.results import Evidence


def transfer_evidence(context: Context, code: str, row: int, detail: str = "") -> Evidence:
    """One transfer as evidence; `row` is its place in the projection's transfers."""
    projection = context.projection
    money = projection.transfers
    ends = sorted({int(money.source[row]), int(money.target[row])})
    payer, payee = projection.accounts[int(money.source[row])], projection.accounts[int(money.target[row])]
    return Evidence.model_construct(
        code=code,
        kind=TRANSFERRED.type,
        key=str(money.ids[row]),
        applicants=tuple(str(projection.accounts[end]) for end in ends if projection.is_applicant[end]),
        weight=1.0,
        first_seen=int(money.time[row]),
        last_seen=int(money.time[row]),
        detail=detail,
        figures={"amount": int(money.amount[row])},
        payer=str(payer),
        payee=str(payee),
    )
