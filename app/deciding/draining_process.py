"""Brings accepted applications into the graph in a process of its own, beside `ringfence serve`.

Checking and merging rows takes the processor and the interpreter's lock for tens of milliseconds at a time: in a
process that answers applications, each of them would wait.
"""

import logging.config
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.api.logs import LOGGING
from app.drainer import Drainer
from app.settings import Settings, load_settings
from app.wiring import decision_log_of, store_of
from graph.errors import StoreUnavailableError

BEHIND = 10
"""Added to the niceness: whoever decides comes first."""
_ALIVE_SECONDS = 1.0
_OPEN_SECONDS = 5.0


@contextmanager
def draining_beside() -> Iterator[None]:
    """Drain, by the settings of the environment, as long as the block lasts."""
    process = subprocess.Popen([sys.executable, "-m", __name__])  # noqa: S603 (this module)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Drain until told to end, or until whoever started this process is gone."""
    logging.config.dictConfig(LOGGING)
    os.nice(BEHIND)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    parent, settings = os.getppid(), load_settings()
    while not ended.wait(_OPEN_SECONDS if not _drained(settings, parent, ended) else 0):
        if os.getppid() != parent:
            return


def _drained(settings: Settings, parent: int, ended: threading.Event) -> bool:
    """Drain until the end; false where the log or the store cannot be opened yet."""
    try:
        with store_of(settings) as store, decision_log_of(settings) as log:
            drainer = Drainer(lambda: store, log, settings.region)
            drainer.start()
            while not ended.wait(_ALIVE_SECONDS) and os.getppid() == parent:
                pass
            drainer.stop()
    except StoreUnavailableError:
        return False
    ended.set()
    return True


if __name__ == "__main__":
    main()
