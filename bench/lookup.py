"""How fast `ringfence serve` answers score lookups at a given rate. Run as `python -m bench.lookup STORE_URL`.

An open loop: request number i is due at i / rate, whatever became of those before it, and its latency counts from when
it was due. So a server that stalls is charged for everybody who waits, as callers would be. The generator is a process
of its own; its threads share the requests in turn, each over one connection that stays open.
"""

import argparse
import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import quote

import numpy as np
import polars as pl

from app.api.keys import new_key
from app.api.scopes import Scope
from app.settings import Settings
from app.wiring import store_of
from bench.measuring import RINGFENCE, machine

THREADS = 32
WARM_UP_SECONDS = 2.0
SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds from when a request was due to the end of its answer."""

    rate: float
    requests: int
    failed: int
    p50: float
    p99: float
    worst: float


def lookup_latencies(store: str, rate: float, seconds: float) -> Latencies:
    """Serve the store on this machine and ask for scores of applicants in it."""
    paths = [f"/v1/scores/{quote(each, safe='')}" for each in _some_applicants(store)]
    key, told = new_key("bench", [Scope.SCORES])
    with _serving(store, told.line) as port:
        _run(port, key, paths, rate, WARM_UP_SECONDS)
        millis, failed = _run(port, key, paths, rate, seconds)
    p50, p99, worst = np.percentile(millis, [50, 99, 100]).tolist()
    return Latencies(rate, len(millis), failed, p50, p99, worst)


def _some_applicants(url: str) -> list[str]:
    """Ids from all over the store, in random order, the same in every run."""
    with store_of(Settings(store=url)) as store:
        ids = pl.concat([chunk.select("applicant_id") for chunk in store.runs.all_scores()])
    return ids["applicant_id"].sample(min(SAMPLE, ids.height), seed=1, shuffle=True).to_list()


@contextmanager
def _serving(store: str, line: str) -> Iterator[int]:
    """`ringfence serve` in a process of its own; gives its port."""
    port = free_port()
    environment = os.environ | {"RINGFENCE_API_KEYS": json.dumps([line])}
    command = [RINGFENCE, "serve", "--port", str(port), "--store", store]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _await(port)
            yield port
        finally:
            server.terminate()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _await(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/ready")
            if connection.getresponse().status == 200:
                return
        except ConnectionError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError("the server is not ready after 30 s")
        time.sleep(0.1)


def _run(port: int, key: str, paths: Sequence[str], rate: float, seconds: float) -> tuple[list[float], int]:
    """Latencies in milliseconds, and how many answers were no score."""
    count = int(rate * seconds)
    begin = time.perf_counter() + 0.2
    results: list[list[tuple[float, bool]]] = [[] for _ in range(THREADS)]

    def ask(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        for request in range(number, count, THREADS):
            due = begin + request / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.request("GET", paths[request % len(paths)], headers={"X-API-Key": key})
            answer = connection.getresponse()
            answer.read()
            results[number].append(((time.perf_counter() - due) * 1000, answer.status == 200))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    flat = [each for result in results for each in result]
    return [millis for millis, _ in flat], count - sum(good for _, good in flat)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", help="URL of a store with a published run")
    parser.add_argument("--rate", type=float, default=500.0, help="requests per second")
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    found = lookup_latencies(given.store, given.rate, given.seconds)
    print(machine())
    print(
        f"{found.requests:,} score lookups at {found.rate:,.0f}/s: p50 {found.p50:.2f} ms, p99 {found.p99:.2f} ms, "
        f"worst {found.worst:.2f} ms, {found.failed} failed"
    )


if __name__ == "__main__":
    main()
