"""Keeps what is known before an application comes as fresh as it can be, apart from those who decide."""

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

from app.deciding.known import known_of, said_in
from decisions.linking.background import Background, background
from decisions.linking.known import Known
from graph.errors import ForgottenError, RingfenceError
from graph.learned import Learned
from graph.ontology.nodes import BLACKLIST_ENTRY, LABEL
from graph.results import Run
from graph.store.contract import Store

if TYPE_CHECKING:
    from cases.standing import Standing

log = logging.getLogger("ringfence.decisions")

EVERY = 2.0
"""Seconds between looks for a new run, new labels and new judgements."""
ANEW = 30.0
"""Seconds after which a store that cannot say what is new is read anew."""


class Backgrounds:
    """Looks every few seconds, in a thread of its own, from `start` to `stop`. What cannot be read stays as it was."""

    def __init__(self, store: Callable[[], Store], judged: Callable[[], "Standing"]) -> None:
        self._store, self._judged = store, judged
        self._run: Run | None = None
        self._learned: Learned | None = None
        self._said: pl.DataFrame | None = None
        self._standing: Standing | None = None
        self._position: str | None = None
        self._read_at = 0.0
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self.current = Background(None, None, Known())

    def start(self) -> None:
        """Look now, and then again and again."""
        self.refresh()
        self._thread = threading.Thread(target=self._watch, name="backgrounds", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(EVERY):
            self.refresh()

    def refresh(self) -> None:
        """Look once."""
        changed = [self._tried(look) for look in (self._look_for_run, self._look_for_said, self._look_for_judged)]
        if any(changed):
            known = known_of(self._said, self._standing) if self._said is not None and self._standing else Known()
            self.current = background(self._run, self._learned, known)

    def _tried(self, look: Callable[[], bool]) -> bool:
        try:
            return look()
        except RingfenceError as error:
            log.warning("%s (%s)", error.what, error.where)
            return False

    def _look_for_run(self) -> bool:
        runs = self._store().runs
        run = runs.current()
        if run is None or (self._run is not None and run.run_id == self._run.run_id):
            return False
        packed = runs.learned(run.run_id)
        self._run, self._learned = run, Learned.from_bytes(packed) if packed else None
        return True

    def _look_for_said(self) -> bool:
        graph = self._store().graph
        position = graph.position()
        if self._said is not None and not self._may_be_new(graph_position=position):
            self._position = position
            return False
        said = said_in(graph)
        self._position, self._read_at = position, time.monotonic()
        if self._said is not None and said.equals(self._said):
            return False
        self._said = said
        return True

    def _may_be_new(self, *, graph_position: str | None) -> bool:
        """Was anything of it written since? A store without positions is read anew from time to time."""
        if graph_position is None or self._position is None:
            return time.monotonic() - self._read_at >= ANEW
        if graph_position == self._position:
            return False
        graph = self._store().graph
        try:
            return any(
                chunk.height for kind in (LABEL, BLACKLIST_ENTRY) for chunk in graph.nodes(kind, since=self._position)
            )
        except ForgottenError:
            return True

    def _look_for_judged(self) -> bool:
        standing = self._judged()
        before, self._standing = self._standing, standing
        return before is None or not (standing.labels.equals(before.labels) and standing.homes.equals(before.homes))
