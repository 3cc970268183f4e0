"""The graphs for the engines are as they are said to be, and the engines find what is easy."""

import numpy as np
import pytest

from bench.detect.engines import ENGINES
from bench.detect.engines.comparing import SHAPES, trial


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("mixing", [0.2, 0.5])
def test_so_many_edges_lead_outside(shape, mixing):
    graph = SHAPES[shape](2000, mixing)
    outside = graph.truth[graph.low] != graph.truth[graph.high]
    assert outside.mean() == pytest.approx(mixing, abs=0.06)
    assert len(graph.truth) == 2000
    assert (graph.low < graph.high).all()


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_graph_every_time(shape):
    one, other = (SHAPES[shape](500, 0.3) for _ in range(2))
    assert np.array_equal(one.low, other.low)
    assert np.array_equal(one.truth, other.truth)


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_find_communities_that_are_plain(engine):
    graph = SHAPES["LFR"](500, 0.1)
    assert trial("plain", graph, engine, ENGINES[engine].load()).nmi > 0.95


def test_chance_is_worth_little():
    graph = SHAPES["LFR"](500, 0.1)

    def guess(size, low, high, weight):
        return np.random.default_rng(1).integers(0, 5, size).astype(np.int32)

    assert trial("plain", graph, "guess", guess).nmi < 0.2
