"""Runs one method on one store in a process of its own, so that its time and memory are its own.

The process is `python -m bench.detect.running METHOD STORE OUT NEO4J_HOME`.
"""

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import polars as pl

from app.settings import Settings
from app.wiring import store_of
from bench.detect.methods import methods
from bench.detect.methods.contract import Found, Method
from bench.measuring import measure, peak_mib
from graph.projecting import project


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds to read the store and to find groups in what was read; the peak of memory, servers included."""

    read: float
    find: float
    peak_mib: float


def run(method: str, store: str, home: Path) -> tuple[Found, Cost]:
    """Run the method of this name; `home` is that of a running Neo4j with Graph Data Science."""
    with TemporaryDirectory(prefix="ringfence-method-") as out:
        done = measure([sys.executable, "-m", "bench.detect.running", method, store, out, str(home)])
        groups, scores = (pl.read_parquet(Path(out) / f"{name}.parquet") for name in ("groups", "scores"))
    return Found(groups, scores), Cost(**json.loads(done.output.splitlines()[-1]))


def main() -> None:
    """Run, write groups and scores into the folder, print the cost."""
    method, store, out, home = sys.argv[1:]
    find: Method = methods(Path(home))[method].load()
    begin = perf_counter()
    with store_of(Settings(store=store)) as opened:
        projection = project(opened.graph)
    read = perf_counter()
    found = find(projection)
    end = perf_counter()
    cost = Cost(read - begin, end - read - found.uncounted, peak_mib(os.getpid()) + found.elsewhere_mib)
    found.groups.write_parquet(Path(out) / "groups.parquet")
    found.scores.write_parquet(Path(out) / "scores.parquet")
    sys.stdout.write(json.dumps(asdict(cost)) + "\n")


if __name__ == "__main__":
    main()
