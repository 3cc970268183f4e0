"""The lock on a lease, beyond what is asked of every store."""

import time

import pytest
from neo4j import Driver

from graph.errors import BusyError
from graph.store.neo4j.locking import RENEW_SECONDS
from graph.store.neo4j.store import Neo4jStore


def test_whoever_has_lost_the_lock_is_told(store: Neo4jStore, driver: Driver) -> None:
    lock = store.exclusive("nightly")
    lock.__enter__()
    driver.execute_query("MATCH (x:Lock {work: 'nightly'}) SET x.owner = 'another'")
    time.sleep(3 * RENEW_SECONDS)
    with pytest.raises(BusyError, match="begun the same work meanwhile: nightly"):
        lock.__exit__(None, None, None)
    assert driver.execute_query("MATCH (x:Lock) RETURN x.owner").records[0][0] == "another"


def test_the_lease_is_renewed_while_the_work_goes_on(store: Neo4jStore, driver: Driver) -> None:
    lease = "MATCH (x:Lock {work: 'nightly'}) RETURN x.until"
    with store.exclusive("nightly"):
        first = driver.execute_query(lease).records[0][0]
        time.sleep(3 * RENEW_SECONDS)
        assert driver.execute_query(lease).records[0][0] > first
    assert driver.execute_query(lease).records == []
