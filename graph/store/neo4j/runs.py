"""Published runs: the queue, one ring, and applicants' scores."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any

import polars as pl
from neo4j import ManagedTransaction

from graph.ontology.nodes import APPLICANT
from graph.results import ApplicantScore, Change, Ring, RingSummary, Run, highest_first
from graph.store.contract import RingFilter, RingOrder
from graph.store.neo4j.columns import read_pages
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.cypher import node_pages
from graph.store.neo4j.publishing import Publication

_PUBLISHED = "MATCH (p:Published {name: 'ringfence'})\nWITH p.run AS run"
_OF_RUN = "MATCH (p:Run {run_id: $run_id})\nWITH p.number AS run"
_FILTER = """
MATCH (x:RingRecord {run: run})
WHERE x.score >= $min_score AND x.size >= $min_size
  AND (size($change) = 0 OR x.change IN $change) AND (size($kind) = 0 OR x.kind IN $kind)
  AND ($applicants IS NULL OR any(id IN x.members WHERE id IN $applicants))
  AND ($rings IS NULL OR x.ring_id IN $rings) AND (size($without) = 0 OR NOT x.ring_id IN $without)
  AND x.ring_id STARTS WITH $beginning"""
_MEMBERS = """
MATCH (x:RingRecord {run: run}) WHERE x.change <> $gone
UNWIND x.members AS member
RETURN collect(x.ring_id) AS ring_id, collect(member) AS applicant_id, collect(x.score) AS score
"""
_SCORES = f"""
{_PUBLISHED}
UNWIND $ids AS id
MATCH (a:Applicant {{applicant_id: id}})
OPTIONAL MATCH (r:Run {{number: run}})
OPTIONAL MATCH (x:Score {{run: run, applicant_id: id}})
RETURN id AS applicant_id, r.run_id AS run_id, coalesce(x.score, 0.0) AS score, coalesce(x.parts, '[]') AS parts,
  coalesce(x.reasons, '[]') AS reasons, x.ring_id AS ring_id,
  [(a)-[m:MEMBER_OF]->(g:RingRecord) WHERE g.run = run AND g.change <> '{Change.GONE.value}'
    | {{ring_id: g.ring_id, score: m.score}}] AS rings
"""
_ALL_SCORES = """
UNWIND range($first, $last) AS place
MATCH (a:Applicant) WHERE id(a) = place
OPTIONAL MATCH (a)-[:SCORED]->(x:Score {run: $run})
RETURN collect(a.applicant_id) AS applicant_id, collect(coalesce(x.score, 0.0)) AS score
"""
_LEARNED = f"""
{_PUBLISHED}
MATCH (:Run {{number: run, run_id: $run_id}})
MATCH (x:Learned {{run: run}})
RETURN x.bytes AS bytes ORDER BY x.piece
"""


class Neo4jRuns:
    """`RunStore` on Neo4j."""

    def __init__(self, connection: Connection, exclusive: Callable[[str], AbstractContextManager[None]]) -> None:
        self._connection = connection
        self._exclusive = exclusive

    def publish(self, run: Run, rings: Sequence[Ring], scores: pl.DataFrame, *, keep: int, learned: bytes = b"") -> Run:
        """Write a run's result, make it the visible one in one step; forget runs beyond the last `keep`."""
        with self._exclusive("publish"):
            publication = Publication(self._connection)
            publication.remove_leftovers()
            number = publication.stage(run, rings, scores, learned)
            published = publication.show(number, run)
            publication.forget(keep)
        return published

    def current(self) -> Run | None:
        """The published run, or None before the first one."""
        return next(iter(self._runs(f"{_PUBLISHED}\nMATCH (x:Run {{number: run}}) RETURN x.body AS body")), None)

    def runs(self) -> list[Run]:
        """Published runs that are still kept, latest first."""
        return self._runs("MATCH (x:Run) RETURN x.body AS body ORDER BY x.number DESC")

    def learned(self, run_id: str) -> bytes | None:
        """What this run has learned, if it is the published one; None if it is not, or came without."""
        pieces = self._connection.read(lambda tx: tx.run(_LEARNED, run_id=run_id).value("bytes"))
        return b"".join(pieces) or None

    def rings(
        self,
        where: RingFilter = RingFilter(),  # noqa: B008 (frozen)
        *,
        order: RingOrder = RingOrder.EXPECTED_LOSS,
        offset: int = 0,
        limit: int = 50,
        run_id: str | None = None,
    ) -> list[RingSummary]:
        """A page of the queue, of the published run or of an earlier one that is still kept."""
        text = (
            f"{_matching(run_id)}\nRETURN x ORDER BY coalesce(x.{RingOrder(order).value}, -1) DESC, x.ring_id"
            " SKIP $offset LIMIT $limit"
        )
        given = asdict(where) | {"run_id": run_id, "offset": offset, "limit": limit}
        found = self._connection.look_up(lambda tx: [dict(node) for node in tx.run(text, given).value("x")])
        return [_summary(line) for line in found]

    def count_rings(self, where: RingFilter = RingFilter(), *, run_id: str | None = None) -> int:  # noqa: B008 (frozen)
        """How many rings the filter lets through."""
        text = f"{_matching(run_id)}\nRETURN count(x) AS number"
        given = asdict(where) | {"run_id": run_id}
        number: int = self._connection.look_up(lambda tx: tx.run(text, given).single(strict=True)["number"])
        return number

    def ring(self, ring_id: str, *, run_id: str | None = None) -> Ring | None:
        """One ring, whole."""
        text = f"{_run(run_id)}\nMATCH (x:RingRecord {{run: run, ring_id: $ring_id}}) RETURN x.body AS body"
        given = {"run_id": run_id, "ring_id": ring_id}
        bodies = self._connection.look_up(lambda tx: tx.run(text, given).value("body"))
        return Ring.model_validate_json(bodies[0]) if bodies else None

    def members(self, *, run_id: str | None = None) -> pl.DataFrame:
        """Members of rings that are not gone: `ring_id`, `applicant_id`, `score` of the ring; in order of both ids."""
        schema: dict[str, pl.DataType] = {"ring_id": pl.String(), "applicant_id": pl.String(), "score": pl.Float64()}
        text, given = _run(run_id) + _MEMBERS, {"run_id": run_id, "gone": Change.GONE.value}
        found = self._connection.read(lambda tx: tx.run(text, given).data())
        return pl.DataFrame(found[0] if found else {}, schema).sort("ring_id", "applicant_id")

    def score(self, applicant_id: str) -> ApplicantScore | None:
        """The applicant's score in the published run; 0 for a known one who has none; None if unknown."""
        return self.scores((applicant_id,)).get(applicant_id)

    def scores(self, applicant_ids: Sequence[str]) -> dict[str, ApplicantScore]:
        """Scores of those applicants that are known."""
        ids = list(applicant_ids)
        rows = self._connection.look_up(lambda tx: tx.run(_SCORES, ids=ids).data())
        return {row["applicant_id"]: _score(row) for row in rows}

    def all_scores(self) -> Iterator[pl.DataFrame]:
        """Every applicant of the published run in chunks: `applicant_id`, `score` (0 for those without)."""
        run = self._connection.read(_published_number)
        if run is None:
            return
        schema: dict[str, pl.DataType] = {"applicant_id": pl.String(), "score": pl.Float64()}
        yield from read_pages(self._connection, node_pages(APPLICANT), _ALL_SCORES, schema, {"run": run})

    def _runs(self, text: str) -> list[Run]:
        bodies = self._connection.look_up(lambda tx: tx.run(text).value("body"))
        return [Run.model_validate_json(body) for body in bodies]


def _published_number(tx: ManagedTransaction) -> int | None:
    record = tx.run(f"{_PUBLISHED}\nRETURN run").single()
    return record["run"] if record else None


def _run(run_id: str | None) -> str:
    """Find the number of the run that is meant."""
    return _PUBLISHED if run_id is None else _OF_RUN


def _matching(run_id: str | None) -> str:
    """The rings `x` that a filter (its fields as parameters) lets through."""
    return f"{_run(run_id)}{_FILTER}"


def _summary(line: dict[str, object]) -> RingSummary:
    """Rings of older versions have no figures."""
    return RingSummary.model_validate(line | {"headline_figures": json.loads(str(line.get("headline_figures", "{}")))})


def _score(row: dict[str, Any]) -> ApplicantScore:
    decoded = {name: json.loads(str(row[name])) for name in ("parts", "reasons")}
    decoded["rings"] = highest_first(row["rings"])
    return ApplicantScore.model_validate(row | decoded)
