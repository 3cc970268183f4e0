"""Puts together, from settings, what makes decisions, and runs what runs beside them."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from app.deciding.asking import Asking, AtOnce, Guarded
from app.deciding.backgrounds import Backgrounds
from app.deciding.service import Decisions
from app.deciding.shadowing import Shadows
from app.settings import Settings
from app.wiring import casebook_of, decision_log_of, is_embedded, rule_book_of
from decisions.deciding import Policy
from decisions.guard import Guard, State
from graph.errors import RingfenceError
from graph.store.contract import Store

if TYPE_CHECKING:
    from cases.casebook import Casebook


class Desk:
    """Where decisions are made, on one event loop. Open, until it is closed; what runs beside it has begun."""

    def __init__(self, settings: Settings, store: Callable[[], Store], on_change: Callable[[str, State], None]) -> None:
        self.log = decision_log_of(settings)
        self.rules = rule_book_of(settings, self.log)
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
        with suppress(RingfenceError):  # a server plans a question when it is first asked, which takes seconds
            store().graph.surroundings("", [], most=1)
        self._shadows.start()
        self._backgrounds.start()

    def close(self) -> None:
        """Make durable what was taken: first what brings work ends, then what does it, then where it is kept."""
        self._backgrounds.stop()
        self._shadows.stop()
        for guard in self._guards:
            guard.close()
        self.log.close()
        self._casebook.close()
