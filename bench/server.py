"""A Neo4j of the benchmarks' own: started with the tools of the tests, gone afterwards."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neo4j import Driver, GraphDatabase

ROOT = Path(__file__).parents[1]
HEAP = "4g"
_CONTROL = [sys.executable, str(ROOT / "tests" / "neo4j" / "neo4j_server.py")]


@contextmanager
def neo4j(home: Path, *, gds: bool = False) -> Iterator[str]:
    """A running server with its data in this new folder, with Graph Data Science if wanted; gives its URL."""
    home.mkdir()
    start = [*_CONTROL, "start", "--home", str(home), "--heap", HEAP, *(["--gds"] if gds else [])]
    started = subprocess.run(start, check=True, stdout=subprocess.PIPE, text=True)
    try:
        yield started.stdout.strip()
    finally:
        subprocess.run([*_CONTROL, "stop", "--home", str(home)], check=True)


def driver_of(home: Path) -> Driver:
    """A driver for the server that runs in this folder."""
    state = _state(home)
    return GraphDatabase.driver(f"bolt://127.0.0.1:{state['port']}", auth=("neo4j", state["password"]))


def process_of(home: Path) -> int:
    """The process id of the server in this folder."""
    return int(_state(home)["pid"])


def _state(home: Path) -> dict[str, str]:
    state: dict[str, str] = json.loads((home / "server.json").read_text(encoding="utf-8"))
    return state
