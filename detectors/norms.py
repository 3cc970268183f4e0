"""What is usual among all customers: beside it a ring's figures mean something. Computed once a run."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detectors.anomaly.unusual import Unusual
from detectors.contract import Context, Finding
from detectors.figures import TEMPO_WINDOW, first_application
from detectors.hubs.uses import BUSIEST
from detectors.sentences import FOUND
from detectors.sharing import SOURCES
from detectors.taint import KNOWN
from graph.language import Figures
from graph.projection import Ints

SEED = 20_240_229
GROUPS = 400
"""So many groups are drawn at random to learn how close in time people first apply by chance."""


@dataclass(frozen=True, slots=True)
class Norms:
    """Shares (0 to 1) of all customers.

    `alone`: by code of sharing, for each number of homes, of those who are known to use such a thing at all, those who
    have none that joins so many homes (things that are no evidence, such as a carrier's address, aside); `aside`: by
    code of a finding, those who are in none; `untied`: those who have no link; `known`: those who are known fraud;
    `odd`: by habit, those who are odd in it; `asked`: times of all first applications, sorted.
    """

    alone: dict[str, npt.NDArray[np.float64]]
    aside: dict[str, float]
    untied: float
    known: float
    odd: dict[str, float]
    asked: Ints

    def shared(self, code: str, homes: int) -> float:
        """Share of customers who share nothing of this kind with so many homes, their own included."""
        return round(float(self.alone[code][min(homes, BUSIEST)]), 6)

    def tempo(self, size: int) -> float:
        """Of a group of this size drawn at random the share that first applied within its densest window (median)."""
        draw = np.random.default_rng([SEED, size]).integers(0, len(self.asked), (GROUPS, size))
        stride = int(self.asked[-1] - self.asked[0]) + TEMPO_WINDOW + 1
        place = np.sort(self.asked[draw] + stride * np.arange(GROUPS)[:, None], axis=None)
        within = np.searchsorted(place, place + TEMPO_WINDOW, side="right") - np.arange(len(place))
        return round(float(np.median(within.reshape(GROUPS, size).max(axis=1))) / size, 6)

    def figures(self) -> Figures:
        """The norms by name, to be kept with the run."""
        shares = {code: self.shared(code, 2) for code in self.alone} | self.aside
        shares |= {"many_homes": self.untied, "known_fraud": self.known}
        shares |= {f"unusual_{habit}": share for habit, share in self.odd.items()}
        return {f"usual_{code}": share for code, share in sorted(shares.items())}


def norms(context: Context, findings: Iterable[Finding], taint: npt.NDArray[np.float64], unusual: Unusual) -> Norms:
    """Learn what is usual from the projection, its links and everything that was found."""
    people = context.projection.is_applicant
    asked = first_application(context)
    return Norms(
        alone=_alone(context),
        aside=_aside(context, findings),
        untied=_share(~np.isin(np.flatnonzero(people), np.concatenate([context.links.low, context.links.high]))),
        known=_share(taint[people] > KNOWN),
        odd=unusual.usual,
        asked=np.sort(asked[people & (asked >= 0)]),
    )


def _alone(context: Context) -> dict[str, npt.NDArray[np.float64]]:
    sharing, profiles = context.sharing, context.profiles
    shares = {}
    for source, one in enumerate(SOURCES):
        begin, end = sharing.start[np.searchsorted(sharing.source, [source, source + 1])]
        identifier = sharing.identifier[begin:end]
        useful = profiles.worth[identifier] > 0
        most = np.zeros(len(context.roof), np.int64)
        np.maximum.at(most, sharing.applicant[begin:end][useful], profiles.roofs[identifier[useful]])
        reached = np.bincount(most[most > 0], minlength=BUSIEST + 1)
        joined = np.cumsum(reached[::-1])[::-1]
        shares[one.code] = 1 - joined / max(int(sharing.customers[source]), 1)
    return shares


def _aside(context: Context, findings: Iterable[Finding]) -> dict[str, float]:
    members: dict[str, list[npt.NDArray[np.int32]]] = {}
    for finding in findings:
        if finding.code in FOUND:
            members.setdefault(finding.code, []).append(finding.members)
    people = max(int(context.projection.is_applicant.sum()), 1)
    return {code: round(1 - len(np.unique(np.concatenate(found))) / people, 6) for code, found in members.items()}


def _share(mask: npt.NDArray[np.bool_]) -> float:
    return round(float(mask.mean()), 6) if len(mask) else 0.0
