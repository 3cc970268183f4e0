"""From the total of a score's parts to a probability of fraud.

The odds of fraud are (total / half) ** steepness. On sample worlds of two generators that holds well, with nearly the
same steepness; at which total half of the members are fraudsters (`half`) differs from one lender's customers to the
next: where honest people share much, chance makes up stronger rings. So labels move `half` most.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, logit

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Curve:
    """A map from totals (0 to 1) to probabilities (0 to 1) that rises all the way; 0 stays 0."""

    half: float
    steepness: float

    def chance(self, total: Any) -> Any:  # noqa: ANN401 (a number or an array of them)
        """The probability of fraud; numbers give a number, arrays an array."""
        with np.errstate(divide="ignore"):
            return expit(self.steepness * (np.log(total) - np.log(self.half)))


@dataclass(frozen=True, slots=True)
class Prior:
    """What is thought of a curve before any label is seen; the spreads are standard deviations of the logarithms."""

    curve: Curve
    half: float
    steepness: float


DEFAULT = Prior(Curve(half=0.141, steepness=3.4), half=0.7, steepness=0.29)
"""Fitted by `bench/detect/fitting.py` on worlds of two generators; the spreads are those between the worlds."""

ALIKE = 0.9
"""How alike members of one ring are: the correlation of their being fraudsters, beyond what the ring's total says."""

PRIOR_LABELS = 6.0
"""As many independent labels as the curve without any counts for. The likelihood alone takes each ring for a fair draw
of its total; but a lender's first labels come in bursts, of a ring that was found or a family that was cleared.
"""

BASE_RATE = 0.01
"""Share of applicants who are fraudsters, where nobody says: 1.27 % of borrowers (Finvolution), 0.71 % of the users in
Neo4j's P2P data, 0.24 to 0.50 % of applications (Experian UK).
"""

BASE_SPREAD = 0.8
"""Standard deviation of that rate's logarithm: five times as many are unlikely, but may be."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Labels of members of rings, each beside the total that he would have had if nothing had been said of him.

    `total`, `fraud` (0 to 1) and `weight` by verdict. `odds`: how much likelier fraud is to be labelled than honesty.
    """

    total: Floats
    fraud: Floats
    weight: Floats
    odds: float = 1.0


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people there are in all, and the `total` and `size` of the rings among them."""

    total: Floats
    size: Ints
    people: int

    def excess(self, curve: Curve) -> float:
        """By how much more fraud than is usual the curve sees in the rings: a logarithm, 0 if it does not."""
        seen = float((curve.chance(self.total) * self.size).sum())
        return float(np.log(max(seen / (BASE_RATE * max(self.people, 1)), 1)))


def learned(verdicts: Verdicts, crowd: Crowd | None = None, prior: Prior = DEFAULT) -> Curve:
    """The curve of highest posterior probability, given labels and that fraudsters are no crowd."""
    before = np.log([prior.curve.half, prior.curve.steepness])
    spread = np.array([prior.half, prior.steepness])
    total, shift = np.log(verdicts.total), np.log(verdicts.odds)

    def loss(logs: Floats) -> float:
        half, steepness = np.exp(logs)
        score = steepness * (total - logs[0]) + shift
        fit = verdicts.weight * (np.logaddexp(0, score) - verdicts.fraud * score)
        excess = crowd.excess(Curve(half, steepness)) / BASE_SPREAD if crowd else 0
        return float(fit.sum() + (((logs - before) / spread) ** 2).sum() / 2 + excess**2 / 2)

    half, steepness = np.exp(minimize(loss, before, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9}).x)
    return Curve(round(float(half), 4), round(float(steepness), 4))


def steady(verdicts: Verdicts, crowd: Crowd, prior: Prior = DEFAULT) -> Curve:
    """The learned curve, as far as there are labels enough: a few of them move it little, many decide."""
    before = learned(Verdicts(*(verdicts.total[:0],) * 3), crowd, prior)
    after, count = learned(verdicts, crowd, prior), float(verdicts.weight.sum())
    share = count / (count + PRIOR_LABELS)
    half, steepness = (
        float(old ** (1 - share) * new**share)
        for old, new in ((before.half, after.half), (before.steepness, after.steepness))
    )
    return Curve(round(half, 4), round(steepness, 4))


def label_odds(fraud: int, honest: int, people: int) -> float:
    """How much likelier a fraudster is to have a label than an honest applicant, by how many of `people` have which.

    Lenders label nearly all fraud that they find, and few of the honest. Fraudsters are taken to be `BASE_RATE` of all
    people, as far as the labels leave that open: where everybody has one, they tell the rate.
    """
    rate = float(np.clip(BASE_RATE, fraud / max(people, 1), 1 - honest / max(people, 1)))
    seen = (fraud + rate) / (fraud + honest + 1)
    return float(np.exp(logit(seen) - logit(rate))) if 0 < rate < 1 else 1.0
