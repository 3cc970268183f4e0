"""`ringfence serve` in processes of its own, as the benchmarks ask it."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection

from app.api.keys import new_key
from app.api.scopes import Scope
from bench.measuring import RINGFENCE


@contextmanager
def serving(store: str, scopes: Sequence[Scope], workers: int = 1, **settings: str) -> Iterator[tuple[int, str]]:
    """Gives port and key. `settings`: environment variables beside those of the store and the key."""
    port = free_port()
    key, told = new_key("bench", scopes)
    environment = os.environ | {"RINGFENCE_API_KEYS": json.dumps([told.line])} | settings
    command = [RINGFENCE, "serve", "--port", str(port), "--store", store, "--workers", str(workers)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _await(port)
            yield port, key
        finally:
            server.terminate()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _await(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/ready")
            if connection.getresponse().status == 200:
                return
        except ConnectionError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError("the server is not ready after 60 s")
        time.sleep(0.1)
