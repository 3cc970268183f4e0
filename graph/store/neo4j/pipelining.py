"""Loads chunk after chunk: while the server commits one, the statements of the next run in a second transaction.

A commit is a third of a chunk's time, and the server needs one processor for each of the two. What the second
transaction cannot do before the first is committed it waits for by itself, on the server's locks; the ledger's line is
among that, so chunks are committed in order. Whatever goes wrong is done again, one after the other.
"""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import uuid4

from neo4j.exceptions import DriverError, Neo4jError

from graph.chunk import MergeCounts
from graph.ledger import Load, QuarantinedRow
from graph.store.neo4j.connection import AnyTransaction, Connection, Opened
from graph.store.neo4j.ends import KnownNodes
from graph.store.neo4j.ledger import counted_by, write_load, write_quarantine
from graph.store.neo4j.merging import Batch, MissingEndError, learn_batches, merge_batches


@dataclass(frozen=True, slots=True)
class Unit:
    """What is written in one transaction; the token tells it from every other in the ledger."""

    batches: list[Batch]
    quarantined: Sequence[QuarantinedRow]
    token: str = field(default_factory=lambda: uuid4().hex)

    def write(self, tx: AnyTransaction, load: Load | None, known: KnownNodes) -> MergeCounts:
        """Run every statement; `load` is the ledger's line without what this unit adds to its counts."""
        counts = merge_batches(tx, self.batches, known)
        if load is not None:
            write_load(tx, load.with_counts(counts), self.token)
        write_quarantine(tx, self.quarantined)
        return counts


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A unit whose statements have run in a transaction; the ledger's line without and with its counts."""

    unit: Unit
    line: Load
    after: Load
    opened: Opened


class Pipeline:
    """Writes units on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known = KnownNodes()

    def write(self, unit: Unit, load: Load | None) -> MergeCounts:
        """Write one unit, again and again until it is committed."""

        def work(tx: AnyTransaction) -> MergeCounts:
            # An attempt may have been committed though its answer was lost on the way: it must not be counted twice.
            if load is not None and (counted := counted_by(tx, load, unit.token)) is not None:
                return counted
            return unit.write(tx, load, self._known)

        try:
            counts = self._connection.write(work)
        except MissingEndError:
            self._known = KnownNodes()
            counts = self._connection.write(work)
        learn_batches(unit.batches, self._known)
        return counts

    def write_all(self, units: Iterator[Unit], load: Load) -> Generator[Load, None, None]:
        """Write units in order; gives the ledger's line after each is committed."""
        with ThreadPoolExecutor(1, "committing") as pool:
            before: tuple[_Attempt, Future[bool]] | None = None
            for unit in units:
                attempt = self._begun(unit, load)
                ended = None
                if before is not None:
                    if attempt is not None and not before[1].result():
                        attempt.opened.give_up()  # it rests on what was not committed, and holds locks
                        attempt = None
                    load = ended = self._ended(*before)
                    before = None
                if attempt is not None:
                    before, load = (attempt, pool.submit(attempt.opened.commit)), attempt.after
                if ended is not None:
                    yield ended
                if attempt is None:
                    load = self._written(unit, load.with_chunk(len(unit.quarantined)))
                    yield load
            if before is not None:
                yield self._ended(*before)

    def _begun(self, unit: Unit, load: Load) -> _Attempt | None:
        """The unit in an open transaction; None where something is in the way of it."""
        line = load.with_chunk(len(unit.quarantined))
        try:
            opened = self._connection.begin()
        except (Neo4jError, DriverError):
            return None
        try:
            return _Attempt(unit, line, line.with_counts(unit.write(opened.tx, line, self._known)), opened)
        except (Neo4jError, DriverError, MissingEndError):
            opened.give_up()
            return None

    def _ended(self, attempt: _Attempt, committed: Future[bool]) -> Load:
        """The ledger's line when the attempt is committed, or was written again."""
        if not committed.result():
            return self._written(attempt.unit, attempt.line)
        learn_batches(attempt.unit.batches, self._known)
        return attempt.after

    def _written(self, unit: Unit, line: Load) -> Load:
        return line.with_counts(self.write(unit, line))
