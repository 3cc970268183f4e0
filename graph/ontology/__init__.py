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

NODE_BY_LABEL = {kind.label: kind for kind in NODE_KINDS}
RELATIONSHIP_BY_TYPE = {kind.type: kind for kind in RELATIONSHIP_KINDS}

__all__ = [
    "INPUT_TABLES",
    "NODE_BY_LABEL",
    "NODE_KINDS",
    "RELATIONSHIP_BY_TYPE",
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
