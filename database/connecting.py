"""An open database: SQLite for one machine, PostgreSQL for many. Transactions, and plain errors."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection as Connection3

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from database.explaining import explained
from database.schema import Schema
from graph.errors import ConfigurationError

BUSY_SECONDS = 60
CONNECT_SECONDS = 10
_WRITES = "ringfence_writes"
_FILE = "sqlite:///"


class Database:
    """An open database. Any thread may use it."""

    def __init__(self, url: str, schema: Schema, password: str | None = None) -> None:
        at = _url(url, schema)
        if password is not None and at.password is None:
            at = at.set(password=password)
        self.schema = schema
        self.address = at.set(drivername=at.get_backend_name()).render_as_string(hide_password=True)
        self.file = Path(at.database or "") if at.get_backend_name() == "sqlite" else None
        self._engine = _sqlite(at, flushed=schema.flushed) if self.file else _postgresql(at)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state and changes nothing."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            if not self.file:
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end of the block, and undone on any error."""
        writing = self._engine.execution_options(**{_WRITES: True})
        with self._in_line(), self._translated(), writing.begin() as connection:
            yield connection

    def flush(self) -> None:
        """Write to the disk what was committed without waiting for it (`Schema.flushed`); nobody waits meanwhile."""
        if self.file:
            with self._translated(), closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        """Wait for writers of other processes in a queue: SQLite would only look again, the more rarely the longer."""
        if self.file is None:
            yield
            return
        with open(f"{self.file}.lock", "a", encoding="ascii") as line:
            fcntl.flock(line, fcntl.LOCK_EX)  # ends when the file is closed
            yield

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Errors of the database as ours."""
        try:
            yield
        except SQLAlchemyError as error:
            raise explained(error, self.schema, self.address) from error


def _url(url: str, schema: Schema) -> URL:
    """The URL with the driver that is used here; `ConfigurationError` without repeating it: a password may be in it."""
    if url.startswith(_FILE) and url != _FILE:
        return URL.create("sqlite+pysqlite", database=url.removeprefix(_FILE))  # whatever is in a path is part of it
    try:
        at = make_url(url)
    except (ArgumentError, ValueError):
        at = None
    if at is None or at.drivername != "postgresql":
        raise ConfigurationError(
            f"The {schema.name}'s URL is none that is known",
            do="Use sqlite:///file.db or postgresql://user@host/database.",
        )
    return at.set(drivername="postgresql+psycopg")


def _postgresql(at: URL) -> Engine:
    return create_engine(at, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})


def _sqlite(at: URL, *, flushed: bool) -> Engine:
    """SQLite takes the write lock as a writing transaction begins: waiting for it later would be refused at once."""
    engine = create_engine(at, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def connected(connection: Connection3, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin transactions in its own way
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if flushed else 'NORMAL'}")
        if not flushed:
            connection.execute("PRAGMA wal_autocheckpoint = 0")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
