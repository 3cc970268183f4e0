"""Labels of ring members beside the totals that they would have if nothing had been said of them.

A label raises the total of the very ring whose rightness it is to prove. So each label is taken away, with those of a
tenth of the labelled members, before the totals are looked at: labels of others still count, as they do for everybody.
"""

import numpy as np
import numpy.typing as npt

from detectors.calibration import ALIKE, Verdicts, label_odds
from detectors.contract import Context
from detectors.scoring import Totals, member_total, taint_part
from detectors.taint import latest_labels, received_without, taint
from detectors.weighing import Customers
from graph.projection import Index, Ints

FOLDS = 10

Floats = npt.NDArray[np.float64]


def verdicts(context: Context, about: Customers, rings: Totals, least: float) -> Verdicts:
    """The labels of members of rings that would have a total of at least `least` without them."""
    label = _labels(context)
    at = np.flatnonzero(label[rings.member] >= 0)
    total = _totals_without(about, rings, at)
    at, total = at[total >= least], total[total >= least]
    together = np.bincount(rings.ring[at], minlength=len(rings.total))[rings.ring[at]]
    people = context.projection.is_applicant
    counts = np.bincount(label[people & (label >= 0)], minlength=2)
    return Verdicts(
        total=member_total(total, rings.hold[at]),
        fraud=label[rings.member[at]].astype(np.float64),
        weight=1 / (1 + (together - 1) * ALIKE),
        odds=label_odds(int(counts[1]), int(counts[0]), int(people.sum())),
    )


def _labels(context: Context) -> Index:
    """Of each account 1 if its latest label is fraud, 0 if it is legit, -1 if it has none."""
    latest = latest_labels(context.projection)
    label = np.full(len(context.roof), -1, np.int32)
    label[latest["applicant"].to_numpy()] = (latest["label"] == "fraud").to_numpy()
    return label


def _totals_without(about: Customers, rings: Totals, at: Ints) -> Floats:
    """The total of the ring of each of these memberships, had nothing been said of its member."""
    people, person = np.unique(rings.member[at], return_inverse=True)
    total = rings.total[rings.ring[at]]
    said, part = about.said, taint_part(_mean_taint(rings, about.taint))
    for fold in range(min(FOLDS, len(people))):
        hidden = person % FOLDS == fold
        own, secret = rings.ring[at][hidden], people[fold::FOLDS]
        wanted = np.zeros(len(said.level), np.bool_)
        wanted[rings.member[np.isin(rings.ring, own)]] = True
        level = taint(said.without(secret), received_without(about.near, said, about.reached, secret, wanted))
        total[hidden] += (taint_part(_mean_taint(rings, level)) - part)[own]
    return total


def _mean_taint(rings: Totals, level: Floats) -> Floats:
    """Of each ring."""
    size = np.bincount(rings.ring, minlength=len(rings.total))
    return np.bincount(rings.ring, level[rings.member], len(rings.total)) / size
