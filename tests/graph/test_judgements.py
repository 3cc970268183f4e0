"""Which judgement is in force as of a moment, by what a store of either kind gives back."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from graph.chunk import Chunk, NodeRows
from graph.judgements import judgements
from graph.ontology.nodes import APPLICANT, BLACKLIST_ENTRY, LABEL
from graph.projecting import project
from graph.store.contract import Store
from graph.store.opening import open_store

BOTH = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 's.db'}" if request.param == "sqlite" else request.getfixturevalue("empty_neo4j")
    with open_store(url) as opened:
        people = pl.DataFrame({"key": ["a", "b", "c"], "created_at": [1, 1, 1]})
        opened.graph.merge(Chunk(nodes=(NodeRows(APPLICANT, people),)))
        yield opened


def label(store: Store, who: str, said: str, source: str, at: int) -> None:
    rows = {"key": [f"{who}|{source}|{at}"], "applicant_id": [who], "label": [said], "source": [source]}
    store.graph.merge(Chunk(nodes=(NodeRows(LABEL, pl.DataFrame(rows | {"decided_at": [at]})),)))


def ban(store: Store, kind: str, value: str, at: int) -> None:
    rows = {"key": [f"{kind}|{value}|x"], "kind": [kind], "value": [value], "source": ["x"], "listed_at": [at]}
    store.graph.merge(Chunk(nodes=(NodeRows(BLACKLIST_ENTRY, pl.DataFrame(rows)),)))


def said(store: Store, as_of: int = 1000) -> dict[str, bool]:
    found = judgements(project(store.graph, as_of))
    assert found["kind"].n_unique() <= 2
    return dict(found.select("value", "fraud").iter_rows())


@pytest.mark.parametrize("backwards", [False, True])
def test_the_latest_counts_whatever_was_loaded_last(store, backwards):
    spoken = [("a", "fraud", "review", 10), ("a", "legit", "other", 20), ("b", "legit", "review", 10)]
    spoken += [("b", "fraud", "review", 30)]
    for one in spoken[::-1] if backwards else spoken:
        label(store, *one)
    assert said(store) == {"a": False, "b": True}
    assert said(store, 15) == {"a": True, "b": False}


def test_a_stronger_source_is_not_overturned_by_a_weaker_one(store):
    label(store, "a", "legit", "Appeal", 10)
    label(store, "a", "fraud", "collections", 20)
    assert said(store) == {"a": False}
    label(store, "a", "fraud", "court", 30)
    assert said(store) == {"a": True}
    assert said(store, 20) == {"a": False}


def test_a_listed_applicant_can_be_cleared_later_but_not_before(store):
    ban(store, "applicant", "a", 20)
    label(store, "a", "legit", "review", 10)
    assert said(store) == {"a": True}
    label(store, "a", "legit", "review", 30)
    assert said(store) == {"a": False}
    assert said(store, 25) == {"a": True}


def test_of_two_at_once_the_one_in_the_customers_favour_counts(store):
    label(store, "a", "legit", "one", 10)
    label(store, "a", "fraud", "two", 10)
    assert said(store) == {"a": False}


def test_identifiers_are_judged_too_and_each_has_its_source_and_time(store):
    ban(store, "device", "d1", 20)
    assert judgements(project(store.graph, 1000)).rows() == [("device", "d1", True, "x", 20)]
    assert said(store, 19) == {}
