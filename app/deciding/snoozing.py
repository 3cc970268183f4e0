"""Rules that sleep, as decisions look them up."""

import time
from collections.abc import Mapping

from decisions.log.log import DecisionLog
from graph.errors import RingfenceError

EVERY = 2.0
"""Seconds for which what was read holds."""


class Snoozes:
    """What sleeps, by source and key; read again every few seconds by whoever asks first."""

    def __init__(self, log: DecisionLog) -> None:
        self._log = log
        self._read_at = 0.0
        self._rules: Mapping[tuple[str, str], frozenset[str]] = {}

    def at(self, now: int) -> Mapping[tuple[str, str], frozenset[str]]:
        """The rules that sleep for each entity. Where the log does not answer, those that slept before."""
        if time.monotonic() - self._read_at >= EVERY:
            self._read_at = time.monotonic()
            try:
                self._rules = self._read(now)
            except RingfenceError:
                return self._rules
        return self._rules

    def _read(self, now: int) -> Mapping[tuple[str, str], frozenset[str]]:
        found: dict[tuple[str, str], frozenset[str]] = {}
        for one in self._log.snoozes(now):
            entity = (one.entity_kind, one.entity_key)
            found[entity] = found.get(entity, frozenset()) | {one.rule}
        return found
