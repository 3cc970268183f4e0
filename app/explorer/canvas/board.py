"""What a session's canvas shows beyond the picture of the ring, and the answers to what it asks for.

The browser asks with a list of operations, each with an id of its own, because events of one moment arrive as one. An
operation is answered once; the answer is sent until the browser asks for it no more. Nodes go by short ids, so the
browser can ask for nothing that it was not shown, and learns no key.
"""

from collections.abc import Callable, Mapping, Sequence
from secrets import token_hex
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from app.explorer.canvas import elements
from app.explorer.canvas.picture import Picture, Short
from app.explorer.canvas.texts import FAILED, FORGOTTEN
from app.ring_graph import node_id
from graph.errors import RingfenceError
from graph.language import Saying
from graph.ontology import NODE_BY_LABEL, RELATIONSHIP_KINDS
from graph.ontology.nodes import ACCOUNT
from graph.store.contract import Neighbourhood, Node, Store, Wanted

_TYPES = frozenset(kind.type for kind in RELATIONSHIP_KINDS)
_TYING = frozenset(kind.type for kind in RELATIONSHIP_KINDS if kind.links_people)
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
        self._nodes: dict[str, Short] = dict(picture.nodes)
        self._ids = {node_id(*node): short for short, node in self._nodes.items()}
        self._own = token_hex(4)  # a page that outlives this board must not take its nodes for those of the next one
        self._answers: dict[str, Answer] = {}

    def answers(self, asked: object, store: Store, *, as_of: int, say: Callable[[Saying], str]) -> dict[str, Answer]:
        """The answers to these operations by id, with what was known at `as_of`; `say` tells why there is none."""
        wanted = _operations(asked)
        self._answers = {each.id: self._answers[each.id] for each in wanted if each.id in self._answers}
        for operation in wanted:
            if operation.id not in self._answers:
                try:
                    self._answers[operation.id] = self._answer(operation, store, as_of) or {"sorry": say(FORGOTTEN)}
                except RingfenceError:
                    self._answers[operation.id] = {"sorry": say(FAILED)}
        return self._answers

    def _answer(self, operation: Operation, store: Store, as_of: int) -> Answer | None:
        """What the store says; None about a node that this board never showed."""
        if operation.node not in self._nodes:
            return None
        label, key = self._nodes[operation.node]
        counting = operation.op == "count"
        types = None if counting else _TYPES.intersection(operation.types)
        wanted = Wanted(types=types, known_until=as_of, earliest=operation.earliest)
        cap = 0 if counting else operation.cap
        kind = NODE_BY_LABEL.get(label)
        around = store.graph.neighbourhood(kind, key, per_type=cap, wanted=wanted) if kind else None
        if around is None:
            return {"counts": {}} if counting else {"nodes": [], "edges": [], "left_out": {}}
        return {"counts": around.left_out} if counting else self._found(around, store, as_of)

    def _found(self, around: Neighbourhood, store: Store, as_of: int) -> Answer:
        shown = []
        for node in around.nodes:
            users = _users(store, node, as_of)
            short = self._short(node.kind, node.key)
            shown.append(elements.node(short, node.kind, node.key, node.properties, users=users))
        together: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
        for item in around.relationships:
            ends = self._short(*item.start), self._short(*item.end)
            together.setdefault((*ends, item.kind), []).append(item.properties)
        edges = [elements.edge(start, end, kind, found, 0.0) for (start, end, kind), found in together.items()]
        return {"nodes": shown, "edges": edges, "left_out": around.left_out}

    def _short(self, label: str, key: str) -> str:
        name = node_id(label, key)
        if name not in self._ids:
            self._ids[name] = f"x{self._own}-{len(self._ids)}"
            self._nodes[self._ids[name]] = (label, key)
        elif label != ACCOUNT.label:
            self._nodes[self._ids[name]] = (label, key)  # an account that is an applicant is told as one
        return self._ids[name]


def _users(store: Store, node: Node, as_of: int) -> int:
    """By how many an identifier is shared: counted, not read."""
    kind = NODE_BY_LABEL[node.kind]
    if not kind.identifier:
        return 0
    found = store.graph.neighbourhood(kind, node.key, per_type=0, wanted=Wanted(_TYING, known_until=as_of))
    return sum(found.left_out.values()) if found else 0


def _operations(asked: object) -> Sequence[Operation]:
    """What of this is an operation; a browser may send anything."""
    found = []
    for each in asked[:_AT_ONCE] if isinstance(asked, list) else []:
        try:
            found.append(Operation.model_validate(each))
        except ValidationError:
            continue
    return found
