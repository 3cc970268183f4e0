"""How far a share is beyond what is usual."""

import numpy as np
import numpy.typing as npt
from scipy.special import rel_entr


def beyond_chance(such: npt.ArrayLike, of: npt.ArrayLike, usual: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Nats by which it is unlikely that so many of a number are such, each by chance at the usual rate; 0 below that.

    The large-deviation bound (Chernoff): the number times the divergence of its share from the usual one.
    """
    number, rate = np.asarray(of, np.float64), np.clip(np.asarray(usual, np.float64), 0, 1)
    share = np.clip(np.asarray(such, np.float64) / np.maximum(number, 1), rate, 1)
    return np.asarray(number * (rel_entr(share, rate) + rel_entr(1 - share, 1 - rate)))
