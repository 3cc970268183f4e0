"""The way to the server: where it is, who asks, and what happens when it does not answer."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from neo4j import Driver, GraphDatabase, ManagedTransaction, Session, Transaction
from neo4j.exceptions import DriverError, Neo4jError
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_delay, wait_random_exponential

from graph.errors import ConfigurationError
from graph.store.neo4j.errors import may_pass, translation

T = TypeVar("T")
AnyTransaction = ManagedTransaction | Transaction

BRIEF_SECONDS = 3.0
"""How long a lookup is tried again: somebody is waiting for it."""
PATIENT_SECONDS = 180.0
"""How long a load, a publication or the reading of columns is tried again: a server that restarts is back by then."""
_CONNECT_SECONDS = 5.0
_LONGEST_PAUSE_SECONDS = 5.0
_TOLD_AT_ATTEMPT = 5
"""Some seconds after the first: whoever waits longer wants to know why."""

_log = logging.getLogger("ringfence.store")

# The driver logs every attempt; this says to the logging module that it need not reach the terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Target:
    """A server, its database (None: the user's own), and who asks."""

    address: str
    database: str | None
    user: str | None
    password: str | None


def target_of(url: str, user: str | None, password: str | None) -> Target:
    """Take a URL such as `neo4j+s://user:password@host:7687/database` apart; the URL's user and password win."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise ConfigurationError("The URL names no server", where=_shown(url), do="Write neo4j://host:7687.")
    given = (unquote(parts.username), unquote(parts.password or "")) if parts.username else (user, password)
    return Target(_shown(url), unquote(parts.path.strip("/")) or None, *given)


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A transaction that whoever asked for it commits or gives up."""

    session: Session
    tx: Transaction

    def commit(self) -> bool:
        """Was it committed? If not for certain, what was done may be in the graph or not."""
        try:
            with self.session:
                self.tx.commit()
        except (Neo4jError, DriverError):
            return False
        return True

    def give_up(self) -> None:
        """Roll back, as the server does by itself with one that it no longer hears of."""
        with suppress(Neo4jError, DriverError):
            self.session.close()


class Connection:
    """Runs units of work on the server. Each may run more than once, and counts only when it has ended well."""

    def __init__(self, target: Target, patience: float = PATIENT_SECONDS) -> None:
        self.address = target.address
        self._patience = patience
        self._database = target.database
        auth = (target.user or "neo4j", target.password) if target.password is not None else None
        with self._translated():
            self._driver: Driver = GraphDatabase.driver(
                target.address,
                auth=auth,
                connection_timeout=_CONNECT_SECONDS,
                connection_acquisition_timeout=2 * _CONNECT_SECONDS,
                max_transaction_retry_time=0,
                notifications_min_severity="OFF",
            )

    def write(self, work: Callable[[ManagedTransaction], T], seconds: float | None = None) -> T:
        """Run the work in a write transaction; while the server is away, again (for `seconds`, if not patiently)."""
        return self._patiently(self._patience if seconds is None else seconds, lambda: self._write_once(work))

    def begin(self) -> Opened:
        """A write transaction, tried once; the errors of it and of its statements are the driver's own."""
        session = self._driver.session(database=self._database)
        try:
            return Opened(session, session.begin_transaction())
        except (Neo4jError, DriverError):
            session.close()
            raise

    def read(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run the work in a read transaction, as patiently as a write."""
        return self._patiently(self._patience, lambda: self._read_once(work))

    def look_up(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run the work in a read transaction for somebody who waits for the answer."""
        return self._patiently(min(self._patience, BRIEF_SECONDS), lambda: self._read_once(work))

    def run_in_batches(self, text: str, **parameters: object) -> None:
        """Run a statement that commits by itself as it goes on (`CALL ... IN TRANSACTIONS`)."""

        def attempt() -> None:
            with self._driver.session(database=self._database) as session:
                session.run(text, parameters).consume()

        self._patiently(self._patience, attempt)

    def ping(self) -> None:
        """Ask once; raise unless the server answers."""
        with self._translated():
            self._read_once(lambda tx: tx.run("RETURN 1").consume())

    def close(self) -> None:
        """Close every connection."""
        self._driver.close()

    def _write_once(self, work: Callable[[ManagedTransaction], T]) -> T:
        with self._driver.session(database=self._database) as session:
            return session.execute_write(work)

    def _read_once(self, work: Callable[[ManagedTransaction], T]) -> T:
        with self._driver.session(database=self._database) as session:
            return session.execute_read(work)

    def _patiently(self, seconds: float, attempt: Callable[[], T]) -> T:
        retrying = Retrying(
            retry=retry_if_exception(may_pass),
            stop=stop_after_delay(seconds),
            wait=wait_random_exponential(multiplier=0.1, max=_LONGEST_PAUSE_SECONDS),
            before_sleep=partial(self._tell, seconds),
            reraise=True,
        )
        with self._translated():
            return retrying(attempt)

    def _tell(self, seconds: float, state: RetryCallState) -> None:
        if seconds > BRIEF_SECONDS and state.attempt_number == _TOLD_AT_ATTEMPT:
            _log.warning("Neo4j does not answer (%s). It is asked again for up to %.0f s.", self.address, seconds)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Errors of the driver as ours."""
        try:
            yield
        except (Neo4jError, DriverError) as error:
            raise translation(error, self.address, self._database) from error
