"""What every store does. Three small contracts (graph, ledger, runs) and the store that holds them.

Every method raises `StoreUnavailableError` when the store does not answer after retries, and leaves it as it was.
Ids are the lender's keys (applicant_id, fingerprint, ...) unless a name says `node_id`, which is the store's own
integer, valid while the store is open.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import ClassVar, Protocol, Self

import polars as pl

from graph.chunk import Chunk, MergeCounts
from graph.ledger import Load, NightLine, QuarantinedRow
from graph.ontology import NodeKind, RelationshipKind
from graph.results import ApplicantScore, Ring, RingSummary, Run


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its properties, values as stored (money in minor units, times in unix seconds)."""

    kind: str
    key: str
    properties: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship between two nodes, each end as (kind, key)."""

    kind: str
    start: tuple[str, str]
    end: tuple[str, str]
    properties: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A node, what it touches, and how much was left out: relationship type to number of relationships not returned."""

    centre: Node
    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which relationships of a node are read: of these `types` (None: all), known at `known_until` (unix seconds; None:
    whenever), the most recent first or the earliest.
    """

    types: frozenset[str] | None = None
    known_until: int | None = None
    earliest: bool = False

    def has(self, kind: RelationshipKind) -> bool:
        """Is this type among them?"""
        return self.types is None or kind.type in self.types


EVERYTHING = Wanted()
"""All relationships of a node, the most recent first."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody, or something, seen from when to when (unix seconds; None where that is not known)."""

    key: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around an applicant and the identifiers that he brings.

    `properties`: his own, None if he is unknown. `uses`: by relationship type what he was seen with, the latest first.
    `users`: of each identifier asked for, in the same order, the applicants seen with it, the latest first; None of one
    that more than were wanted have. `described`: the properties of each identifier, none if it is unknown.
    """

    properties: dict[str, str | int] | None
    uses: dict[str, tuple[Seen, ...]]
    users: tuple[tuple[Seen, ...] | None, ...]
    described: tuple[dict[str, str | int], ...]


class RingOrder(StrEnum):
    """What the queue can be sorted by, each with the largest first."""

    EXPECTED_LOSS = "expected_loss"
    SCORE = "score"
    SIZE = "size"
    EXPOSURE = "exposure"
    LAST_SEEN = "last_seen"


@dataclass(frozen=True, slots=True)
class RingFilter:
    """Which rings of the published run; empty fields do not restrict.

    `applicants`: rings with any of these members. `rings`: only these ids; `without`: not these. Both may be as many as
    the run has. `beginning`: of the ring's id.
    """

    change: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    min_score: float = 0.0
    min_size: int = 0
    applicants: tuple[str, ...] | None = None
    rings: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    beginning: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk of a file, and the file's rows next to it that cannot be loaded."""

    chunk: Chunk
    quarantined: Sequence[QuarantinedRow] = ()


class GraphStore(Protocol):
    """The lender's graph: merged chunk by chunk, read as columns or around one node."""

    chunk_rows: ClassVar[int]
    """Rows of an input table that one transaction of this store takes in its stride."""

    def merge(self, chunk: Chunk, load: Load | None = None, quarantined: Sequence[QuarantinedRow] = ()) -> MergeCounts:
        """Merge the chunk, in one transaction together with the ledger's line of the load as it then stands.

        `load` comes with its counts before this chunk; the store adds the chunk's `loaded` and `merged` to it.
        Merging the same chunk twice leaves the graph as merging it once.
        """
        ...

    def merge_all(self, parts: Iterator[Part], load: Load) -> Generator[Load, None, None]:
        """Merge the parts of a file in order, each as `merge` does; gives the ledger's line after each.

        The next part is asked for, in another thread, while one is merged.
        """
        ...

    def position(self) -> str | None:
        """A word for everything that is merged by now; None where the store cannot say what was written after it.

        A store that has positions does not change a `node_id` as long as it knows them.
        """
        ...

    def nodes(
        self, kind: NodeKind, properties: Sequence[str] = (), *, since: str | None = None
    ) -> Iterator[pl.DataFrame]:
        """All nodes of a kind in chunks: `node_id` (Int64), `key` (String), then the properties named.

        A node has the same `node_id` in its kind and in the base kind. With `since` (a position) those at least that
        were written after it; `ForgottenError` where the store does not know it, or no longer.
        """
        ...

    def relationships(
        self,
        kind: RelationshipKind,
        properties: Sequence[str] = (),
        *,
        known_until: int | None = None,
        since: str | None = None,
    ) -> Iterator[pl.DataFrame]:
        """All relationships of a kind in chunks: `start`, `end` (node_id, Int64), `key` if it has one, properties.

        With `known_until` (unix seconds) only those whose `known_from` property is not later, or is missing. With
        `since` as for `nodes`.
        """
        ...

    def counts(self) -> dict[str, int]:
        """Number of nodes by label and of relationships by type."""
        ...

    def node(self, kind: NodeKind, key: str) -> Node | None:
        """One node, or None. An account that is an applicant comes as an applicant (so in a neighbourhood, too)."""
        ...

    def neighbourhood(
        self, kind: NodeKind, key: str, *, per_type: int = 20, wanted: Wanted = EVERYTHING
    ) -> Neighbourhood | None:
        """A node with at most `per_type` of the relationships wanted of each type, and how many more there are.

        Reads no more than it returns, and counts the rest: a hub takes no longer than others.
        """
        ...

    def surroundings(
        self, applicant_id: str, asked: Sequence[tuple[RelationshipKind, str]], *, most: int
    ) -> Surroundings:
        """What is around an applicant and these identifiers (each as who would be seen with it how, and its key).

        Of an identifier of more than `most` users nobody is read: a hub takes no longer than others. Of what he was
        seen with himself, the latest `most` of each type. Whoever asks is waiting: all of it is one question.
        """
        ...

    def keys(self, kind: NodeKind, beginning: str, *, limit: int = 20) -> list[str]:
        """The first keys of a kind that begin so, in order of their characters."""
        ...

    def users(self, kind: NodeKind, key: str, *, limit: int = 1000) -> list[str]:
        """Ids of the applicants with a relationship to this identifier, most recent first where times are known."""
        ...


class LedgerStore(Protocol):
    """Which files were loaded, the rows that were not, and how the nights went."""

    def load(self, load_id: str) -> Load | None:
        """One line of the ledger, or None."""
        ...

    def loads(self) -> list[Load]:
        """The whole ledger, latest first."""
        ...

    def record(self, load: Load, quarantined: Sequence[QuarantinedRow] = ()) -> None:
        """Write or replace the load's line and add rows to its quarantine (the same row again changes nothing)."""
        ...

    def quarantine(self, *, table: str | None = None, load_id: str | None = None) -> Iterator[QuarantinedRow]:
        """Quarantined rows in order of load, line and column."""
        ...

    def release(self, rows: Sequence[QuarantinedRow]) -> int:
        """Take rows out of quarantine (their correction was loaded); returns how many were there."""
        ...

    def keep_night(self, night: NightLine, *, keep: int) -> None:
        """Write down how a night went, and forget those beyond the last `keep`."""
        ...

    def nights(self) -> list[NightLine]:
        """The nights that are kept, latest first."""
        ...


class RunStore(Protocol):
    """Detection results: staged under a run id, visible in one step."""

    def publish(self, run: Run, rings: Sequence[Ring], scores: pl.DataFrame, *, keep: int, learned: bytes = b"") -> Run:
        """Write a run's result, make it the one that everybody sees, in one step; forget runs beyond the last `keep`.

        `scores`: `applicant_id` (String), `score` (Float64), `ring_id` (String, null), `parts` and `reasons`
        (String, JSON arrays); scores of applicants that the graph does not know are left out. A crash before the last
        step leaves the earlier run in force. Scores, and what the run has `learned`, are kept for the published run
        alone.
        """
        ...

    def current(self) -> Run | None:
        """The published run, or None before the first one."""
        ...

    def runs(self) -> list[Run]:
        """Published runs that are still kept, latest first."""
        ...

    def learned(self, run_id: str) -> bytes | None:
        """What this run has learned, if it is the published one; None if it is not, or came without."""
        ...

    def rings(
        self,
        where: RingFilter = RingFilter(),
        *,
        order: RingOrder = RingOrder.EXPECTED_LOSS,
        offset: int = 0,
        limit: int = 50,
        run_id: str | None = None,
    ) -> list[RingSummary]:
        """A page of the queue (of the published run, or of an earlier one that is still kept)."""
        ...

    def count_rings(self, where: RingFilter = RingFilter(), *, run_id: str | None = None) -> int:
        """How many rings the filter lets through."""
        ...

    def ring(self, ring_id: str, *, run_id: str | None = None) -> Ring | None:
        """One ring, whole."""
        ...

    def members(self, *, run_id: str | None = None) -> pl.DataFrame:
        """Members of rings that are not gone: `ring_id`, `applicant_id`, `score` of the ring; in order of both ids."""
        ...

    def score(self, applicant_id: str) -> ApplicantScore | None:
        """The applicant's score in the published run; 0 without parts for a known one who has none; None if unknown."""
        ...

    def scores(self, applicant_ids: Sequence[str]) -> dict[str, ApplicantScore]:
        """Scores of those applicants that are known; none before the first run."""
        ...

    def all_scores(self) -> Iterator[pl.DataFrame]:
        """Every applicant of the published run in chunks: `applicant_id`, `score` (0 for those without)."""
        ...


class Store(Protocol):
    """An open store. Use it in a `with` statement, or call `close`. May be used from several threads."""

    @property
    def graph(self) -> GraphStore:
        """The lender's graph."""
        ...

    @property
    def ledger(self) -> LedgerStore:
        """What was loaded."""
        ...

    @property
    def runs(self) -> RunStore:
        """What was found."""
        ...

    @property
    def address(self) -> str:
        """Where the store is, without any password: for messages and logs."""
        ...

    def exclusive(self, work: str) -> AbstractContextManager[None]:
        """Hold the store's lock for one kind of work (such as `nightly`); `BusyError` if another process holds it.

        A lock whose holder has died is free.
        """
        ...

    def ping(self) -> None:
        """Raise `StoreUnavailableError` unless the store answers now."""
        ...

    def close(self) -> None:
        """Give back every connection."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
