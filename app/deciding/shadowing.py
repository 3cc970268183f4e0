"""Runs other rules beside those that decide, after the answer has gone out."""

import logging
import queue
import threading
from dataclasses import dataclass

from decisions.features import Features
from decisions.log.log import DecisionLog
from decisions.log.rule_versions import Shadow
from decisions.rules.book import RuleBook
from graph.errors import RingfenceError

log = logging.getLogger("ringfence.decisions")

MOST_WAITING = 10_000
"""Decisions that wait for their shadow. Beyond, the newest go without: decisions come first."""
TOGETHER = 200


@dataclass(frozen=True, slots=True)
class _Case:
    number: int
    features: Features
    snoozed: frozenset[str]


class Shadows:
    """Takes decisions from any thread; judges and keeps them in a thread of its own, from `start` to `stop`."""

    def __init__(self, log: DecisionLog, rules: RuleBook) -> None:
        self._log, self._rules = log, rules
        self._waiting: queue.Queue[_Case | None] = queue.Queue(MOST_WAITING)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to work."""
        self._thread = threading.Thread(target=self._work, name="shadow-rules", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what waits, then end."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()

    def take(self, number: int, features: Features, snoozed: frozenset[str]) -> None:
        """Have the shadow rules, if there are any, judge this decision, too."""
        if self._rules.shadow is None:
            return
        try:
            self._waiting.put_nowait(_Case(number, features, snoozed))
        except queue.Full:
            log.warning("decisions come faster than shadow rules judge them; some go without")

    def _work(self) -> None:
        case = self._waiting.get()
        while case is not None:
            batch = [case]
            while len(batch) < TOGETHER and (case := self._next()) is not None:
                batch.append(case)
            self._judge(batch)
            case = self._waiting.get()

    def _next(self) -> _Case | None:
        """What waits already; the end stays in the queue for the next look."""
        try:
            case = self._waiting.get_nowait()
        except queue.Empty:
            return None
        if case is None:
            self._waiting.put(None)
        return case

    def _judge(self, batch: list[_Case]) -> None:
        rules = self._rules.shadow
        if rules is None:
            return
        judged = [(case.number, rules.judge(case.features, case.snoozed)) for case in batch]
        shadows = [Shadow(number, one.version, one.outcome, one.score, one.rules) for number, one in judged]
        try:
            self._log.keep_shadows(shadows)
        except RingfenceError as error:
            log.warning("%s (%s)", error.what, error.where)
