"""Writes a run in steps that nobody sees, shows it in one, and forgets old ones in small steps again.

What a reader takes from the graph:

    (:Published {run})                                       the number of the run that everybody sees
    (:Run {number, run_id, as_of, ...})                      every run that is kept
    (:Ring {ring_id, score, size, kind, headline, ...})      the living rings of the published run
    (:PastRing {...})                                        those that are gone, or of earlier runs that are kept
    (:Applicant)-[:MEMBER_OF {score, role}]->(:Ring)
    (:Applicant)-[:SCORED]->(:Score {run, score, ring_id})   of the published run, and of the one before it
    (:Learned {run, piece, bytes})                           what these two have learned, for programs

Every ring is also a `RingRecord`, from the moment when it is written. The scores of the run before stay until the next
publication, so that whoever is reading them when a run is published can read on.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import polars as pl
from neo4j import ManagedTransaction

from graph.results import Change, Ring, RingSummary, Run
from graph.store.neo4j.connection import Connection

STEP_RINGS = 500
STEP_ROWS = 10_000
STEP_BYTES = 1 << 21
_SUMMARY = set(RingSummary.model_fields)
_NUMBERS = "MATCH (x:Run) RETURN x.number AS number ORDER BY number DESC"
_FORGET_RINGS = """
MATCH (x:RingRecord) WHERE NOT x.run IN $kept
CALL (x) { DETACH DELETE x } IN TRANSACTIONS OF 500 ROWS
"""
_FORGET_SCORES = """
MATCH (x:Score) WHERE NOT x.run IN $kept
CALL (x) { DETACH DELETE x } IN TRANSACTIONS OF 10000 ROWS
"""
_FORGET_LEARNED = """
MATCH (x:Learned) WHERE NOT x.run IN $kept
CALL (x) { DELETE x } IN TRANSACTIONS OF 4 ROWS
"""
_FORGET_RUNS = "MATCH (x:Run) WHERE NOT x.number IN $kept DELETE x"
_WRITE_RINGS = """
UNWIND $rings AS ring
MERGE (x:RingRecord {run: $run, ring_id: ring.ring_id})
SET x += ring
"""
_WRITE_MEMBERS = """
UNWIND $members AS member
MATCH (x:RingRecord {run: $run, ring_id: member.ring_id})
MATCH (a:Applicant {applicant_id: member.applicant_id})
MERGE (a)-[m:MEMBER_OF]->(x)
SET m.score = member.score, m.role = member.role
"""
_WRITE_SCORES = """
UNWIND $scores AS score
MATCH (a:Applicant {applicant_id: score.applicant_id})
MERGE (x:Score {run: $run, applicant_id: score.applicant_id})
SET x += score
MERGE (a)-[:SCORED]->(x)
"""
_WRITE_LEARNED = "MERGE (x:Learned {run: $run, piece: $piece}) SET x.bytes = $bytes"
_HIDE = "MATCH (x:Ring) WHERE x.run <> $run SET x:PastRing REMOVE x:Ring"
_SHOW = "MATCH (x:RingRecord {run: $run}) WHERE x.change <> $gone SET x:Ring"
_SHOW_GONE = "MATCH (x:RingRecord {run: $run, change: $gone}) SET x:PastRing"
_POINT = "MERGE (x:Published {name: 'ringfence'}) SET x.run = $run"
_KEEP_RUN = "MERGE (x:Run {number: $run}) SET x += $line"


class Publication:
    """The steps of one publication; the caller holds the lock against a second one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remove_leftovers(self) -> None:
        """Remove what crashed publications have left, and what is kept of the shown run alone."""
        numbers = self._numbers()
        self._connection.run_in_batches(_FORGET_RINGS, kept=numbers)
        self._connection.run_in_batches(_FORGET_SCORES, kept=numbers[:1])
        self._connection.run_in_batches(_FORGET_LEARNED, kept=numbers[:1])

    def stage(self, run: Run, rings: Sequence[Ring], scores: pl.DataFrame, learned: bytes) -> int:
        """Write everything under a new number, for applicants that the graph knows."""
        number = max(self._numbers(), default=0) + 1
        for first in range(0, len(rings), STEP_RINGS):
            part = rings[first : first + STEP_RINGS]
            self._connection.write(partial(_write_rings, number=number, rings=part))
        columns = ["applicant_id", "score", "ring_id", "parts", "reasons", pl.lit(run.run_id).alias("run_id")]
        for rows in scores.select(columns).sort("applicant_id").iter_slices(STEP_ROWS):
            self._connection.write(partial(_write_scores, number=number, rows=rows))
        for first in range(0, len(learned), STEP_BYTES):
            piece = learned[first : first + STEP_BYTES]
            self._connection.write(partial(_write_learned, number=number, first=first, piece=piece))
        return number

    def show(self, number: int, run: Run) -> Run:
        """The one step after which everybody sees the run."""
        published = run.model_copy(update={"published_at": datetime.now(UTC)})

        def work(tx: ManagedTransaction) -> None:
            for text in (_HIDE, _SHOW, _SHOW_GONE, _POINT):
                tx.run(text, run=number, gone=Change.GONE.value).consume()
            tx.run(_KEEP_RUN, run=number, line=_run_line(published)).consume()

        self._connection.write(work)
        return published

    def forget(self, keep: int) -> None:
        """Remove runs beyond the last `keep`."""
        kept = self._numbers()[:keep]
        self._connection.write(lambda tx: tx.run(_FORGET_RUNS, kept=kept).consume())
        self._connection.run_in_batches(_FORGET_RINGS, kept=kept)

    def _numbers(self) -> list[int]:
        """Numbers of the runs that were shown, latest first."""
        return self._connection.read(lambda tx: tx.run(_NUMBERS).value("number"))


def _run_line(run: Run) -> dict[str, object]:
    """A run as a node: its plain fields to be read in a browser, all of it as `body`."""
    return run.model_dump(mode="json", exclude={"figures"}) | {"body": run.model_dump_json()}


def _ring_line(ring: Ring) -> dict[str, object]:
    """A ring as a node: the fields of its summary, its members as lists, all of it as `body`."""
    members = {
        "members": [member.applicant_id for member in ring.members],
        "member_scores": [member.score for member in ring.members],
    }
    figures = {"headline_figures": json.dumps(ring.headline_figures)}
    return ring.model_dump(mode="json", include=_SUMMARY) | figures | members | {"body": ring.model_dump_json()}


def _write_rings(tx: ManagedTransaction, number: int, rings: Sequence[Ring]) -> None:
    tx.run(_WRITE_RINGS, run=number, rings=[_ring_line(ring) for ring in rings]).consume()
    members = [member.model_dump() | {"ring_id": ring.ring_id} for ring in rings for member in ring.members]
    for first in range(0, len(members), STEP_ROWS):
        tx.run(_WRITE_MEMBERS, run=number, members=members[first : first + STEP_ROWS]).consume()


def _write_scores(tx: ManagedTransaction, number: int, rows: pl.DataFrame) -> None:
    tx.run(_WRITE_SCORES, run=number, scores=rows.to_dicts()).consume()


def _write_learned(tx: ManagedTransaction, number: int, first: int, piece: bytes) -> None:
    tx.run(_WRITE_LEARNED, run=number, piece=first, bytes=piece).consume()
