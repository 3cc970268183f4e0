"""What every declaration must hold to, so that everything can be derived from it."""

import re
from itertools import pairwise

import polars as pl
import pytest

from graph.ontology import (
    INPUT_TABLES,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    InputTable,
    Keep,
    NodeFeed,
    NodeKind,
    RelationshipFeed,
    RelationshipKind,
)
from graph.ontology.nodes import ACCOUNT, APPLICANT, BLACKLIST_ENTRY, BLACKLIST_KINDS, BLACKLIST_VALUES
from graph.values import ChoiceType, ValueType

each_node = pytest.mark.parametrize("kind", NODE_KINDS, ids=lambda kind: kind.label)
each_relationship = pytest.mark.parametrize("kind", RELATIONSHIP_KINDS, ids=lambda kind: kind.type)
each_kind = pytest.mark.parametrize("kind", NODE_KINDS + RELATIONSHIP_KINDS, ids=lambda kind: kind.table)
each_table = pytest.mark.parametrize("table", INPUT_TABLES, ids=lambda table: table.name)
each_feed = pytest.mark.parametrize(
    ("table", "feed"),
    [(table, feed) for table in INPUT_TABLES for feed in table.nodes + table.relationships],
    ids=lambda each: each.name if isinstance(each, InputTable) else each.kind.table,
)


def _types(kind: NodeKind | RelationshipKind) -> dict[str, ValueType]:
    return {each.name: each.type for each in kind.properties}


def _columns(table: InputTable) -> dict[str, ValueType]:
    return {column.name: column.type for column in table.columns}


def test_names_are_unique_and_no_sql_table_serves_two_kinds():
    for names in (
        [kind.label for kind in NODE_KINDS],
        [kind.type for kind in RELATIONSHIP_KINDS],
        [table.name for table in INPUT_TABLES],
        [kind.table for kind in NODE_KINDS + RELATIONSHIP_KINDS],
    ):
        assert len(names) == len(set(names))


@each_node
def test_labels_are_pascal_case(kind: NodeKind):
    assert re.fullmatch(r"(?:[A-Z][a-z]+)+", kind.label)


@each_relationship
def test_relationship_types_are_screaming(kind: RelationshipKind):
    assert re.fullmatch(r"[A-Z]+(?:_[A-Z]+)*", kind.type)


@each_kind
def test_properties_have_plain_names_of_their_own(kind: NodeKind | RelationshipKind):
    names = [each.name for each in kind.properties] + ([kind.key.name] if kind.key else [])
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(?:_[a-z]+)*", name) for name in names)
    assert not {"id", "start", "end", "extras"} & set(names)


@each_kind
def test_every_kind_is_described_in_a_sentence(kind: NodeKind | RelationshipKind):
    assert re.fullmatch(r"[A-Z].+\.", kind.doc)


@each_kind
def test_observations_are_ordered_and_known_by_a_time_of_their_own(kind: NodeKind | RelationshipKind):
    for name in (kind.time, getattr(kind, "known_from", None)):
        assert name is None or _types(kind)[name].name == "timestamp"


@each_kind
def test_only_numbers_have_a_smallest_and_a_largest(kind: NodeKind | RelationshipKind):
    assert all(each.type.dtype == pl.Int64 for each in kind.properties if each.keep is not Keep.LATEST)


@each_node
def test_people_are_linked_only_by_what_can_link_them(kind: NodeKind):
    assert kind.identifier == kind.key.type.linkable


@each_node
def test_a_base_is_declared_before_and_has_a_key_of_the_same_type(kind: NodeKind):
    if kind.base:
        assert NODE_KINDS.index(kind.base) < NODE_KINDS.index(kind)
        assert kind.base.key.type == kind.key.type


@each_relationship
def test_ends_are_declared_and_a_link_starts_at_an_applicant(kind: RelationshipKind):
    assert {kind.start, kind.end} <= set(NODE_KINDS)
    assert kind.start in (APPLICANT, ACCOUNT)
    assert kind.links_people == kind.end.identifier
    assert not kind.links_people or kind.start == APPLICANT


def test_every_kind_is_fed_by_some_table():
    fed = {feed.kind for table in INPUT_TABLES for feed in table.nodes + table.relationships}
    ends = {end for kind in RELATIONSHIP_KINDS for end in (kind.start, kind.end)}
    assert fed | ends == set(NODE_KINDS + RELATIONSHIP_KINDS)


@each_table
def test_columns_are_unique_and_each_goes_somewhere(table: InputTable):
    assert len(_columns(table)) == len(table.columns)
    used = {name for feed in table.nodes for name in (*feed.key, *feed.properties)}
    for feed in table.relationships:
        used |= {feed.start, feed.end, *([feed.key] if feed.key else []), *(column for _, column in feed.properties)}
    assert used == set(_columns(table))


@each_feed
def test_a_feed_names_columns_of_its_table_and_properties_of_its_kind(
    table: InputTable, feed: NodeFeed | RelationshipFeed
):
    columns, properties = _columns(table), _types(feed.kind)
    pairs = feed.properties if isinstance(feed, RelationshipFeed) else [(name, name) for name in feed.properties]
    for name, column in pairs:
        assert columns[column] == properties[name]


@each_feed
def test_a_key_is_always_there_and_of_the_type_of_what_it_identifies(
    table: InputTable, feed: NodeFeed | RelationshipFeed
):
    columns = _columns(table)
    required = {column.name for column in table.columns if column.required}
    if isinstance(feed, NodeFeed):
        assert set(feed.key) <= required
        assert len(feed.key) > 1 or columns[feed.key[0]] == feed.kind.key.type
        return
    assert feed.start in required
    assert (columns[feed.start], columns[feed.end]) == (feed.kind.start.key.type, feed.kind.end.key.type)
    assert (feed.key is None) == (feed.kind.key is None)
    assert feed.key is None or feed.key in required
    assert feed.placeholder is None or feed.placeholder in _types(feed.kind.start)


@each_table
def test_a_placeholder_is_kept_wherever_it_stands(table: InputTable):
    """As a property of the node that the row describes, or in the property that the relationship's feed names."""
    kept = {name for feed in table.nodes for name in (*feed.key, *feed.properties)}
    for feed in table.relationships:
        assert not feed.kind.links_people or feed.placeholder or feed.end in kept


def test_the_first_moment_is_never_after_the_last():
    for kind in RELATIONSHIP_KINDS:
        keeps = {each.name: each.keep for each in kind.properties}
        for first, last in pairwise(name for name in ("first_seen", "last_seen") if name in keeps):
            assert (keeps[first], keeps[last]) == (Keep.EARLIEST, Keep.HIGHEST)


def test_whatever_may_be_blacklisted_has_a_type():
    assert tuple(BLACKLIST_VALUES) == BLACKLIST_KINDS
    assert _types(BLACKLIST_ENTRY)["kind"] == ChoiceType(BLACKLIST_KINDS)
    keys = {kind.table.replace("nationalid", "id_hash"): kind.key.type for kind in NODE_KINDS}
    assert all(keys[kind] == value for kind, value in BLACKLIST_VALUES.items())
