"""Engines that find communities, each behind the same call: what the baselines use, and what is compared alone."""

from bench.detect.lazy import Lazy

ENGINES = {
    "Ringfence": Lazy("engines.ours", "find"),
    "networkit ParallelLeiden": Lazy("engines.networkit_leiden", "find"),
    "igraph Leiden": Lazy("engines.igraph_leiden", "find"),
    "leidenalg": Lazy("engines.leidenalg_leiden", "find"),
    "python-louvain": Lazy("engines.louvain", "find"),
    "networkx Louvain": Lazy("engines.networkx_louvain", "find"),
}
"""Each loads an `Engine`. All maximise modularity at resolution 1, with the settings that their makers chose."""
