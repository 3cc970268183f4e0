"""Every kind of identifier leads to the people behind it, however it is written, on either store."""

from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
import pytest

from app.explorer.search import find
from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.ontology.nodes import APPLICANT, APPLICATION
from graph.ontology.relationships import LISTS_CONTACT, SUBMITTED
from graph.store.contract import Store
from graph.store.opening import open_store

KEYS = {
    "Device": "a1b2c3d4e5f60710",
    "Wifi": "3c:84:6a:12:34:56",
    "Ip": "8.8.4.4",
    "Phone": "+8613925716803",
    "Card": "c4rd70ken0000001",
    "NationalId": "1d70ken000000001",
    "Address": "12 jianshe rd unit 3 wuhan",
    "Employer": "wuhan jianshe trading",
    "Application": "L-1",
}


@contextmanager
def filled(url: str) -> Iterator[Store]:
    """A store with one applicant who has one thing of every kind."""
    people = NodeRows(APPLICANT, pl.DataFrame({"key": ["A-1"], "created_at": [1]}))
    joins = [kind for kind in RELATIONSHIP_KINDS if kind.links_people and kind is not LISTS_CONTACT]
    rows = [
        RelationshipRows(kind, pl.DataFrame({"start": ["A-1"], "end": [KEYS[kind.end.label]]}))
        for kind in (*joins, SUBMITTED)
        if kind.end.label in KEYS
    ]
    with open_store(url) as store:
        store.graph.merge(Chunk((people,), tuple(rows)))
        yield store


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with filled(f"sqlite:///{tmp_path_factory.mktemp('search')}/store.db") as store:
        yield store


def found(store: Store, text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(hit.label, hit.applicants) for hit in find(store, text, "CN") if not hit.placeholder]


def test_the_keys_above_are_of_every_kind() -> None:
    assert set(KEYS) == {kind.label for kind in NODE_KINDS if kind.identifier} | {APPLICATION.label}


@pytest.mark.parametrize(
    ("label", "text"),
    [
        *KEYS.items(),
        ("Device", "A1B2C3D4E5F60710"),
        ("Wifi", "3C-84-6A-12-34-56"),
        ("Phone", "139 2571 6803"),
        ("Phone", "１３９２５７１６８０３"),
        ("Address", "12 Jianshe Road, Unit 3, Wuhan"),
        ("Employer", "Wuhan Jianshe Trading"),
    ],
)
def test_an_identifier_finds_its_people(embedded: Store, label: str, text: str) -> None:
    assert found(embedded, text) == [(label, ("A-1",))]


@pytest.mark.parametrize("text", ["A-1' OR '1'='1", "A-2", "*", "%", "8.8.4.5", "x" * 500, "\x00", "}) RETURN 1 //"])
def test_what_is_not_there_is_not_found(embedded: Store, text: str) -> None:
    assert found(embedded, text) == []


@pytest.mark.neo4j
def test_the_same_is_found_in_neo4j(empty_neo4j: str) -> None:
    with filled(empty_neo4j) as store:
        assert [found(store, text) for text in KEYS.values()] == [[(label, ("A-1",))] for label in KEYS]
        assert found(store, "A-1' OR '1'='1") == []
