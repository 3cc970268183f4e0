"""Which dates a backtest looks at, and from which score on somebody counts as flagged."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FLAGGED = 0.2
"""Score from which somebody counts as flagged. On the sample worlds with seeds 201 and 202, which serve to choose such
figures, it left at most 1.2 false kills per 10,000 applicants and 98 % precision or more on each of four dates. Choose
it anew when what a score is made of has changed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """From `start` on every so many days, not after `end`; both aware of their time zone."""

    start: datetime
    end: datetime
    every_days: int = 7
    threshold: float = FLAGGED

    @property
    def moments(self) -> tuple[int, ...]:
        """The dates as unix seconds."""
        step = int(timedelta(days=self.every_days).total_seconds())
        return tuple(range(int(self.start.timestamp()), int(self.end.timestamp()) + 1, step))
