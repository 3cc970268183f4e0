"""Findings that rest on how unlikely payments are by chance."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

from detectors.contract import Context, Finding
from detectors.keeping import kept
from detectors.money.evidence import transfer_evidence
from graph.projection import Index, Ints

FEWEST_HOMES, LARGEST = 3, 100
SURPRISE = 4.0
"""Nats beyond what the luckiest account has by chance, at which the score reaches 1 - 1/e of its most."""

MOST = 0.99
"""No payments are beyond doubt."""

EVIDENCE = 60


def unlikely(such: npt.ArrayLike, of: npt.ArrayLike, rate: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """How unlikely it is (nats) that so many or more of a number are such, each by chance at this rate."""
    tail = binom.logsf(np.asarray(such) - 1, of, rate)
    return np.asarray(-np.maximum(tail, binom.logpmf(such, of, rate)))


def paying(context: Context, rows: Ints) -> Index:
    """The applicants between whom these payments (places in the flows) ran, sorted."""
    people = np.union1d(context.flows.source[rows], context.flows.target[rows])
    return people[context.projection.is_applicant[people]].astype(np.int32)


def surprising(context: Context, detector: str, code: str, rows: Ints, nats: float) -> Iterator[Finding]:
    """What these payments (places in the flows) say of the people between whom they ran, if they are as many as a ring.

    `nats`: how unlikely they are, beyond what is found by looking at so many accounts.
    """
    money = context.flows
    members = paying(context, rows)
    if len(members) <= LARGEST and len(np.unique(context.roof[members])) >= FEWEST_HOMES:
        in_time = money.row[rows[np.lexsort((money.row[rows], money.time[rows]))]]
        evidence = transfer_evidence(context, code, in_time)
        score = round(MOST * (1 - float(np.exp(-nats / SURPRISE))), 6)
        yield Finding(detector, code, members, score, kept(evidence, EVIDENCE))
