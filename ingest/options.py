"""What a caller can choose, and how it hears of progress."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import phonenumbers

from graph.errors import UsageError
from ingest.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Options:
    """`work_dir` holds spool files; `encoding` of text files is detected where not set.

    `region` is the lender's country. A table with a larger share of bad rows than `max_bad_share` is refused.
    """

    work_dir: Path
    region: str = "CN"
    max_bad_share: float = 0.05
    encoding: str | None = None
    mapping: Mapping | None = None

    def __post_init__(self) -> None:
        """`UsageError` where the encoding or the country does not exist."""
        if self.region not in phonenumbers.SUPPORTED_REGIONS:
            raise UsageError(f"There is no country {self.region!r}", do="Use its two capital letters, such as CN.")
        if self.encoding is not None:
            _check_encoding(self.encoding)


def _check_encoding(name: str) -> None:
    try:
        "".encode(name)
    except LookupError:
        raise UsageError(f"There is no encoding {name!r}", do="Use one such as utf-8, gb18030, big5, utf-16.") from None


class Phase(StrEnum):
    """What happens to a file."""

    CHECKING = "checking"
    LOADING = "loading"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file has come: `done` of `total` (rows while loading; rows without a known total while checking)."""

    file: str
    phase: Phase
    done: int
    total: int | None = None


Report = Callable[[Progress], None]
"""Told of every chunk, from either of two threads."""


def silent(progress: Progress) -> None:
    """A report to nobody."""
