"""Baseline: communities of the graph of pairs, by any engine."""

from bench.detect.engines.contract import Engine
from bench.detect.methods.contract import Found
from bench.detect.methods.pairs import Pairs
from bench.detect.methods.sharing import View
from graph.projection import Projection


def clustered(view: View, engine: Engine, projection: Projection) -> Found:
    pairs = Pairs.of(projection, view)
    return pairs.ranked(projection, engine(len(pairs.accounts), pairs.low, pairs.high, pairs.weight))
