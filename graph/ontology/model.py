"""What a declaration of the ontology consists of. Stores, ingest, masks and docs are derived from these."""

from dataclasses import dataclass
from enum import Enum

from graph.values import ValueType


class Keep(Enum):
    """Which value stays when the same thing is observed twice."""

    LATEST = "latest"
    """That of the later observation (by the kind's `time`, then by load order); a missing value erases nothing."""
    EARLIEST = "earliest"
    """The smallest: `first_seen` only moves back."""
    HIGHEST = "highest"
    """The largest: `last_seen` only moves forward."""


@dataclass(frozen=True, slots=True)
class Property:
    """A named value of a node or relationship."""

    name: str
    type: ValueType
    keep: Keep = Keep.LATEST


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node.

    `key` identifies a node; a node with nothing but its key is *bare* until its own row arrives.
    `time` names the property that orders observations of the same node (none: load order).
    `base`: every node of this kind is a node of the base kind too, with the same key value.
    `identifier`: people can be linked through a shared node of this kind.
    """

    label: str
    key: Property
    properties: tuple[Property, ...] = ()
    time: str | None = None
    base: "NodeKind | None" = None
    identifier: bool = False
    extras: bool = False
    doc: str = ""

    @property
    def table(self) -> str:
        """Name of the SQL table."""
        return self.label.lower()


@dataclass(frozen=True, slots=True)
class RelationshipKind:
    """A kind of relationship, one for each pair of ends, or one for each `key` where it has one.

    `time` names the property that orders observations, `known_from` the one that says from when on it is known
    (a question as of an earlier date does not see it).
    """

    type: str
    start: NodeKind
    end: NodeKind
    properties: tuple[Property, ...] = ()
    key: Property | None = None
    time: str | None = None
    known_from: str | None = None
    extras: bool = False
    doc: str = ""

    @property
    def table(self) -> str:
        """Name of the SQL table."""
        return self.type.lower()

    @property
    def links_people(self) -> bool:
        """Is this an observation of an applicant with something that people can share?"""
        return self.end.identifier


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an input table."""

    name: str
    type: ValueType
    required: bool = False


@dataclass(frozen=True, slots=True)
class NodeFeed:
    """Each row describes one node: `key` columns (joined by `|` where several) and properties of the same names."""

    kind: NodeKind
    key: tuple[str, ...]
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationshipFeed:
    """Each row of the table with both ends describes one relationship.

    `start`, `end` and `key` are columns; `properties` pairs a property of the relationship with the column it
    comes from. Where the end's value is a placeholder, no relationship is made: the value is kept in the start
    node's property `placeholder`.
    """

    kind: RelationshipKind
    start: str
    end: str
    properties: tuple[tuple[str, str], ...] = ()
    key: str | None = None
    placeholder: str | None = None


@dataclass(frozen=True, slots=True)
class InputTable:
    """A table of the data contract and what its rows become.

    Unknown columns go to `extras` of the first feed that allows them.
    """

    name: str
    columns: tuple[Column, ...]
    nodes: tuple[NodeFeed, ...] = ()
    relationships: tuple[RelationshipFeed, ...] = ()
    doc: str = ""
