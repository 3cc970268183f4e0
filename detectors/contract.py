"""What a detector is and what it says. (The list of detectors is `detectors/registry.py`.)"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from detectors.links import Links
from detectors.money.flows import Flows
from detectors.money.passing import Passing
from detectors.profiles import Profiles
from detectors.sharing import Sharing
from graph.projection import Index, Projection
from graph.results import Evidence


@dataclass(frozen=True, slots=True)
class Context:
    """What every detector may read: the projection and what was derived from it once for all.

    `roof`: the roof of each account; people under one roof count as one when rings are sought.
    """

    projection: Projection
    sharing: Sharing
    roof: Index
    profiles: Profiles
    links: Links
    flows: Flows
    passing: Passing


@dataclass(frozen=True, slots=True)
class Finding:
    """What one detector says of one group of applicants.

    `members`: account numbers, sorted, at least two; `score`: 0 to 1, high = suspicious; `code`: a reason code that
    `detectors.reasons` can put into words; `evidence`: what it rests on.
    """

    detector: str
    code: str
    members: Index
    score: float
    evidence: tuple[Evidence, ...]


class Detector(Protocol):
    """Finds groups of applicants who look like a ring in one respect. Its docstring is product text.

    Deterministic: the same projection gives the same findings in the same order, whatever the number of threads.
    Honest sharing alone must leave it silent, or give scores below those of rings.
    """

    name: str

    def find(self, context: Context) -> Iterator[Finding]:
        """Everything it has found, in an order that depends on the data alone."""
        ...
