"""What the totals of rings mean: how likely their members are fraudsters, and whom it would harm to act on that."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detectors.calibration import Crowd, Curve, steady
from detectors.contract import Context
from detectors.crossfit import verdicts
from detectors.false_kills import false_kills
from detectors.scoring import DIGITS, Totals, member_total
from detectors.taint import Known
from detectors.weighing import Customers
from graph.language import Figures
from graph.projection import Mask

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chances:
    """Of the rings of a run.

    `curve`: what turned totals into probabilities, learned from so many `verdicts`; `ring`: the expected share of
    fraudsters, by ring; `member`: how likely one of them is, by membership; `false_kills`, `low`, `high`: the expected
    number of honest members and the ends of its interval, by ring.
    """

    curve: Curve
    verdicts: int
    ring: Floats
    member: Floats
    false_kills: Floats
    low: Ints
    high: Ints

    def figures(self) -> Figures:
        """The calibration, to be kept with the run."""
        return {
            "calibration_half": self.curve.half,
            "calibration_steepness": self.curve.steepness,
            "calibration_verdicts": self.verdicts,
        }


def meaning(context: Context, about: Customers, rings: Totals, least: float) -> tuple[Curve, int]:
    """What totals mean, learned from the labels of this projection, and from how many verdicts; rings of less than
    `least` teach nothing.
    """
    size = np.bincount(rings.ring, minlength=len(rings.total))
    told = rings.total >= least
    crowd = Crowd(rings.total[told], size[told], int(context.projection.is_applicant.sum()))
    labelled = verdicts(context, about, rings, least)
    return steady(labelled, crowd), len(labelled.total)


def chances(curve: Curve, learned_from: int, said: Known, rings: Totals) -> Chances:
    """What the totals of these rings mean by this curve, which was learned from so many verdicts."""
    size = np.bincount(rings.ring, minlength=len(rings.total))
    score = curve.chance(rings.total).round(DIGITS)
    cleared, fraud = _count(rings, said.cleared), _count(rings, said.fraud)
    expected, low, high = false_kills(score, size - cleared - fraud, cleared)
    member = curve.chance(member_total(rings.total[rings.ring], rings.hold)).round(DIGITS)
    return Chances(curve, learned_from, score, member, expected.round(3), low, high)


def _count(rings: Totals, which: Mask) -> Ints:
    """How many members of each ring are such."""
    return np.bincount(rings.ring[which[rings.member]], minlength=len(rings.total))
