"""How many honest people would be harmed if somebody acted on a ring, and how sure that is."""

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, gammaln

from detectors.calibration import ALIKE

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

TAIL = 0.05
"""The interval holds nine in ten: one in twenty lies below, one in twenty above."""


def false_kills(score: Floats, open_: Ints, cleared: Ints) -> tuple[Floats, Ints, Ints]:
    """Of each ring: honest members that are to be expected, and the ends of a 90 % interval.

    `score`: the share of fraudsters that is expected; `open_`: members of whom nobody has said whether they are one;
    `cleared`: those who are known to be honest. Members of one ring are mostly all fraudsters or all honest, so
    intervals are wide: the count of the honest is beta-binomial, with members as much alike as `ALIKE` says.
    """
    share = 1 - np.clip(score, 1e-6, 1 - 1e-6)[:, None]
    n, k = open_[:, None], np.arange(open_.max(initial=0) + 1)[None, :]
    one, other = share * (1 / ALIKE - 1), (1 - share) * (1 / ALIKE - 1)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(np.maximum(n - k, 0) + 1)
    log = ways + betaln(k + one, np.maximum(n - k, 0) + other) - betaln(one, other)
    below = np.cumsum(np.where(k <= n, np.exp(log), 0), axis=1)
    low, high = ((below < edge).sum(axis=1) for edge in (TAIL, 1 - TAIL))
    return cleared + open_ * (1 - score), cleared + low, cleared + np.minimum(high, open_)
