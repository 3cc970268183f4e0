"""The engines alone, on graphs whose communities are known: how near they come, and how fast."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from bench.detect.engines import ENGINES, gds
from bench.detect.engines.contract import Engine
from bench.detect.engines.graphs import KnownGraph, lfr, planted

SHAPES = {"LFR": lfr, "planted": planted}
MIXING = {"LFR": (0.3, 0.5, 0.6), "planted": (0.3, 0.5)}

WARM_UP_NODES = 200
"""The first call of an engine compiles, connects and loads; it is not counted."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One engine on one graph: normalised mutual information (1: exactly the truth), seconds from arrays to labels."""

    graph: str
    engine: str
    nmi: float
    seconds: float


def compare(sizes: list[int], home: Path) -> Iterator[Trial]:
    """Every engine on every shape, size and mixing; `home`: a running Neo4j with Graph Data Science."""
    engines: dict[str, Engine] = {name: one.load() for name, one in ENGINES.items()}
    engines |= {f"GDS {one.capitalize()}": gds.engine(one, home) for one in ("louvain", "leiden")}
    small = lfr(WARM_UP_NODES, mixing=0.1)
    for name, find in engines.items():
        trial("warm-up", small, name, find)
    for size in sizes:
        for shape, build in SHAPES.items():
            for mixing in MIXING[shape]:
                graph = build(size, mixing)
                name = f"{shape}, {size:,} nodes, {len(graph.low):,} edges, mixing {mixing}"
                for engine, find in engines.items():
                    yield trial(name, graph, engine, find)


def trial(name: str, graph: KnownGraph, engine: str, find: Engine) -> Trial:
    weight = np.ones(len(graph.low))
    begin = perf_counter()
    found = find(len(graph.truth), graph.low, graph.high, weight)
    seconds = perf_counter() - begin
    return Trial(name, engine, float(normalized_mutual_info_score(graph.truth, found)), seconds)
