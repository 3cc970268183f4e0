"""How fast `ringfence serve` answers score lookups at a given rate. Run as `python -m bench.lookup STORE_URL`."""

import argparse
from urllib.parse import quote

import polars as pl

from app.api.scopes import Scope
from app.settings import Settings
from app.wiring import store_of
from bench.measuring import machine
from bench.open_loop import Latencies, Request, run
from bench.serving import serving

WARM_UP_SECONDS = 2.0
SAMPLE = 20_000


def lookup_latencies(store: str, rate: float, seconds: float) -> Latencies:
    """Serve the store on this machine and ask for scores of applicants in it."""
    with serving(store, [Scope.SCORES]) as (port, key):
        run(port, key, lookups(store), rate, WARM_UP_SECONDS)
        return run(port, key, lookups(store), rate, seconds)


def lookups(store: str) -> list[Request]:
    """Questions for the scores of applicants from all over the store, in random order, the same in every run."""
    with store_of(Settings(store=store)) as opened:
        ids = pl.concat([chunk.select("applicant_id") for chunk in opened.runs.all_scores()])
    chosen = ids["applicant_id"].sample(min(SAMPLE, ids.height), seed=1, shuffle=True)
    return [Request("GET", f"/v1/scores/{quote(each, safe='')}") for each in chosen]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", help="URL of a store with a published run")
    parser.add_argument("--rate", type=float, default=500.0, help="requests per second")
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    found = lookup_latencies(given.store, given.rate, given.seconds)
    print(machine())
    print(f"{found.requests:,} score lookups at {found.rate:,.0f}/s: {found}")


if __name__ == "__main__":
    main()
