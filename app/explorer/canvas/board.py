"""What a session's canvas shows beyond the picture of the ring, and the answers to what it asks for.

The browser asks with a list of operations, each with an id of its own, because events of one moment arrive as one. An
operation is answered once; the answer is sent until the browser asks for it no more. Nodes go by short ids, so the
browser can ask for nothing that it was not shown, and learns no key.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from app.explorer.canvas import elements
from app.explorer.canvas.picture import Node, Picture
from app.ring_graph import node_id
from graph.errors import RingfenceError
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.ontology.nodes import ACCOUNT
from graph.store.contract import Neighbourhood, Store, Wanted

_KINDS = {kind.label: kind for kind in NODE_KINDS}
_TYPES = frozenset(kind.type for kind in RELATIONSHIP_KINDS)
_AT_ONCE = 50
"""No more operations are taken from one event."""

Answer = dict[str, Any]


class Operation(BaseModel):
    """What the browser asks: how many neighbours of each type a node has (`count`), or some of them (`expand`)."""

    id: str = Field(max_length=40)
    op: str = Field(pattern="^(count|expand)$")
    node: str = Field(max_length=40)
    types: list[str] = Field(default=[], max_length=40)
    cap: int = Field(default=20, ge=1, le=200)
    earliest: bool = False


class Board:
    """The nodes that one session's canvas may name, and its answers."""

    def __init__(self, picture: Picture) -> None:
        self._nodes: dict[str, Node] = dict(picture.nodes)
        self._ids = {node_id(*node): short for short, node in self._nodes.items()}
        self._answers: dict[str, Answer] = {}

    def answers(
        self, asked: object, store: Store, *, as_of: int, sorry: Callable[[RingfenceError], str]
    ) -> dict[str, Answer]:
        """The answers to these operations by id, with what was known at `as_of`; `sorry` tells why one fails."""
        wanted = _operations(asked)
        self._answers = {each.id: self._answers[each.id] for each in wanted if each.id in self._answers}
        for operation in wanted:
            if operation.id not in self._answers:
                try:
                    self._answers[operation.id] = self._answer(operation, store, as_of)
                except RingfenceError as error:
                    self._answers[operation.id] = {"sorry": sorry(error)}
        return self._answers

    def _answer(self, operation: Operation, store: Store, as_of: int) -> Answer:
        label, key = self._nodes.get(operation.node, ("", ""))
        counting = operation.op == "count"
        types = None if counting else _TYPES.intersection(operation.types)
        wanted = Wanted(types=types, known_until=as_of, earliest=operation.earliest)
        cap = 0 if counting else operation.cap
        kind = _KINDS.get(label)
        around = store.graph.neighbourhood(kind, key, per_type=cap, wanted=wanted) if kind else None
        if around is None:
            return {"counts": {}} if counting else {"nodes": [], "edges": [], "left_out": {}}
        return {"counts": around.left_out} if counting else self._found(around)

    def _found(self, around: Neighbourhood) -> Answer:
        shown = [
            elements.node(self._short(node.kind, node.key), node.kind, node.key, node.properties)
            for node in around.nodes
        ]
        together: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
        for item in around.relationships:
            ends = self._short(*item.start), self._short(*item.end)
            together.setdefault((*ends, item.kind), []).append(item.properties)
        edges = [elements.edge(start, end, kind, found, 0.0) for (start, end, kind), found in together.items()]
        return {"nodes": shown, "edges": edges, "left_out": around.left_out}

    def _short(self, label: str, key: str) -> str:
        name = node_id(label, key)
        if name not in self._ids:
            self._ids[name] = f"x{len(self._ids)}"
            self._nodes[self._ids[name]] = (label, key)
        elif label != ACCOUNT.label:
            self._nodes[self._ids[name]] = (label, key)  # an account that is an applicant is told as one
        return self._ids[name]


def _operations(asked: object) -> Sequence[Operation]:
    """What of this is an operation; a browser may send anything."""
    found = []
    for each in asked[:_AT_ONCE] if isinstance(asked, list) else []:
        try:
            found.append(Operation.model_validate(each))
        except ValidationError:
            continue
    return found
