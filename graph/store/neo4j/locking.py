"""Locks as (:Lock {work}) nodes, held on a lease that the holder renews: without a holder it runs out.

Times are those of the server's clock alone. Whoever finds a lock held waits until it is renewed (then its holder is
alive) or until the lease has run out (then it is free).
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

from neo4j import ManagedTransaction

from graph.errors import BusyError, StoreUnavailableError
from graph.store.neo4j.connection import BRIEF_SECONDS, Connection

LEASE_MS = 8_000
RENEW_SECONDS = 1.0
_LOOK_SECONDS = 0.25
_TAKE = """
MERGE (x:Lock {work: $work})
SET x.asked = timestamp()
WITH x, coalesce(x.until, 0) <= timestamp() OR x.owner = $owner AS free
SET x.owner = CASE WHEN free THEN $owner ELSE x.owner END,
    x.until = CASE WHEN free THEN timestamp() + $lease ELSE x.until END
RETURN x.owner AS owner, x.until AS until
"""
_RENEW = "MATCH (x:Lock {work: $work, owner: $owner}) SET x.until = timestamp() + $lease RETURN x.until AS until"
_RELEASE = "MATCH (x:Lock {work: $work, owner: $owner}) DELETE x"


@contextmanager
def exclusively(connection: Connection, work: str) -> Iterator[None]:
    """Hold the lock for one kind of work for the time of the block; `BusyError` if somebody else holds it."""
    given: dict[str, object] = {"work": work, "owner": uuid4().hex, "lease": LEASE_MS}
    _take(connection, given)
    done, lost = threading.Event(), threading.Event()
    renewing = threading.Thread(target=_renew, args=(connection, given, done, lost), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        done.set()
        renewing.join()
        with suppress(StoreUnavailableError):  # then the lease runs out by itself
            connection.write(lambda tx: tx.run(_RELEASE, given).consume(), BRIEF_SECONDS)
    if lost.is_set():
        raise BusyError(
            f"Another process has begun the same work meanwhile: {work}",
            where=connection.address,
            do="This machine or the server stood still for too long. Look at both results.",
        )


def _take(connection: Connection, given: dict[str, object]) -> None:
    """Get the lock, as soon as it is certain whether its holder lives."""
    first = None
    while True:
        owner, until = connection.write(lambda tx: _asked(tx, given))
        if owner == given["owner"]:
            return
        if first not in (None, (owner, until)):
            raise BusyError(
                f"Another process is at the same work: {given['work']}",
                where=connection.address,
                do="Wait until it has finished.",
            )
        first = (owner, until)
        time.sleep(_LOOK_SECONDS)


def _asked(tx: ManagedTransaction, given: dict[str, object]) -> tuple[str, int]:
    record = tx.run(_TAKE, given).single(strict=True)
    return record["owner"], record["until"]


def _renew(connection: Connection, given: dict[str, object], done: threading.Event, lost: threading.Event) -> None:
    """Prolong the lease until the work is done; a server that is away is asked again."""
    while not done.wait(RENEW_SECONDS):
        try:
            held = connection.write(lambda tx: tx.run(_RENEW, given).single(), BRIEF_SECONDS)
        except StoreUnavailableError:
            continue
        if held is None:
            lost.set()
            return
