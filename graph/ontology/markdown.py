"""The ontology as a page for people, docs/ontology.md."""

import inspect
import sys
from collections.abc import Iterable, Sequence

from graph.ontology import INPUT_TABLES, NODE_KINDS, RELATIONSHIP_KINDS
from graph.ontology.model import Column, InputTable, NodeKind, Property, RelationshipKind
from graph.values import ChoiceType, ValueType

_HEAD = """\
# Ontology

What the graph consists of. Derived from the declarations in `graph/ontology`; do not edit this page, write it anew:
`python -m graph.ontology.markdown > docs/ontology.md`.

A relationship is one for each pair of ends, or one for each key where it has one. When the same thing is observed
twice, each property keeps its *latest* value (a missing value erases nothing), its *earliest* or its *highest*.
A value that stands for nobody in particular (a placeholder) is kept as a property, but nobody is linked by it.
"""


def ontology_page(
    nodes: Sequence[NodeKind] = NODE_KINDS,
    relationships: Sequence[RelationshipKind] = RELATIONSHIP_KINDS,
    tables: Sequence[InputTable] = INPUT_TABLES,
) -> str:
    """The whole page, Markdown."""
    sections = (
        _HEAD,
        "## Nodes\n",
        *(_node(kind) for kind in nodes),
        "## Relationships\n",
        *(_relationship(kind) for kind in relationships),
        "## Input tables\n",
        "Columns marked * are required.\n",
        *(_input(table) for table in tables),
        "## Kinds of value\n",
        _value_types(nodes, relationships, tables),
    )
    return "\n".join(sections)


def _node(kind: NodeKind) -> str:
    facts = [
        kind.doc,
        "People can be linked through it." if kind.identifier else "",
        f"Each is an `{kind.base.label}` too." if kind.base else "",
        _order(kind.time),
        _extras(kind.extras),
    ]
    return _section(f"`{kind.label}`", facts, _properties(kind.properties, kind.key))


def _relationship(kind: RelationshipKind) -> str:
    facts = [
        kind.doc,
        f"Known from `{kind.known_from}` on." if kind.known_from else "",
        _order(kind.time),
        _extras(kind.extras),
    ]
    title = f"`(:{kind.start.label})-[:{kind.type}]->(:{kind.end.label})`"
    return _section(title, facts, _properties(kind.properties, kind.key))


def _input(table: InputTable) -> str:
    fed = [feed.kind.label for feed in table.nodes] + [feed.kind.type for feed in table.relationships]
    facts = [table.doc, "Becomes " + ", ".join(f"`{name}`" for name in fed) + "."]
    rows = ((_column_name(column), _value(column.type)) for column in table.columns)
    return _section(f"`{table.name}`", facts, _table(("column", "value"), rows))


def _column_name(column: Column) -> str:
    return f"`{column.name}`" + (" *" if column.required else "")


def _properties(properties: Iterable[Property], key: Property | None) -> str:
    rows = [(f"`{key.name}`", _value(key.type), "key")] if key else []
    rows += [(f"`{each.name}`", _value(each.type), each.keep.value) for each in properties]
    return _table(("property", "value", "kept"), rows) if rows else ""


def _order(time: str | None) -> str:
    return f"Observations are ordered by `{time}`." if time else ""


def _extras(extras: bool) -> str:
    return "Unknown columns are kept." if extras else ""


def _value(kind: ValueType) -> str:
    return " or ".join(f"`{choice}`" for choice in kind.choices) if isinstance(kind, ChoiceType) else kind.name


def _value_types(
    nodes: Sequence[NodeKind], relationships: Sequence[RelationshipKind], tables: Sequence[InputTable]
) -> str:
    """Every kind of value in use, by name; the docstring of its class is its description."""
    kinds: list[NodeKind | RelationshipKind] = [*nodes, *relationships]
    declared = [each.type for kind in kinds for each in (*kind.properties, kind.key) if each]
    declared += [column.type for table in tables for column in table.columns]
    types = {kind.name: kind for kind in declared}
    rows = (
        (name, _description(kind), "yes" if kind.linkable else "no", "number" if kind.dtype.is_integer() else "text")
        for name, kind in sorted(types.items())
    )
    return _table(("value", "what it is", "links people", "stored as"), rows)


def _description(kind: ValueType) -> str:
    return " ".join((inspect.getdoc(type(kind)) or "").split())


def _section(title: str, facts: Iterable[str], table: str) -> str:
    return f"### {title}\n\n{' '.join(fact for fact in facts if fact)}\n\n{table}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(ontology_page())
