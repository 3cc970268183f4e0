"""An empty Neo4j store, and a driver that does not know our code."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from neo4j import Driver, GraphDatabase

from graph.store.neo4j.store import Neo4jStore, open_neo4j


@pytest.fixture
def driver(empty_neo4j: str) -> Iterator[Driver]:
    """A plain driver on the empty database."""
    parts = urlsplit(empty_neo4j)
    with GraphDatabase.driver(
        f"{parts.scheme}://{parts.hostname}:{parts.port}",
        auth=(parts.username, parts.password),
        notifications_min_severity="OFF",
    ) as opened:
        yield opened


@pytest.fixture
def store(driver: Driver, neo4j_url: str) -> Iterator[Neo4jStore]:
    """Our store on the empty database."""
    with open_neo4j(neo4j_url) as opened:
        yield opened
