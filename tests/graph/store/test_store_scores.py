"""What the store says about one applicant."""

import polars as pl
import pytest

from graph.ontology.nodes import APPLICANT
from graph.ontology.relationships import TRANSFERRED
from graph.results import Change


@pytest.fixture
def published(store, nodes, links, run, ring, scores):
    store.graph.merge(nodes(APPLICANT, "key", ("a",), ("b",), ("c",), ("O'x 漢",)))
    store.graph.merge(links(TRANSFERRED, "key start end", ("t", "a", "shop")))
    rows = scores(("a", 0.9, "r1"), ("b", 0.25, None), ("O'x 漢", 0.1, None), ("not in the graph", 0.8, None))
    store.runs.publish(run("run1"), [ring("run1", "r1", "a", "b")], rows, keep=3)
    return store


def test_a_score_has_its_parts_reasons_and_ring(published):
    score = published.runs.score("a")
    assert (score.applicant_id, score.run_id, score.score, score.ring_id) == ("a", "run1", 0.9, "r1")
    assert [(part.name, part.value) for part in score.parts] == [("links", 0.4)]
    assert [reason.code for reason in score.reasons] == ["shared_device"]
    assert published.runs.score("b").ring_id is None


def test_a_known_applicant_without_score_has_zero(published):
    score = published.runs.score("c")
    assert (score.score, score.parts, score.reasons, score.ring_id, score.run_id) == (0, (), (), None, "run1")


@pytest.mark.parametrize("unknown", ["nobody", "", "not in the graph", "shop", "a' OR '1'='1"])
def test_an_unknown_applicant_has_none(published, unknown):
    assert published.runs.score(unknown) is None


def test_many_scores_at_once(published):
    found = published.runs.scores(["a", "c", "nobody", "O'x 漢", "a"])
    assert {key: score.score for key, score in found.items()} == {"a": 0.9, "c": 0, "O'x 漢": 0.1}
    assert published.runs.scores([]) == {}


def test_all_scores_name_every_applicant_once(published):
    every = pl.concat(published.runs.all_scores())
    assert every.schema == {"applicant_id": pl.String, "score": pl.Float64}
    assert dict(every.rows()) == {"a": 0.9, "b": 0.25, "c": 0, "O'x 漢": 0.1}
    assert every.height == 4


def test_before_the_first_run_nothing_is_known_of_anybody(store, nodes):
    store.graph.merge(nodes(APPLICANT, "key", ("a",)))
    assert store.runs.score("a") is None
    assert store.runs.scores(["a"]) == {}
    assert list(store.runs.all_scores()) == []


def test_the_next_run_replaces_all_scores(published, run, scores):
    published.runs.publish(run("run2"), [], scores(("c", 0.6, None)), keep=3)
    assert {key: score.score for key, score in published.runs.scores(["a", "b", "c"]).items()} == {
        "a": 0,
        "b": 0,
        "c": 0.6,
    }
    assert published.runs.score("c").run_id == "run2"


def test_applicants_that_arrive_after_the_run_have_zero(published, nodes):
    published.graph.merge(nodes(APPLICANT, "key", ("late",)))
    assert published.runs.score("late").score == 0


def test_a_score_names_every_living_ring_the_applicant_is_in(published, run, ring, scores):
    rings = [
        ring("run2", "r2", "a", "b", score=0.5),
        ring("run2", "r1", "a", "c", score=0.9),
        ring("run2", "r0", "a", change=Change.GONE),
    ]
    published.runs.publish(run("run2"), rings, scores(("a", 0.9, "r1"), ("b", 0.5, "r2")), keep=3)
    found = published.runs.scores(["a", "b", "c", "O'x 漢"])
    assert {who: {one.ring_id for one in score.rings} for who, score in found.items()} == {
        "a": {"r1", "r2"},
        "b": {"r2"},
        "c": {"r1"},
        "O'x 漢": set(),
    }
    told = [(one.score, one.ring_id) for one in found["a"].rings]
    assert told == sorted(told, key=lambda one: (-one[0], one[1]))


def test_rings_of_earlier_runs_are_not_named(published, run, scores):
    assert [one.ring_id for one in published.runs.score("a").rings] == ["r1"]
    published.runs.publish(run("run2"), [], scores(("a", 0.6, None)), keep=3)
    assert published.runs.score("a").rings == ()
