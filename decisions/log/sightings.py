"""What was accepted lately, by what it came with: for the velocity, and for links that the graph has not yet.

However much there is of something, at most `CAP` sightings of it are read, the newest: a hub costs no more than others.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any

from decisions.features import WINDOWS

CAP = 200
_LONGEST = 200
"""Characters of a key that are kept as they are."""

Asked = tuple[str, str]
"""Source and key."""

Ask = Callable[[str, tuple[Any, ...]], list[tuple[Any, ...]]]
"""Gives the rows of a statement, as `Database.rows`."""

_Row = Sequence[Any]
"""Which of those asked, when, applicant, application."""

_MADE = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Seen:
    """An accepted application; `at`: when it was made, unix seconds."""

    applicant_id: str
    application_id: str
    at: int


@dataclass(frozen=True, slots=True)
class Recent:
    """What came with one thing. `seen`: the newest first.

    `applications` and `applicants`: how many different ones, by the name of the window (`features.WINDOWS`). With
    `capped` they are those among the last `CAP` sightings, and there may be more.
    """

    seen: tuple[Seen, ...]
    applications: dict[str, int]
    applicants: dict[str, int]
    capped: bool


def kept_key(key: str) -> str:
    """The key as it is kept: a digest stands for one that is too long for an index."""
    return key if len(key) <= _LONGEST else f"sha256:{sha256(key.encode()).hexdigest()}"


def recent(  # noqa: PLR0913 (what is looked for, when, and how much of it)
    ask: Ask,
    asked: Sequence[Asked],
    *,
    until: int,
    since: int,
    limit: int,
    this: tuple[str, str] | None,
) -> list[Recent]:
    """For each thing asked, see `DecisionLog.recent`."""
    if not asked:
        return []
    begin = min(since, until - max(WINDOWS.values()))
    given: list[str | int] = []
    for number, (source, key) in enumerate(asked):
        given += (number, source, kept_key(key), begin, until, CAP)
    found: list[list[_Row]] = [[] for _ in asked]
    for row in ask(_statement(len(asked)), tuple(given)):
        found[row[0]].append(row)
    return [_recent(rows, until, since, limit, this) for rows in found]


@lru_cache(maxsize=128)
def _statement(count: int) -> str:
    """One statement for all that is asked: the server is gone to once."""
    one = (
        "SELECT * FROM (SELECT CAST(? AS INTEGER) AS asked, at, applicant_id, application_id FROM sighting"
        ' WHERE source = ? AND "key" = ? AND at > ? AND at <= ? ORDER BY at DESC, number DESC LIMIT ?) AS part'
    )
    return " UNION ALL ".join([one] * count)


def _recent(rows: list[_Row], until: int, since: int, limit: int, this: tuple[str, str] | None) -> Recent:
    if not rows:
        return ALONE if this else _NOTHING
    rows.sort(key=_MADE, reverse=True)  # a union promises no order; they are in order, and that is quickly seen
    applicants, applications = ({this[0]}, {this[1]}) if this else (set(), set())
    of_applicants, of_applications = {}, {}
    at = 0
    for name, seconds in WINDOWS.items():
        end = bisect_left(rows, seconds - until, lo=at, key=lambda row: -row[1])
        applicants.update([row[2] for row in rows[at:end]])
        applications.update([row[3] for row in rows[at:end]])
        at = end
        of_applicants[name], of_applications[name] = len(applicants), len(applications)
    seen = tuple(Seen(applicant, application, at) for _, at, applicant, application in rows[:limit] if at > since)
    return Recent(seen, of_applications, of_applicants, len(rows) == CAP)


_NOTHING = Recent((), dict.fromkeys(WINDOWS, 0), dict.fromkeys(WINDOWS, 0), capped=False)
ALONE = Recent((), dict.fromkeys(WINDOWS, 1), dict.fromkeys(WINDOWS, 1), capped=False)
"""Nothing but the application that asks."""


def recent_of(ask: Ask, applicant_id: str, *, until: int, since: int) -> dict[str, list[str]]:
    """For each source, see `DecisionLog.recent_of`."""
    return _by_source(ask(_OF_APPLICANT, (applicant_id, since, until, CAP)))


_OF_APPLICANT = (
    'SELECT source, "key" FROM sighting WHERE applicant_id = ? AND at > ? AND at <= ?'
    " ORDER BY at DESC, number DESC LIMIT ?"
)


def _by_source(rows: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    """Different keys by source, in the order in which they come."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for source, key in rows:
        found[source][key] = None
    return {source: list(keys) for source, keys in found.items()}
