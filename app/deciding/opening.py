"""Puts together, from settings, what makes decisions, and runs what runs beside them."""

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.deciding.asking import Asking, AtOnce, Guarded
from app.deciding.backgrounds import Backgrounds
from app.deciding.service import Decisions
from app.deciding.shadowing import Shadows
from app.settings import Settings
from app.wiring import casebook_of, decision_log_of, is_embedded
from decisions.deciding import Policy
from decisions.guard import Guard, State
from decisions.log.log import DecisionLog
from decisions.rules.book import RuleBook
from graph.errors import StoreUnavailableError
from graph.store.contract import Store

if TYPE_CHECKING:
    from cases.casebook import Casebook

log = logging.getLogger("ringfence.decisions")

PAUSE = 1.0
"""Seconds between attempts to open a decision log that did not answer."""


class Desk:
    """Where decisions are made: opened with the server, or as soon as the decision log answers; used on one loop."""

    def __init__(self, settings: Settings, store: Callable[[], Store], on_change: Callable[[str, State], None]) -> None:
        self._settings, self._store, self._on_change = settings, store, on_change
        self._not_before = 0.0
        self._opened: _Opened | None = None

    def open(self) -> None:
        """Open what decisions need, if it answers; it may be called again and again."""
        if self._opened is None and time.monotonic() >= self._not_before:
            self._not_before = time.monotonic() + PAUSE
            try:
                self._opened = _Opened(self._settings, self._store, self._on_change)
            except StoreUnavailableError as error:
                log.warning("%s (%s)", error.what, error.where)

    def close(self) -> None:
        """Make durable what was taken, and give everything back."""
        if self._opened is not None:
            self._opened.close()

    @property
    def decisions(self) -> Decisions:
        """Makes decisions; `StoreUnavailableError` while the decision log does not answer."""
        return self._there().decisions

    @property
    def log(self) -> DecisionLog:
        """What was decided; `StoreUnavailableError` as well."""
        return self._there().log

    @property
    def rules(self) -> RuleBook:
        """What decides; `StoreUnavailableError` as well."""
        return self._there().rules

    def _there(self) -> "_Opened":
        self.open()
        if self._opened is None:
            raise StoreUnavailableError("The decision log does not answer", do="Ask again in a few seconds.")
        return self._opened


class _Opened:
    def __init__(self, settings: Settings, store: Callable[[], Store], on_change: Callable[[str, State], None]) -> None:
        self.log = decision_log_of(settings)
        self.rules = _rule_book(settings, self.log)
        self._casebook: Casebook = casebook_of(settings)
        self._shadows = Shadows(self.log, self.rules)
        self._backgrounds = Backgrounds(store, lambda: self._casebook.standing(int(time.time())))
        self._guards: list[Guard] = []

        def asking(part: str, *, is_file: bool) -> Asking:
            if is_file:
                return AtOnce()
            self._guards.append(Guard(part, on_change=on_change))
            return Guarded(self._guards[-1])

        self.decisions = Decisions(
            store=store,
            log=self.log,
            rules=self.rules,
            backgrounds=self._backgrounds,
            shadows=self._shadows,
            graph_asking=asking("graph", is_file=is_embedded(settings)),
            log_asking=asking("log", is_file=self.log.address.startswith("sqlite:")),
            policy=Policy(settings.safe_outcome, settings.stale_run_hours),
            region=settings.region,
            budget=settings.decision_ms / 1000,
        )
        self._shadows.start()
        self._backgrounds.start()

    def close(self) -> None:
        """First what brings work, then what does it, then where it is kept."""
        self._backgrounds.stop()
        self._shadows.stop()
        for guard in self._guards:
            guard.close()
        self.log.close()
        self._casebook.close()


def _rule_book(settings: Settings, kept: DecisionLog) -> RuleBook:
    def last_good() -> str | None:
        last = kept.last_good_rules()
        return last.text if last else None

    return RuleBook(
        settings.rules,
        settings.rules_shadow,
        keep=lambda version, digest, text: kept.keep_rules(version, digest, text, at=int(time.time())),
        last_good=last_good,
    )
