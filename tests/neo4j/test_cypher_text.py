"""Cypher text derived from declarations, without a server."""

import pytest

from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS, NodeKind, RelationshipKind
from graph.ontology.nodes import APPLICANT, DEVICE
from graph.ontology.relationships import LISTS_CONTACT, TRANSFERRED, USED_DEVICE
from graph.store.neo4j import cypher
from graph.store.neo4j.schema import constraints


def test_names_are_quoted_whatever_is_in_them() -> None:
    assert cypher.quoted("a`b") == "`a``b`"


def test_a_node_is_merged_by_its_key_alone() -> None:
    assert cypher.merge_nodes(DEVICE, ()) == (
        "UNWIND range(0, size($key) - 1) AS row\nMERGE (x:`Device` {`fingerprint`: $`key`[row]})"
    )


def test_a_node_with_a_base_is_merged_as_that_and_labelled() -> None:
    assert cypher.merge_ends(APPLICANT) == (
        "UNWIND $keys AS key\nMERGE (x:`Account` {`account_id`: key})\n"
        "WITH x, key WHERE NOT x:`Applicant`\nSET x:`Applicant`, x.`applicant_id` = key"
    )


def test_only_properties_that_are_present_are_set() -> None:
    text = cypher.merge_relationships(USED_DEVICE, ("first_seen",))
    assert text.endswith(
        "MERGE (a)-[x:`USED_DEVICE`]->(b)\nON CREATE SET x += {`first_seen`: $`first_seen`[row]}\n"
        "ON MATCH SET x += {`first_seen`: CASE WHEN x.`first_seen` <= $`first_seen`[row]"
        " THEN x.`first_seen` ELSE coalesce($`first_seen`[row], x.`first_seen`) END}\nRETURN count(x) AS matched"
    )
    assert cypher.merged_columns(USED_DEVICE, ("first_seen", "sessions")) == ["first_seen", "sessions", "sessions_at"]


def test_a_kind_without_time_keeps_what_was_loaded_last() -> None:
    assert "`relation`: coalesce($`relation`[row], x.`relation`)" in cypher.merge_relationships(
        LISTS_CONTACT, ("relation",)
    )


def test_a_keyed_relationship_is_found_by_its_key() -> None:
    assert "MATCH ()-[x:`TRANSFERRED` {`transfer_id`: $`key`[row]}]->()" in cypher.update_relationships(TRANSFERRED, ())
    with pytest.raises(ValueError, match="USED_DEVICE has no key"):
        cypher.known_keys(USED_DEVICE)


@pytest.mark.parametrize("kind", NODE_KINDS, ids=lambda kind: kind.label)
def test_every_node_kind_has_a_unique_key(kind: NodeKind) -> None:
    statement = constraints()[f"ringfence_{kind.label.lower()}"]
    assert statement.endswith(f"FOR (x:`{kind.label}`) REQUIRE (x.`{kind.key.name}`) IS UNIQUE")


@pytest.mark.parametrize("kind", RELATIONSHIP_KINDS, ids=lambda kind: kind.type)
def test_what_was_not_known_yet_can_be_left_out(kind: RelationshipKind) -> None:
    limited = cypher.relationship_page(kind, (), dated=True)
    assert ("<= $until" in limited) == (kind.known_from is not None)
    assert "$until" not in cypher.relationship_page(kind, (), dated=False)
