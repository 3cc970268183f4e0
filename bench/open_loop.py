"""An open loop of requests: number i is due at i / rate, whatever became of those before it.

Latency counts from when a request was due, so that a server that stalls is charged for everybody who waits, as callers
would be. Threads share the requests in turn, each over one connection that stays open.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

import numpy as np

THREADS = 32


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent; `body` is JSON, or nothing. An answer that does not contain `expected` has failed."""

    method: str
    path: str
    body: bytes | None = None
    expected: bytes = b""


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds from when a request was due to the end of its answer."""

    rate: float
    requests: int
    failed: int
    p50: float
    p99: float
    worst: float

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        return f"p50 {self.p50:.2f} ms, p99 {self.p99:.2f} ms, worst {self.worst:.1f} ms{failed}"


def run(port: int, key: str, requests: Sequence[Request], rate: float, seconds: float) -> Latencies:
    """Send so many a second for so long, over and over in their order; whatever is not answered by 200 has failed."""
    count = int(rate * seconds)
    begin = time.perf_counter() + 0.2
    results: list[list[tuple[float, bool]]] = [[] for _ in range(THREADS)]
    headers = {"X-API-Key": key, "Content-Type": "application/json"}

    def ask(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        for at in range(number, count, THREADS):
            request, due = requests[at % len(requests)], begin + at / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                connection.request(request.method, request.path, request.body, headers)
                answer = connection.getresponse()
                good = request.expected in answer.read() and answer.status == 200
            except (OSError, HTTPException):
                connection.close()
                good = False
            results[number].append(((time.perf_counter() - due) * 1000, good))

    workers = [threading.Thread(target=ask, args=(number,)) for number in range(THREADS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    flat = [each for result in results for each in result]
    p50, p99, worst = np.percentile([millis for millis, _ in flat], [50, 99, 100]).tolist()
    return Latencies(rate, len(flat), sum(not good for _, good in flat), p50, p99, worst)
