"""Without the graph, fraud in the sample world does not show; base rates are lifelike."""

from pathlib import Path

from bench.base_rates import base_rates
from bench.world_realism import WORST_COLUMN, WORST_MODEL, separation


def test_fraud_does_not_show_without_the_graph(world: Path) -> None:
    found = separation(world, folds=2, rounds=20)
    assert len(found.columns) > 70
    assert found.model < WORST_MODEL
    assert found.worst[1] < WORST_COLUMN


def test_base_rates_are_lifelike(world: Path) -> None:
    rates = {rate.name: rate.value for rate in base_rates(world)}
    assert 0.7 < rates["fraudsters, % of applicants"] < 1.3
    assert 4 < rates["devices with more than one user, %"] < 7
    assert 90 < rates["shared devices that touch no fraudster, %"] < 99
    assert 3.3 < rates["cards with more than one user, %"] < 7.1
    assert 45 < rates["people with 1 devices, %"] < 60
    assert rates["most people behind one IP address"] > 1_000
