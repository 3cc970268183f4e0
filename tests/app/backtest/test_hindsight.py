"""Verdicts and loss dates from labels, blacklist, applications and a truth from outside."""

from pathlib import Path

import polars as pl
import pytest

from app.backtest.hindsight import _LABEL_OF, DAY, hindsight
from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.errors import BadInputError
from graph.numbered_graph import number_graph
from graph.ontology.nodes import APPLICANT, APPLICATION, BLACKLIST_ENTRY, BLACKLIST_KINDS, LABEL
from graph.ontology.relationships import HAS_ID, SUBMITTED, USED_DEVICE
from graph.reading import read_tables
from graph.store.opening import open_store

T = 1_700_000_000
PEOPLE = pl.DataFrame({"key": list("abcdefg"), "created_at": T})


def labels(*rows: tuple[str, str, int]) -> NodeRows:
    frame = pl.DataFrame(rows, ["applicant_id", "label", "decided_at"], orient="row").with_columns(source=pl.lit("x"))
    return NodeRows(LABEL, frame.with_columns(key=pl.format("{}|{}", "applicant_id", "decided_at")))


def entries(*rows: tuple[str, str, int]) -> NodeRows:
    frame = pl.DataFrame(rows, ["kind", "value", "listed_at"], orient="row").with_columns(source=pl.lit("x"))
    return NodeRows(BLACKLIST_ENTRY, frame.with_columns(key=pl.format("{}|{}", "kind", "value")))


def seen(kind, *pairs: tuple[str, str]) -> RelationshipRows:
    rows = pl.DataFrame(pairs, ["start", "end"], orient="row")
    return RelationshipRows(kind, rows.with_columns(first_seen=pl.lit(T), last_seen=pl.lit(T)))


def applications(*rows: tuple[str, int, int | None, str | None]) -> Chunk:
    """Of applicants: the day, the term, the status."""
    key = [f"p{n}" for n in range(len(rows))]
    who, day, term, status = zip(*rows, strict=True)
    submitted = [T + each * DAY for each in day]
    about = {"key": key, "term_days": term, "status": status, "amount": 100, "submitted_at": submitted}
    links = {"start": who, "end": key, "submitted_at": submitted}
    types = {"term_days": pl.Int64, "status": pl.String}
    return Chunk(
        nodes=(NodeRows(APPLICATION, pl.DataFrame(about, schema_overrides=types)),),
        relationships=(RelationshipRows(SUBMITTED, pl.DataFrame(links)),),
    )


@pytest.fixture
def known(tmp_path: Path):
    """known(chunk, ..., truth=frame): by applicant the verdict, the days of confirmation and loss, counted from T."""

    def look(*chunks: Chunk, truth: pl.DataFrame | None = None) -> dict[str, tuple]:
        with open_store(f"sqlite:///{tmp_path}/store.db") as store:
            for chunk in (Chunk(nodes=(NodeRows(APPLICANT, PEOPLE),)), *chunks):
                store.graph.merge(chunk)
            found = hindsight(store.graph, number_graph(read_tables(store.graph, None)), truth)
        days = [(pl.col(name) - T) / DAY for name in ("confirmed_at", "lost_at")]
        return {who: told for who, *told in found.people.select("applicant_id", "verdict", *days).iter_rows()}

    return look


def test_the_latest_label_is_the_verdict_and_the_first_of_fraud_its_date(known):
    told = known(
        Chunk(
            nodes=(
                labels(
                    ("a", "fraud", T + 5 * DAY), ("a", "fraud", T + 9 * DAY), ("b", "fraud", T + 5 * DAY),
                    ("b", "legit", T + 9 * DAY), ("c", "legit", T + 1 * DAY), ("c", "fraud", T + 2 * DAY),
                ),
            )
        )
    )  # fmt: skip
    assert told["a"] == ["fraud", 5, 5]
    assert told["b"] == ["legit", None, None]
    assert told["c"] == ["fraud", 2, 2]
    assert told["d"] == [None, None, None]


def test_a_blacklist_entry_names_a_person_or_what_nobody_else_uses(known):
    told = known(
        Chunk(
            nodes=(
                entries(("applicant", "a", T + DAY), ("device", "own", T + 2 * DAY), ("device", "shared", T + DAY),
                        ("id_hash", "i", T + 3 * DAY), ("phone", "nobody's", T + DAY)),
                labels(("f", "legit", T)),
            ),
            relationships=(
                seen(USED_DEVICE, ("b", "own"), ("c", "shared"), ("d", "shared"), ("f", "f's")),
                seen(HAS_ID, ("e", "i")),
            ),
        ),
        Chunk(nodes=(entries(("device", "f's", T + DAY)),)),
    )  # fmt: skip
    assert {who: each[:2] for who, each in told.items()} == {
        "a": ["fraud", 1], "b": ["fraud", 2], "c": [None, None], "d": [None, None], "e": ["fraud", 3],
        "f": ["legit", None], "g": [None, None],
    }  # fmt: skip


def test_every_kind_of_blacklist_entry_is_understood():
    assert {"applicant", *_LABEL_OF} == set(BLACKLIST_KINDS)


def test_money_is_lost_when_the_first_instalment_is_due_or_fraud_is_confirmed(known):
    fraud = labels(*((who, "fraud", T + 20 * DAY) for who in "abcdef"))
    asked = applications(
        ("a", 1, 7, "approved"), ("b", 1, 360, None), ("c", 1, 7, "Rejected"), ("c", 3, 10, "overdue"),
        ("d", 5, None, "approved"), ("e", 1, 7, "withdrawn"), ("g", 1, 7, "approved"),
    )  # fmt: skip
    told = known(Chunk(nodes=(fraud,)), asked)
    lost = {who: each[2] for who, each in told.items()}
    assert lost == {"a": 8, "b": 20, "c": 13, "d": 20, "e": 20, "f": 20, "g": None}


def test_the_truth_has_the_last_word(known):
    truth = pl.DataFrame(
        {
            "applicant_id": ["a", "b", "c", "stranger"],
            "is_fraud": [True, False, True, True],
            "lost_at": [None, None, T, T],
        }
    )
    judged = Chunk(nodes=(labels(("a", "legit", T), ("b", "fraud", T), ("d", "fraud", T + DAY)),))
    told = known(judged, applications(("a", 1, 7, "approved"), ("c", 1, 7, "approved")), truth=truth)
    assert told["a"] == ["fraud", None, 8]
    assert told["b"] == ["legit", None, None]
    assert told["c"] == ["fraud", None, 0]
    assert told["d"] == ["fraud", 1, 1]
    assert "stranger" not in told


def test_a_truth_about_nobody_is_refused(known):
    truth = pl.DataFrame({"applicant_id": ["stranger"], "is_fraud": [True], "lost_at": [T]})
    with pytest.raises(BadInputError, match="nobody in the store"):
        known(truth=truth)
