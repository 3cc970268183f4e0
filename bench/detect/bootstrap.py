"""How sure a figure is: what it would be with other draws of the rings, or of the worlds, that it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DRAWS = 2000
INTERVAL = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % bootstrap interval: NaN where there is nothing to count, or one unit and no interval."""

    value: float
    low: float
    high: float

    def text(self, factor: float = 100, digits: int = 0) -> str:
        """As a percentage, or by another factor."""
        if np.isnan(self.value):
            return "-"
        value, low, high = (f"{factor * one:.{digits}f}" for one in (self.value, self.low, self.high))
        return value if np.isnan(self.low) else f"{value} ({low} to {high})"


def ratio(part: Sequence[float] | npt.NDArray[np.generic], whole: Sequence[float] | None = None) -> Estimate:
    """The sum of the parts by the sum of the wholes (1 each, if not given), where units are drawn with replacement."""
    parts = np.asarray(part, np.float64)
    wholes = np.ones(len(parts)) if whole is None else np.asarray(whole, np.float64)
    value = float(parts.sum() / wholes.sum()) if wholes.sum() else np.nan
    if len(parts) < 2 or np.isnan(value):
        return Estimate(value, np.nan, np.nan)
    drawn = np.random.default_rng(1).integers(0, len(parts), (DRAWS, len(parts)))
    sums = wholes[drawn].sum(axis=1)
    shares = parts[drawn].sum(axis=1)[sums > 0] / sums[sums > 0]
    low, high = np.quantile(shares, INTERVAL).tolist()
    return Estimate(value, low, high)
