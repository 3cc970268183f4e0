"""A ring for notebooks (networkx) and for Gephi and its like (GraphML, GEXF)."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import networkx as nx

from app.exports import published
from app.files import replacing
from app.masking import masked_key, masked_properties
from app.ring_graph import Graph, read_ring
from graph.errors import NotFoundError, UsageError
from graph.ontology.nodes import APPLICANT
from graph.store.contract import Store

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 file may hold, not even escaped (https://www.w3.org/TR/xml/#charsets)."""

_WRITERS: dict[str, Callable[[Graph, BinaryIO], None]] = {".graphml": nx.write_graphml, ".gexf": nx.write_gexf}


def ring_graph(store: Store, ring_id: str, *, masked: bool = True) -> Graph:
    """A ring of the published run; see `app.ring_graph` for its nodes and edges.

    With `masked`, identifiers are named by kind and number, such as `Device 1`, and personal data is masked.
    """
    run = published(store)
    ring = store.runs.ring(ring_id, run_id=run.run_id)
    if ring is None:
        raise NotFoundError("No ring has this id", where=ring_id[:80], do="List them with `ringfence rings`.")
    graph = read_ring(store, ring, as_of=int(run.as_of.timestamp()))
    return masked_graph(graph) if masked else graph


def masked_graph(graph: Graph) -> Graph:
    """The same graph without personal data: ids of applicants, times and amounts stay, everything else is masked."""
    names = _names(graph)
    masked: Graph = nx.MultiDiGraph(**graph.graph)
    for name in sorted(graph):
        values = graph.nodes[name]
        own = {each: values[each] for each in ("kind", "codes", "score", "role") if each in values}
        key = values["key"] if values["kind"] == APPLICANT.label else masked_key(values["kind"], values["key"])
        masked.add_node(names[name], **own, key=key, **masked_properties(values["kind"], values))
    for start, end, values in graph.edges(data=True):
        own = {"kind": values["kind"], "codes": values["codes"]}
        edge = masked.add_edge(names[start], names[end])
        masked.edges[names[start], names[end], edge].update(own | masked_properties(values["kind"], values))
    return masked


def export_graph(store: Store, ring_id: str, path: Path, *, masked: bool = True) -> Graph:
    """Write a ring as GraphML or GEXF, by the suffix of the file's name; returns its graph."""
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError("A graph is written as GraphML or GEXF", where=path.name, do="Use .graphml or .gexf.")
    graph = ring_graph(store, ring_id, masked=masked)
    with replacing(path) as part, part.open("wb") as file:
        write(_for_xml(graph), file)
    return graph


def graph_to_file(graph: Graph, file: BinaryIO) -> None:
    """Write a graph as GraphML."""
    nx.write_graphml(_for_xml(graph), file)


def _names(graph: Graph) -> dict[str, str]:
    """A name for each node that tells nothing but its kind, and of an applicant the id."""
    met: Counter[str] = Counter()
    names = {}
    for name in sorted(graph):
        kind = graph.nodes[name]["kind"]
        met[kind] += 1
        names[name] = name if kind == APPLICANT.label else f"{kind} {met[kind]}"
    return names


def _for_xml(graph: Graph) -> Graph:
    """The same graph with text that XML can hold: numbered nodes and edges, and the keys of the nodes as labels."""
    clean: Graph = nx.MultiDiGraph()
    ids = {name: f"n{number}" for number, name in enumerate(sorted(graph), start=1)}
    for name, values in graph.nodes(data=True):
        clean.add_node(ids[name], label=_text(values["key"]), **_texts(values))
    for number, (start, end, values) in enumerate(graph.edges(data=True), start=1):
        clean.add_edge(ids[start], ids[end], f"e{number}", **_texts(values))
    return clean


def _texts(values: dict[str, object]) -> dict[str, object]:
    return {name: _text(value) if isinstance(value, str) else value for name, value in values.items() if name != "key"}


def _text(value: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)
