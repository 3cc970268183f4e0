"""Ringfence and the baselines, each behind the same call."""

from pathlib import Path

from bench.detect.engines import ENGINES
from bench.detect.lazy import Lazy
from bench.detect.methods.sharing import NARROW, WIDE

OURS = "Ringfence"
UNLABELLED = "Ringfence, no labels"
VIEWS = {"wide": WIDE, "narrow": NARROW}
CLUSTERING = ("python-louvain", "igraph Leiden", "networkit ParallelLeiden")
GDS = ("louvain", "leiden")


def methods(home: Path) -> dict[str, Lazy]:
    """All methods by name, ours first; each loads a `Method`.

    `home`: the folder of a running Neo4j with Graph Data Science, for those whose name begins with GDS.
    """
    found = {
        OURS: Lazy("methods.ringfence", "ringfence"),
        UNLABELLED: Lazy("methods.ringfence", "without_labels"),
        "shared devices": Lazy("methods.devices", "devices"),
        "rare pairs": Lazy("methods.rare_pairs", "rare_pairs"),
    }
    for name, view in VIEWS.items():
        for engine in CLUSTERING:
            found[f"{engine}, {name}"] = Lazy("methods.clustered", "clustered", (view, ENGINES[engine]))
        for algorithm in GDS:
            found[f"GDS {algorithm.capitalize()}, {name}"] = Lazy("methods.gds", "gds", (view, algorithm, home))
        found[f"Fraudar, {name}"] = Lazy("methods.fraudar", "fraudar", (view,))
    return found
