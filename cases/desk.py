"""What every part of the casebook works with."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from database.connecting import Database

DAY = 86_400


def now() -> int:
    """The time by this machine's clock, unix seconds. Machines that share a casebook must keep the same time."""
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Rules:
    """How the lender works. `four_eyes`: from so many members on, "fraud" needs a second person.

    `appeal_snooze_days`: so long the rules that hit somebody wrongly do not hit for the same things.
    """

    four_eyes: int = 10
    case_days: int = 5
    appeal_days: int = 5
    appeal_snooze_days: int = 180
    lease_seconds: int = 1800


USUAL = Rules()


@dataclass(frozen=True, slots=True)
class Desk:
    """The open database, the rules, and the clock."""

    database: Database
    rules: Rules
    clock: Callable[[], int] = now
