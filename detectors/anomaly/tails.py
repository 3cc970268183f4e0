"""How far out in the tails of all customers somebody is, column by column (ECOD: Li et al., TKDE 2022).

No parameter, no chance, one sort a column; and the columns say why. Only the upper tail counts: each column rises with
what would be odd. The sum over columns is ranked once more, since columns go together in ways nobody declared.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincc
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]


def tails(column: Floats) -> Floats:
    """Of each value how rare it is to have as much, in nats; 0 where it is unknown (NaN)."""
    known = ~np.isnan(column)
    nats = np.zeros(len(column))
    as_much = rankdata(-column[known], "max")
    nats[known] = -np.log(as_much / max(len(as_much), 1))
    return nats


def level(nats: Floats) -> Floats:
    """From sums over columns, of all customers: how rare as unusual a customer is, in nats (on average 1)."""
    return -np.log(rankdata(-nats, "average") / max(len(nats), 1)) if len(nats) else nats


def surprise(total: Floats, people: Floats) -> Floats:
    """How unlikely it is (nats) that so many customers drawn at random are so unusual in sum (of their levels)."""
    return np.asarray(-np.log(np.maximum(gammaincc(people, total), np.finfo(np.float64).tiny)))
