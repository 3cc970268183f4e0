"""The steps of a night: timed, and the one that failed is known."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.nightly.report import Status, Step


class Steps:
    """Keeps account of steps as they are done."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block; an error marks the step as failed and goes on its way."""
        begun = time.perf_counter()
        status = Status.FAILED
        try:
            yield
            status = Status.DONE
        finally:
            seconds = time.perf_counter() - begun
            self._steps.append(Step(name=name, status=status, seconds=round(seconds, 3)))

    @property
    def all(self) -> tuple[Step, ...]:
        """Every step so far."""
        return tuple(self._steps)

    @property
    def failed(self) -> str:
        """The step in which the night stopped."""
        return next((step.name for step in self._steps if step.status is Status.FAILED), "")
