"""The ontology: every node kind, relationship kind and input table, declared once."""

from graph.ontology.model import (
    Column,
    InputTable,
    Keep,
    NodeFeed,
    NodeKind,
    Property,
    RelationshipFeed,
    RelationshipKind,
)
from graph.ontology.nodes import NODE_KINDS
from graph.ontology.relationships import RELATIONSHIP_KINDS
from graph.ontology.tables import INPUT_TABLES

__all__ = [
    "INPUT_TABLES",
    "NODE_KINDS",
    "RELATIONSHIP_KINDS",
    "Column",
    "InputTable",
    "Keep",
    "NodeFeed",
    "NodeKind",
    "Property",
    "RelationshipFeed",
    "RelationshipKind",
]
