"""`ringfence serve` as a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from app.settings import Settings

RINGFENCE = Path(sys.executable).parent / "ringfence"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(settings: Settings, log: Path, *options: str) -> Iterator[str]:
    """The server's address; at the end it is asked to stop, and must."""
    port = free_port()
    environment = os.environ | {"RINGFENCE_API_KEYS": json.dumps(settings.api_keys)}
    command = [RINGFENCE, "serve", "--port", str(port), "--store", settings.store, *options]
    with log.open("wb") as lines, subprocess.Popen(command, env=environment, stderr=lines, stdout=lines) as process:
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/health", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            assert process.wait(timeout=60) in {0, -signal.SIGTERM}  # one process ends its work, then by the signal


def wait_until_it_answers(url: str, log: Path) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            httpx2.get(url)
            return
        except httpx2.TransportError:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
