"""The explorer's own process and a real browser for it, as the benchmarks use them."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from bench.measuring import RINGFENCE
from bench.serving import free_port

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
"""Options of a Chromium that draws by software and speaks to nobody."""


@contextmanager
def exploring(store: str) -> Iterator[tuple[str, int]]:
    """`ringfence explore` on a store's URL: its address, and the id of its process."""
    port = free_port()
    command = [RINGFENCE, "explore", "--no-browser", "--port", str(port), "--store", store]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.terminate()


def _await(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError("the explorer is not ready after 60 s")


def chromium() -> str:
    """The path of the system's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("There is no Chromium: install Debian's `chromium`.")
