"""What is known before an application comes: the last run's result, and what people have said since."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from decisions.linking.known import Known
from graph.learned import Learned
from graph.results import Run


@dataclass(frozen=True, slots=True)
class Background:
    """`run` and `learned` belong together; both None where no run was published or its result cannot be read.

    `fraud_at`: of each place in `learned` whose applicant is a known fraudster, since when. Make it by `background`.
    """

    run: Run | None
    learned: Learned | None
    known: Known
    fraud_at: Mapping[int, int] = field(default_factory=dict)


def background(run: Run | None, learned: Learned | None, known: Known) -> Background:
    """Put together what changes at most every few seconds, so that no decision has to."""
    if learned is None or not known.fraud:
        return Background(run if learned else None, learned, known)
    places = learned.positions(pl.Series(list(known.fraud), dtype=pl.String)).tolist()
    fraud_at = {place: since for place, since in zip(places, known.fraud.values(), strict=True) if place >= 0}
    return Background(run, learned, known, fraud_at)
