"""Opens the Neo4j store."""

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from graph.store.neo4j.connection import Connection, target_of
from graph.store.neo4j.graph import Neo4jGraph
from graph.store.neo4j.ledger import Neo4jLedger
from graph.store.neo4j.locking import exclusively
from graph.store.neo4j.runs import Neo4jRuns
from graph.store.neo4j.schema import prepare


class Neo4jStore:
    """`Store` in a Neo4j database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.address = connection.address
        self.graph = Neo4jGraph(connection)
        self.ledger = Neo4jLedger(connection)
        self.runs = Neo4jRuns(connection, self.exclusive)

    def exclusive(self, work: str) -> AbstractContextManager[None]:
        """Hold the store's lock for one kind of work; `BusyError` if another process holds it."""
        return exclusively(self._connection, work)

    def ping(self) -> None:
        """Raise `StoreUnavailableError` unless the server answers now."""
        self._connection.ping()

    def close(self) -> None:
        """Give back every connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_neo4j(url: str, *, user: str | None = None, password: str | None = None) -> Neo4jStore:
    """Open `neo4j://host:7687` or `bolt://...` (+s, +ssc for TLS), with `/database` where it is not the user's own."""
    connection = Connection(target_of(url, user, password))
    try:
        connection.ping()
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return Neo4jStore(connection)
