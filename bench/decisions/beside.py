"""A night that loads and publishes, over and over, while decisions are measured."""

import itertools
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measuring import RINGFENCE

NEW = 10_000
"""Applicants of a night: one in a hundred of the graph."""


@contextmanager
def nights_beside(store: str) -> Iterator[list[str]]:
    """Loads a new night and detects, again and again, as a batch job runs: with a low priority.

    Gives the list to which the outcome of each night is added when it has ended.
    """
    done: list[str] = []
    stopped = threading.Event()
    with tempfile.TemporaryDirectory() as folder:

        def work() -> None:
            for seed in itertools.count(1000):
                if stopped.is_set():
                    return
                tables = Path(folder) / str(seed)
                _run("world", str(tables), "--applicants", str(NEW), "--seed", str(seed))
                done.append(_run("nightly", str(tables), "--store", store, "--reports", folder))

        worker = threading.Thread(target=work)
        worker.start()
        try:
            yield done
        finally:
            stopped.set()
            worker.join()


def _run(*command: str) -> str:
    ended = subprocess.run(["nice", "-n", "10", RINGFENCE, *command], capture_output=True, text=True, check=False)
    return "ended" if ended.returncode == 0 else f"failed: {ended.stderr[-300:]}"
