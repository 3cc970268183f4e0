"""A store with a published run: what the tests of everything that asks it have in common."""

import json
from datetime import UTC, datetime

import polars as pl

from app.api.keys import Key, digest_of
from app.api.scopes import Scope
from graph.chunk import Chunk, NodeRows
from graph.ontology.nodes import APPLICANT
from graph.results import Change, Evidence, Member, Part, Reason, Ring, Run
from graph.store.contract import Store

KEY = "a-key-that-is-long-enough"
LINE = Key("tests", frozenset(Scope), digest_of(KEY.encode())).line
HOSTILE = (
    "a/b/../c",
    "o'brien\"; DROP TABLE run; --",
    '=HYPERLINK("http://evil.example")',
    "<script>alert(1)</script>",
    "emoji 🕵️‍♀️ 客户",
    "%2F%00 percent?query#fragment&a=b",
    ".",
    " space ",
    "x" * 500,  # as long as a key may be
)
MEMBERS = ("A-1", "A-2", *HOSTILE)
NO_SCORES = pl.DataFrame(
    schema={
        name: pl.Float64 if name == "score" else pl.String
        for name in ("applicant_id", "score", "ring_id", "parts", "reasons")
    }
)
FINGERPRINT = "fingerprint-0123456789"


def run_of(run_id: str) -> Run:
    moment = datetime(2026, 11, 22, 1, tzinfo=UTC)
    return Run(run_id=run_id, as_of=moment, started_at=moment, rings=2, applicants=len(MEMBERS) + 1)


def ring_of(run_id: str, ring_id: str, members: tuple[str, ...], score: float, change: Change = Change.NEW) -> Ring:
    return Ring(
        ring_id=ring_id,
        run_id=run_id,
        score=score,
        size=len(members),
        change=change,
        kind="shared_device",
        exposure=100_000,
        expected_loss=int(100_000 * score),
        false_kills=round(len(members) * (1 - score), 3),
        false_kills_low=0,
        false_kills_high=len(members),
        first_seen=1_700_000_000,
        last_seen=1_700_086_400,
        headline="2 members used <b>the same</b> device | `x`.",
        members=tuple(Member(applicant_id=each, score=score) for each in members),
        parts=(Part(name="links", value=score),),
        reasons=(Reason(code="shared_device", text="2 members used the same device.", weight=1.0),),
        evidence=(Evidence(code="shared_device", kind="Device", key=FINGERPRINT, applicants=members, weight=1.0),),
    )


def publish(store: Store, run_id: str = "run-1", score: float = 0.75, keep: int = 5) -> Run:
    """A run with two rings: `R-1` of everybody in MEMBERS, `R/2 <odd>` of two of them."""
    rings = (
        ring_of(run_id, "R-1", MEMBERS, score),
        ring_of(run_id, "R/2 <odd>", ("A-1", "A-2"), score / 2, Change.GROWN),
    )
    return store.runs.publish(run_of(run_id), rings, scores_of(MEMBERS, score, "R-1"), keep=keep)


def scores_of(members: tuple[str, ...], score: float, ring_id: str) -> pl.DataFrame:
    parts = json.dumps([{"name": "links", "value": score, "detail": ""}])
    reasons = json.dumps([{"code": "shared_device", "text": "2 members used the same device.", "weight": 1.0}])
    return pl.DataFrame(
        {"applicant_id": members, "score": score, "ring_id": ring_id, "parts": parts, "reasons": reasons},
    )


def add_applicants(store: Store, ids: tuple[str, ...]) -> None:
    store.graph.merge(Chunk(nodes=(NodeRows(APPLICANT, pl.DataFrame({"key": ids})),)))
