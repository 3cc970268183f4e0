"""Published runs: the queue, one ring, and applicants' scores."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import polars as pl

from graph.ontology.nodes import APPLICANT
from graph.results import ApplicantScore, Change, Ring, RingSummary, Run, highest_first
from graph.store.contract import RingFilter, RingOrder
from graph.store.sqlite.columns import chunks
from graph.store.sqlite.connections import Connections
from graph.store.sqlite.locks import exclusively
from graph.store.sqlite.names import LAST, key_table_of, table_of
from graph.store.sqlite.publishing import Publication

_CURRENT = "(SELECT max(number) FROM run WHERE published)"
_RINGS = "FROM run r JOIN ring g ON g.run = r.number"
_BODIES = f"{_RINGS} JOIN ring_body b ON b.run = g.run AND b.ring_id = g.ring_id"
_MEMBERS = f"{_RINGS} JOIN ring_member m ON m.run = g.run AND m.ring_id = g.ring_id"
_SUMMARY = tuple(name for name in RingSummary.model_fields if name != "run_id")
_ACCOUNT, _APPLICANT = key_table_of(APPLICANT), table_of(APPLICANT)
_SCORES = f"""
    SELECT a.key, r.run_id, ifnull(s.score, 0), ifnull(s.parts, '[]'), ifnull(s.reasons, '[]'), s.ring_id,
        (SELECT json_group_array(json_object('ring_id', m.ring_id, 'score', m.score))
         FROM ring_member m JOIN ring g ON g.run = m.run AND g.ring_id = m.ring_id
         WHERE m.run = r.number AND m.applicant_id = a.key AND g.change <> '{Change.GONE}')
    FROM json_each(?) asked JOIN {_ACCOUNT} a ON a.key = asked.value JOIN {_APPLICANT} p ON p.id = a.id
    JOIN run r ON r.number = {_CURRENT}
    LEFT JOIN applicant_score s ON s.run = r.number AND s.applicant = a.id
"""
_ALL_SCORES = f"""
    SELECT a.key, ifnull(s.score, 0.0)
    FROM run r CROSS JOIN {_APPLICANT} p JOIN {_ACCOUNT} a ON a.id = p.id
    LEFT JOIN applicant_score s ON s.run = r.number AND s.applicant = a.id
    WHERE r.number = {_CURRENT}
"""
_LEARNED = f"""
    SELECT bytes FROM run r JOIN learned l ON l.run = r.number
    WHERE r.number = {_CURRENT} AND r.run_id = ? ORDER BY l.piece
"""


class SqliteRuns:
    """`RunStore` on SQLite."""

    def __init__(self, connections: Connections, path: Path) -> None:
        self._connections = connections
        self._path = path

    def publish(self, run: Run, rings: Sequence[Ring], scores: pl.DataFrame, *, keep: int, learned: bytes = b"") -> Run:
        """Write a run's result and make it, in one step, the one that everybody sees; keep the last `keep` runs."""
        with exclusively(self._path, "publish"):
            publication = Publication(self._connections)
            publication.remove_leftovers()
            number = publication.stage(run, rings, scores, learned)
            published = publication.show(number, run)
            publication.forget(keep)
        return published

    def current(self) -> Run | None:
        """The published run, or None before the first one."""
        return next(iter(self._runs(1)), None)

    def runs(self) -> list[Run]:
        """Published runs that are still kept, latest first."""
        return self._runs(-1)

    def learned(self, run_id: str) -> bytes | None:
        """What this run has learned, if it is the published one; None if it is not, or came without."""
        with self._connections.reader() as connection:
            pieces = [piece for (piece,) in connection.execute(_LEARNED, (run_id,))]
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
        condition, given = _condition(where, run_id)
        query = (
            f"SELECT r.run_id, {', '.join(f'g.{name}' for name in _SUMMARY)} {_RINGS} {condition}"
            f" ORDER BY g.{RingOrder(order).value} DESC, g.ring_id LIMIT :limit OFFSET :offset"
        )
        with self._connections.reader() as connection:
            rows = connection.execute(query, given | {"limit": limit, "offset": offset}).fetchall()
        return [_summary(row) for row in rows]

    def count_rings(self, where: RingFilter = RingFilter(), *, run_id: str | None = None) -> int:  # noqa: B008 (frozen)
        """How many rings the filter lets through."""
        condition, given = _condition(where, run_id)
        with self._connections.reader() as connection:
            count: int = connection.execute(f"SELECT count(*) {_RINGS} {condition}", given).fetchone()[0]
        return count

    def ring(self, ring_id: str, *, run_id: str | None = None) -> Ring | None:
        """One ring, whole."""
        condition, given = _condition(RingFilter(), run_id)
        query = f"SELECT b.body {_BODIES} {condition} AND g.ring_id = :ring_id"
        with self._connections.reader() as connection:
            row = connection.execute(query, given | {"ring_id": ring_id}).fetchone()
        return Ring.model_validate_json(row[0]) if row else None

    def members(self, *, run_id: str | None = None) -> pl.DataFrame:
        """Members of rings that are not gone: `ring_id`, `applicant_id`, `score` of the ring; ordered by both ids."""
        condition, given = _condition(RingFilter(), run_id)
        query = (
            f"SELECT m.ring_id, m.applicant_id, g.score {_MEMBERS} {condition} AND g.change <> '{Change.GONE}'"
            " ORDER BY m.ring_id, m.applicant_id"
        )
        schema: dict[str, pl.DataType] = {"ring_id": pl.String(), "applicant_id": pl.String(), "score": pl.Float64()}
        with self._connections.reader() as connection, closing(connection.execute(query, given)) as cursor:
            return pl.concat([pl.DataFrame(schema=schema), *chunks(cursor, schema)])

    def score(self, applicant_id: str) -> ApplicantScore | None:
        """The applicant's score in the published run; 0 for a known one who has none; None if unknown."""
        return self.scores((applicant_id,)).get(applicant_id)

    def scores(self, applicant_ids: Sequence[str]) -> dict[str, ApplicantScore]:
        """Scores of those applicants that are known."""
        with self._connections.reader() as connection:
            rows = connection.execute(_SCORES, (json.dumps(list(applicant_ids)),)).fetchall()
        return {row[0]: _score(row) for row in rows}

    def all_scores(self) -> Iterator[pl.DataFrame]:
        """Every applicant of the published run in chunks: `applicant_id`, `score` (0 for those without)."""
        schema: dict[str, pl.DataType] = {"applicant_id": pl.String(), "score": pl.Float64()}
        with self._connections.reader() as connection, closing(connection.execute(_ALL_SCORES)) as cursor:
            yield from chunks(cursor, schema)

    def _runs(self, limit: int) -> list[Run]:
        query = "SELECT body FROM run WHERE published ORDER BY number DESC LIMIT ?"
        with self._connections.reader() as connection:
            return [Run.model_validate_json(row[0]) for row in connection.execute(query, (limit,)).fetchall()]


def _summary(row: tuple[object, ...]) -> RingSummary:
    line = dict(zip(("run_id", *_SUMMARY), row, strict=True))
    return RingSummary.model_validate(line | {"headline_figures": json.loads(str(line["headline_figures"]))})


def _score(row: tuple[str, str, float, str, str, str | None, str]) -> ApplicantScore:
    applicant_id, run_id, score, parts, reasons, ring_id, rings = row
    values = {"parts": json.loads(parts), "reasons": json.loads(reasons), "ring_id": ring_id}
    values["rings"] = highest_first(json.loads(rings))
    return ApplicantScore.model_validate({"applicant_id": applicant_id, "run_id": run_id, "score": score} | values)


def _condition(where: RingFilter, run_id: str | None) -> tuple[str, dict[str, object]]:
    """The condition of a question about rings `g` of a run `r`, and its parameters."""
    terms = ["r.published", f"r.number = {_CURRENT}" if run_id is None else "r.run_id = :run_id"]
    terms += ["g.score >= :min_score", "g.size >= :min_size"]
    given: dict[str, object] = {"run_id": run_id, "min_score": where.min_score, "min_size": where.min_size}
    if where.change:
        terms.append("g.change IN (SELECT value FROM json_each(:change))")
        given["change"] = json.dumps(where.change)
    if where.kind:
        terms.append("g.kind IN (SELECT value FROM json_each(:kind))")
        given["kind"] = json.dumps(where.kind)
    if where.applicants is not None:
        terms.append(
            "g.ring_id IN (SELECT ring_id FROM ring_member"
            " WHERE run = r.number AND applicant_id IN (SELECT value FROM json_each(:applicants)))"
        )
        given["applicants"] = json.dumps(where.applicants)
    if where.rings is not None:
        terms.append("g.ring_id IN (SELECT value FROM json_each(:rings))")
        given["rings"] = json.dumps(where.rings)
    if where.without:
        terms.append("g.ring_id NOT IN (SELECT value FROM json_each(:without))")
        given["without"] = json.dumps(where.without)
    if where.beginning:
        terms.append("g.ring_id >= :beginning AND g.ring_id < :beyond")
        given |= {"beginning": where.beginning, "beyond": f"{where.beginning}{LAST}"}
    return f"WHERE {' AND '.join(terms)}", given
