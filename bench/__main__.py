"""`make bench`: side by side with the pipeline of `bench.naive`, then the whole job on a world of a million applicants.

Prints a table and writes it to docs/benchmarks.md with the machine's size. Needs about half an hour, 30 GiB of disk,
Java and Maven. `python -m bench --applicants 100000` is a smaller round that writes nothing.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.lookup import lookup_latencies
from bench.measuring import RINGFENCE, Measured, machine, measure
from bench.naive import TABLES
from bench.server import ROOT, neo4j

FULL = 1_000_000
SIDE_BY_SIDE = 100_000


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the table, and what it should be."""

    what: str
    figure: str
    target: str = ""


def main() -> None:
    """Run every benchmark in turn, telling each figure as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applicants", type=int, default=FULL, help="size of the world")
    applicants: int = parser.parse_args().applicants
    lines: list[Line] = []

    def tell(line: Line) -> None:
        lines.append(line)
        print(f"{line.what}: {line.figure}", flush=True)

    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="ringfence-bench-") as folder:
        side_by_side(Path(folder), min(applicants, SIDE_BY_SIDE), tell)
        whole_job(Path(folder), applicants, tell)
    if applicants == FULL:
        (ROOT / "docs" / "benchmarks.md").write_text(page(lines), encoding="utf-8")


def whole_job(folder: Path, applicants: int, tell: Callable[[Line], None]) -> None:
    """World; ingest, detection and lookups on the embedded store; ingest into Neo4j."""
    size = f"{applicants:,} applicants"
    world, store = folder / "world", f"sqlite:///{folder}/ringfence.db"
    made = ringfence("world", str(world), "--applicants", str(applicants), "--seed", "11")
    tell(Line(f"World of {size}", figure(made), "about 60 s at a million"))
    loaded = ringfence("ingest", str(world), "--json", store=store, folder=folder)
    tell(Line(f"Ingest into the embedded store, {size}", speed(loaded), "100,000 rows/s, 2 GiB"))
    detected = ringfence("detect", store=store, folder=folder)
    tell(Line(f"Detection on the embedded store, {size}", figure(detected), "180 s, 6 GiB"))
    answers = lookup_latencies(store, rate=500, seconds=30)
    tell(Line("Score lookup through HTTP, 500/s", f"p50 {answers.p50:.2f} ms, p99 {answers.p99:.2f} ms", "p99 5 ms"))
    with neo4j(folder / "server") as server:
        loaded = ringfence("ingest", str(world), "--json", store=server, folder=folder)
    tell(Line(f"Ingest into Neo4j, {size}", speed(loaded), "15,000 rows/s"))


def side_by_side(folder: Path, applicants: int, tell: Callable[[Line], None]) -> None:
    """The pipeline of `bench.naive` and ours, on the same four files."""
    world, four = folder / "small", folder / "four"
    ringfence("world", str(world), "--applicants", str(applicants), "--seed", "12", "--format", "csv")
    four.mkdir()
    for table in TABLES:
        (four / f"{table}.csv").symlink_to(world / f"{table}.csv")
    with neo4j(folder / "naive") as server:
        first = measure([sys.executable, "-m", "bench.naive", str(four), server])
    tell(Line(f"neo4j + networkx + python-louvain, {applicants:,} applicants, four tables", figure(first)))
    with neo4j(folder / "ours") as server:
        compare("on Neo4j", first, job(four, server, folder), tell)
    compare("on the embedded store", first, job(four, f"sqlite:///{folder}/four.db", folder), tell)


def job(world: Path, store: str, folder: Path) -> Measured:
    """Ingest, then detection: seconds added, the larger of the memory peaks."""
    loaded = ringfence("ingest", str(world), store=store, folder=folder)
    found = ringfence("detect", store=store, folder=folder)
    return Measured(loaded.seconds + found.seconds, max(loaded.peak_mib, found.peak_mib), "")


def compare(where: str, first: Measured, ours: Measured, tell: Callable[[Line], None]) -> None:
    """Our figures, and how many times as fast and as small they are."""
    ratio = f"{first.seconds / ours.seconds:.1f} x as fast, {first.peak_mib / ours.peak_mib:.1f} x less memory"
    tell(Line(f"Ringfence {where}, the same four tables", f"{figure(ours)}: {ratio}"))


def ringfence(*arguments: str, store: str = "", folder: Path = ROOT) -> Measured:
    """Run a `ringfence` command on a store, work files in `folder`."""
    environment = {"RINGFENCE_WORK_DIR": str(folder / "work")} | ({"RINGFENCE_STORE": store} if store else {})
    return measure([RINGFENCE, *arguments], environment)


def figure(measured: Measured) -> str:
    return f"{measured.seconds:.1f} s, {measured.peak_mib:,.0f} MiB"


def speed(loaded: Measured) -> str:
    """Rows of files, and the nodes and relationships they made or met, from the answer of `ringfence ingest --json`."""
    loads = json.loads(loaded.output)["loads"]
    rows = sum(load["rows_read"] for load in loads)
    made = sum(load["loaded"] + load["merged"] for load in loads)
    rates = f"{rows / loaded.seconds:,.0f} rows/s, {made / loaded.seconds:,.0f} nodes and relationships/s"
    return f"{rates} ({rows:,} rows, {figure(loaded)})"


def page(lines: list[Line]) -> str:
    """The figures as a page."""
    rows = "\n".join(f"| {line.what} | {line.figure} | {line.target} |" for line in lines)
    return (
        "# Benchmarks\n\n"
        f"Written by `make bench` on {machine()}. Seconds are wall time, memory is the peak of the process.\n\n"
        f"| what | measured | wanted |\n| --- | --- | --- |\n{rows}\n"
    )


if __name__ == "__main__":
    main()
