"""Which worlds detection is tuned on, and which its figures come from.

Look at the report split's figures alone: choose no constant by them, neither a detector's nor a baseline's. Who has
once done so takes new seeds and moves the old ones to the list of those that are spent.
"""

from dataclasses import dataclass

from ingest.world import DifficultyChoice

EASY, MEDIUM, HARD, MIXED = (DifficultyChoice[name] for name in ("EASY", "MEDIUM", "HARD", "MIXED"))


@dataclass(frozen=True, slots=True)
class Split:
    """Worlds of so many applicants, each with its seed and difficulty."""

    applicants: int
    worlds: tuple[tuple[int, DifficultyChoice], ...]


TUNING = Split(
    30_000, ((201, MIXED), (202, MIXED), (205, MIXED), (206, MIXED), (203, EASY), (207, MEDIUM), (204, HARD))
)
REPORT = Split(50_000, ((401, MIXED), (402, MIXED), (403, MIXED), (404, MIXED), (405, MIXED), (406, EASY), (407, HARD)))
SPLITS = {"tuning": TUNING, "report": REPORT}

SPENT = range(301, 308)
"""A report split of before."""

SCALING_SEED = 408
GRAPHS_SEED = 409
