"""Opens the embedded store."""

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.errors import ConfigurationError
from graph.store.sqlite.connections import Connections
from graph.store.sqlite.errors import translated
from graph.store.sqlite.graph import SqliteGraph
from graph.store.sqlite.ledger import SqliteLedger
from graph.store.sqlite.locks import exclusively
from graph.store.sqlite.migrations import prepare
from graph.store.sqlite.runs import SqliteRuns

_PREFIX = "sqlite:///"


class SqliteStore:
    """`Store` in one file."""

    def __init__(self, path: Path, address: str) -> None:
        self._connections = Connections(path, address)
        self._path = path
        self.address = address
        self.graph = SqliteGraph(self._connections)
        self.ledger = SqliteLedger(self._connections)
        self.runs = SqliteRuns(self._connections, path)

    def exclusive(self, work: str) -> AbstractContextManager[None]:
        """Hold the store's lock for one kind of work; `BusyError` if another process holds it."""
        return exclusively(self._path, work)

    def ping(self) -> None:
        """Raise unless the file can be read now."""
        with self._connections.reader() as connection:
            connection.execute("SELECT number FROM run LIMIT 1").fetchone()

    def close(self) -> None:
        """Give back every connection."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_sqlite(url: str) -> SqliteStore:
    """Open `sqlite:///relative.db` or `sqlite:////absolute.db`; the file is made if there is none."""
    path = _path_of(url)
    with translated(url):
        prepare(path, url)
    return SqliteStore(path, url)


def _path_of(url: str) -> Path:
    name = url.removeprefix(_PREFIX)
    if not url.startswith(_PREFIX) or not name:
        raise ConfigurationError("The URL names no file", where=url, do="Write sqlite:///file.db.")
    path = Path(name)
    if not path.absolute().parent.is_dir():
        raise ConfigurationError(
            f"There is no folder {path.absolute().parent}", where=url, do="Make the folder, or name another."
        )
    return path
