"""What goes into the log and comes out of it."""

import os
import time
from dataclasses import dataclass, field

from decisions.outcome import Outcome
from graph.errors import BadInputError, UsageError

LONGEST = 2_000
"""Bytes of an id, as UTF-8: an index of PostgreSQL takes 2,700 in all."""


class KeyReusedError(UsageError):
    """The idempotency key came before, with another request."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that an application came with: `source` is one of `decisions.features.SOURCES`, `applicant` (`key` is
    then his id), or `purpose`; `key` is normalised.
    """

    source: str
    key: str


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision to be kept. `decided_at`: unix microseconds; `at`: when the application was made, unix seconds.

    `application`: what came in (JSON of `decisions.application.Application`); from this the graph is fed. `body`: how
    it was decided (JSON), opaque to the log: features, links, reasons, parts, versions. `request_digest` tells whether
    a request that comes with the same `idempotency_key` is the same one.
    """

    decision_id: str
    application_id: str
    applicant_id: str
    at: int
    decided_at: int
    outcome: Outcome
    score: float
    rules_version: str
    run_id: str | None
    latency_us: int
    application: bytes
    body: bytes
    idempotency_key: str | None = None
    request_digest: str = ""
    rules: tuple[str, ...] = ()
    rings: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = field(default=())

    def check(self) -> None:
        """`BadInputError` where an id cannot be kept: a NUL in it, or too long."""
        texts = (self.decision_id, self.application_id, self.applicant_id, self.idempotency_key or "")
        keys = (sighting.key for sighting in self.sightings)
        if any("\0" in text for text in (*texts, *self.rules, *self.rings, *keys)):
            raise BadInputError("An id has a NUL character", do="Send it without.")
        if any(len(text.encode()) > LONGEST for text in (*texts, *self.rules, *self.rings) if len(text) > LONGEST // 4):
            raise BadInputError(f"An id is longer than {LONGEST} bytes", do="Send a shorter one.")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is kept. `number` counts all decisions of the log from 1, in the order in which they became
    durable; it is the cursor of a page, too.
    """

    number: int
    decision_id: str
    application_id: str
    applicant_id: str
    at: int
    decided_at: int
    outcome: Outcome
    score: float
    rules_version: str
    run_id: str | None
    latency_us: int
    application: bytes
    body: bytes
    idempotency_key: str | None
    request_digest: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A decision that is durable. `earlier`: it was kept before, under the same idempotency key; the record given now
    was not kept.
    """

    decision: Decision
    earlier: bool


def new_decision_id() -> str:
    """A UUID of version 7: sorts by its time (milliseconds), and nobody guesses the next one."""
    number = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
