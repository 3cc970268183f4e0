"""Run as `python -m bench.decisions STORE_URL...`: stores with many applicants and a published run.

Writes the section "Measured" of a page with `--page FILE`.
"""

import argparse
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from neo4j import GraphDatabase

from app.api.scopes import Scope
from app.settings import Settings
from app.wiring import is_embedded, store_of
from bench.decisions.applications import applications
from bench.decisions.beside import nights_beside
from bench.decisions.hub import HUB, with_hub
from bench.decisions.one_query import one_query_millis
from bench.lookup import lookups
from bench.measuring import machine
from bench.open_loop import run
from bench.serving import serving
from graph.store.neo4j.connection import target_of

WARM_UP_SECONDS = 5.0
WORKERS = 2
LOOKUPS = 1000.0
SCOPES = (Scope.SCORES, Scope.DECISIONS)


class Line(NamedTuple):
    """One line of the page."""

    what: str
    measured: str
    wanted: str = ""

    def __str__(self) -> str:
        return f"| {self.what} | {self.measured} | {self.wanted} |"


def measured(url: str, seconds: float) -> Iterator[Line]:
    """Every figure of one store."""
    settings = Settings(store=url)
    embedded = is_embedded(settings)
    rate, wanted = (300.0, "p99 15 ms") if embedded else (100.0, "p99 40 ms")
    kind = "embedded store" if embedded else "Neo4j"
    with store_of(settings) as store:
        with_hub(store)
        yield Line(f"{kind}: applicants in the graph", f"{store.graph.counts()['Applicant']:,}")
        usual, of_hub = applications(store, int(rate * seconds)), applications(store, 500, seed=2, hub=HUB)
    asked = lookups(url)
    for beside in (False, True):
        name = f"{kind}, a night beside" if beside else kind
        with ExitStack() as stack:
            done = stack.enter_context(nights_beside(url)) if beside else []
            port, key = stack.enter_context(serving(url, SCOPES, WORKERS))
            run(port, key, usual, rate / 3, WARM_UP_SECONDS)
            yield Line(f"{name}: decisions at {rate:.0f}/s", str(run(port, key, usual, rate, seconds)), wanted)
            if embedded:
                found = run(port, key, asked, LOOKUPS, seconds)
                yield Line(f"{name}: score lookups at {LOOKUPS:.0f}/s", str(found), "p99 3 ms")
            if not beside:
                hub = run(port, key, of_hub, rate / 3, seconds)
                others = run(port, key, usual, rate / 3, seconds)
                ratio = f"{hub.p50:.2f} ms against {others.p50:.2f} ms"
                yield Line(f"{kind}: median by a device of 100,000 users", ratio, "at most twice")
        if beside:
            yield Line(f"{kind}: nights meanwhile", ", ".join(done) or "none ended")
    if not embedded:
        target = target_of(url, None, None)
        with GraphDatabase.driver(target.address, auth=(target.user or "neo4j", target.password or "")) as driver:
            p50, p99 = one_query_millis(driver, usual[:1000])
        yield Line(f"{kind}: the same asked as one query, one after the other", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", nargs="+", help="URLs of stores with a published run")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each load")
    parser.add_argument("--page", type=Path, help="page whose section `Measured` is written")
    given = parser.parse_args()
    lines = [Line("what", "measured", "wanted"), Line("---", "---", "---")]
    print(machine())
    for url in given.stores:
        for line in measured(url, given.seconds):
            lines.append(line)
            print(line, flush=True)
    if given.page:
        text = given.page.read_text(encoding="utf-8")
        section = "\n".join(["## Measured", "", f"{machine()}. `make bench-decisions`.", "", *map(str, lines), ""])
        given.page.write_text(
            re.sub(r"## Measured\n.*?(?=\n## |\Z)", lambda _: section, text, flags=re.S), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
