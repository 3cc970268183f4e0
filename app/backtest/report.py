"""What a backtest has to say, as data. The same report is written as JSON, Markdown and HTML, and to the terminal.

Money is in minor units. How a flagged person *stands*: `known` (the fraud had been confirmed before the date), `fraud`
(it was confirmed later, or the truth says so), `legit` (a false kill), `open` (nobody knows).
"""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Standing(StrEnum):
    """What became of somebody who was flagged."""

    KNOWN = "known"
    FRAUD = "fraud"
    LEGIT = "legit"
    OPEN = "open"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Counts(_Part):
    """People, or their money, by standing."""

    known: int = 0
    fraud: int = 0
    legit: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        """Whatever became of them."""
        return self.known + self.fraud + self.legit + self.open


class Day(_Part):
    """One date: what was known then, who was flagged, and how they stand. `new`: never flagged on an earlier date."""

    as_of: datetime
    applicants: int
    rings: int
    flagged: Counts
    new: int


class Lead(_Part):
    """Days between flag and loss."""

    lower_quartile: float
    median: float
    upper_quartile: float


class Losses(_Part):
    """Fraudsters to whom the lender lost money within the period. `lead`: of those who were flagged before the loss."""

    fraudsters: int
    before: int = Field(description="Flagged before the loss")
    after: int = Field(description="Flagged on the day of the loss or later")
    never: int = Field(description="Not flagged")
    lead: Lead | None

    @property
    def share(self) -> float:
        """Of the fraudsters who were flagged before the loss."""
        return self.before / self.fraudsters if self.fraudsters else 0.0


class Honest(_Part):
    """False kills among all whom the truth calls honest, if there is a truth from outside."""

    people: int
    flagged: int

    @property
    def per_10_000(self) -> float:
        """Flagged for each 10,000 honest people."""
        return 10_000 * self.flagged / self.people if self.people else 0.0


class Money(_Part):
    """Credits applied for within the period and not refused. `after_flag`: by people who had been flagged before."""

    after_flag: Counts
    by_fraudsters: int


class RingTrail(_Part):
    """A ring over the dates. `size` and `score` at their highest; `fraud` and `legit`: verdicts on all its members."""

    ring_id: str
    first_on: datetime
    last_on: datetime
    size: int
    score: float
    fraud: int
    legit: int


class Flagged(_Part):
    """A person, on the first date on which the score reached the threshold."""

    applicant_id: str
    flagged_at: datetime
    score: float
    ring_id: str | None
    standing: Standing
    lost_at: datetime | None
    lead_days: float | None = Field(description="From flag to loss; negative if it came too late")


class BacktestReport(_Part):
    """The whole backtest. `flagged` counts everybody who was flagged on any date, as they stood on the first one."""

    store: str
    start: datetime
    end: datetime
    every_days: int
    threshold: float
    with_truth: bool
    days: tuple[Day, ...]
    flagged: Counts
    losses: Losses
    honest: Honest | None
    money: Money
    rings: tuple[RingTrail, ...]
    people: tuple[Flagged, ...]
