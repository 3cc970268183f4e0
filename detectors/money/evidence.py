"""Transfers as evidence."""

from collections.abc import Iterable

from detectors.contract import Context
from graph.ontology.relationships import TRANSFERRED
from graph.projection import Ints
from graph.results import Evidence


def transfer_evidence(context: Context, code: str, rows: Ints) -> list[Evidence]:
    """Transfers as evidence; `rows` are their places in the projection's transfers."""
    projection, money = context.projection, context.projection.transfers
    source, target = money.source[rows], money.target[rows]
    columns = (
        money.ids.gather(rows).to_list(),
        *(projection.accounts.gather(end).to_list() for end in (source, target)),
        *(projection.is_applicant[end].tolist() for end in (source, target)),
        (source <= target).tolist(),
        money.time[rows].tolist(),
        money.amount[rows].tolist(),
    )
    return [
        Evidence.model_construct(
            code=code,
            kind=TRANSFERRED.type,
            key=key,
            applicants=_applicants(
                ((payer, pays), (payee, is_paid)) if in_order else ((payee, is_paid), (payer, pays))
            ),
            weight=1.0,
            first_seen=time,
            last_seen=time,
            figures={"amount": amount},
            payer=payer,
            payee=payee,
        )
        for key, payer, payee, pays, is_paid, in_order, time, amount in zip(*columns, strict=True)
    ]


def _applicants(ends: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    """Those of the ends that are applicants, each once."""
    return tuple(dict.fromkeys(name for name, is_applicant in ends if is_applicant))
