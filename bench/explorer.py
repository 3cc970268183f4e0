"""How fast the explorer is: a real server and a real browser. Run as `python -m bench.explorer` (about five minutes).

Writes the section "Measured" of docs/explorer.md. With `--short` the queue is small and Neo4j is left out: to see that
everything runs.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser

from bench.explore_world import AS_OF, HUB, SIZES, fill
from bench.explorer_crowd import ANALYSTS, THINKING, Crowd, crowd
from bench.explorer_pages import browsing, drag_frames, expansion_seconds, queue_seconds, ring_seconds, whole_seconds
from bench.explorer_server import exploring
from bench.measuring import machine
from bench.server import ROOT, neo4j
from graph.ontology.nodes import WIFI
from graph.store.contract import Store, Wanted
from graph.store.opening import open_store

RINGS = 50_000
HUB_USERS = 100_000
TIMES = 3
READS = 20
HEADING = "## Measured"
Line = tuple[str, str, str]
"""What was measured, the figure, and what it should be."""


def main() -> None:
    """Measure everything, telling each figure as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a small store, the embedded one alone, nothing written")
    short: bool = parser.parse_args().short
    lines: list[Line] = []

    def tell(*line: str) -> None:
        what, figure, wanted = line
        lines.append((what, figure, wanted))
        print(f"{what}: {figure} ({wanted})", flush=True)

    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="ringfence-bench-") as folder:
        measure(Path(folder), 200 if short else RINGS, tell)
        if not short:
            with neo4j(Path(folder) / "server") as url, open_store(url) as store:
                fill(store, rings=len(SIZES), hub_users=HUB_USERS)
                tell("The same reads from Neo4j", hub_reads(store), "300 ms")
    if not short:
        write(ROOT / "docs" / "explorer.md", table(lines))


def measure(folder: Path, rings: int, tell: Callable[[str, str, str], None]) -> None:
    """Every figure of the embedded store and of the pages over it."""
    url = f"sqlite:///{folder}/explorer.db"
    with open_store(url) as store:
        fill(store, rings=rings, hub_users=HUB_USERS)
        tell(f"Counting and reading 20 of {HUB_USERS:,} on one WiFi", hub_reads(store), "300 ms")
    with exploring(url) as (address, process):
        seen = crowd(address, process)  # before anything else has made the server's memory grow
        tell(*switches(seen))
        tell("Memory of the server for each of these sessions", f"{per_session(seen):.1f} MiB", "-")
        with browsing() as browser:
            pages(browser, address, rings, tell)


def pages(browser: Browser, address: str, rings: int, tell: Callable[[str, str, str], None]) -> None:
    """What one analyst meets."""
    tell(f"Queue of {rings:,} rings", median(partial(queue_seconds, browser, address)), "-")
    for nodes in SIZES:
        tell(f"Page of a ring of {nodes:,} nodes", median(partial(ring_seconds, browser, address, nodes)), "2 s")
    for nodes, wanted in ((500, "2 s"), (2_000, "5 s")):
        drawn = median(partial(whole_seconds, browser, address, nodes))
        tell(f"All {nodes:,} nodes of it, once asked for", drawn, wanted)
    frames = statistics.median(drag_frames(browser, address, 2_000) for _ in range(TIMES))
    tell("Dragging a node among 2,000", f"{frames:.0f} frames a second", "30")
    asked, grown = zip(*(expansion_seconds(browser, address) for _ in range(TIMES)), strict=True)
    tell("What is around the hub, in the browser", f"{statistics.median(asked) * 1000:.0f} ms", "-")
    tell("20 of them in the picture, in the browser", f"{statistics.median(grown) * 1000:.0f} ms", "-")


def median(run: Callable[[], float]) -> str:
    """The first time, in which the server reads the ring, and the median of the next ones."""
    first, *later = (run() for _ in range(TIMES))
    return f"{statistics.median(later):.1f} s (at first {first:.1f} s)"


def hub_reads(store: Store) -> str:
    """Milliseconds of the two reads of an expansion, counting and reading 20."""
    until = int(AS_OF.timestamp())
    millis = []
    for _ in range(READS + 1):
        begin = time.perf_counter()
        store.graph.neighbourhood(WIFI, HUB, per_type=0, wanted=Wanted(known_until=until))
        store.graph.neighbourhood(WIFI, HUB, per_type=20, wanted=Wanted(frozenset({"ON_WIFI"}), known_until=until))
        millis.append((time.perf_counter() - begin) * 1000)
    p50, worst = np.percentile(millis[1:], [50, 100])
    return f"p50 {p50:.0f} ms, worst {worst:.0f} ms (at first {millis[0]:.0f} ms)"


def switches(seen: Crowd) -> Line:
    p50, p95 = np.percentile(seen.switches, [50, 95])
    what = f"{ANALYSTS} analysts at once, a page every {THINKING:.0f} s: {len(seen.switches)} switches"
    return what, f"p50 {p50:.2f} s, p95 {p95:.2f} s", "-"


def per_session(seen: Crowd) -> float:
    return (seen.after - seen.before) / ANALYSTS


def table(lines: list[Line]) -> str:
    """The figures as a section of a page."""
    rows = "\n".join(f"| {what} | {figure} | {wanted} |" for what, figure, wanted in lines)
    return f"""{HEADING}

Written by `make bench-explorer` on {machine()}, with Chromium, which draws by software, on
the same machine. A page is timed from opening it to its picture or table.

| what | measured | wanted |
| --- | --- | --- |
{rows}
"""


def write(page: Path, section: str) -> None:
    """Put the section in its place on the page, or at its end."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# Explorer\n"
    before, _, after = text.partition(f"{HEADING}\n")
    _, mark, rest = after.partition("\n## ")
    page.write_text(before.rstrip() + "\n\n" + section + (f"{mark}{rest}" if mark else ""), encoding="utf-8")


if __name__ == "__main__":
    main()
