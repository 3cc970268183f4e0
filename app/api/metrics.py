"""What Prometheus is told. No label holds anything of an applicant, nor anything that callers can make up.

With several worker processes, each writes into files of one folder (PROMETHEUS_MULTIPROC_DIR, which `ringfence serve`
makes), and whichever is asked tells of all.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from decisions.guard import State
from decisions.outcome import Outcome

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.04, 0.075, 0.15, 0.3, 0.6, 1.0)
"""Seconds. Among them are what is promised: 3 ms for a score, 15 and 40 ms for a decision."""
_STATES = {State.CLOSED: 0, State.HALF_OPEN: 1, State.OPEN: 2}


class Metrics:
    """Everything that is counted. Thread-safe; a microsecond or two a call."""

    def __init__(self) -> None:
        self._published_at: datetime | None = None
        to = CollectorRegistry()
        self._registry = to
        self._requests = Histogram(
            "ringfence_request_seconds",
            "From a request's head to the end of its answer",
            ("route", "status"),
            buckets=BUCKETS,
            registry=to,
        )
        self._decisions = Histogram(
            "ringfence_decision_seconds", "Time of a decision", ("outcome",), buckets=BUCKETS, registry=to
        )
        self._rule_hits = Counter("ringfence_rule_hits", "Decisions in which a rule held", ("rule",), registry=to)
        self._missing = Counter(
            "ringfence_missing_parts", "Decisions that had to do without a part", ("part",), registry=to
        )
        self._limited = Counter(
            "ringfence_rate_limited", "Requests refused because their key asks too often", ("key",), registry=to
        )
        self._run_age = Gauge(
            "ringfence_run_age_seconds",
            "Seconds since the run that is served was published",
            multiprocess_mode="livemostrecent",
            registry=to,
        )
        self._breakers = Gauge(
            "ringfence_breaker_state",
            "Of the breaker of a part: 0 closed, 1 half-open, 2 open",
            ("part",),
            multiprocess_mode="livemax",
            registry=to,
        )

    def observe_request(self, route: str, status: int, seconds: float) -> None:
        """One request, by the route as it was declared; the status is told by its first digit."""
        self._requests.labels(route, f"{status // 100}xx").observe(seconds)

    def observe_decision(self, outcome: Outcome, seconds: float) -> None:
        """One decision."""
        self._decisions.labels(outcome.value).observe(seconds)

    def hit_rule(self, rule: str) -> None:
        """A rule held in a decision."""
        self._rule_hits.labels(rule).inc()

    def miss_part(self, part: str) -> None:
        """A decision had to do without this part."""
        self._missing.labels(part).inc()

    def refuse_often(self, key: str) -> None:
        """A key asks too often."""
        self._limited.labels(key).inc()

    def set_run(self, published_at: datetime) -> None:
        """Since when the run that is served is published; its age grows from there by itself."""
        self._published_at = published_at

    def set_breaker(self, part: str, state: State) -> None:
        """The breaker of this part changed."""
        self._breakers.labels(part).set(_STATES[state])

    def exposition(self) -> bytes:
        """All of it in Prometheus' text format, of all worker processes."""
        if self._published_at is not None:
            self._run_age.set((datetime.now(UTC) - self._published_at).total_seconds())
        if FOLDER not in os.environ:
            return generate_latest(self._registry)
        _forget_dead_workers(Path(os.environ[FOLDER]))
        of_all = CollectorRegistry()
        MultiProcessCollector(of_all)  # type: ignore[no-untyped-call]
        return generate_latest(of_all)


def _forget_dead_workers(folder: Path) -> None:
    """What the dead have counted stays; what was so while they lived, such as an open breaker, is no longer."""
    for pid in {int(file.stem.rpartition("_")[2]) for file in folder.glob("gauge_live*.db")}:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]
