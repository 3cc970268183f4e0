"""Nodes and edges as the canvas draws them: masked, in codes and figures, so that any language can tell them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.explorer.palette import GROUP
from app.explorer.wording import day, masked, money, property_words
from app.plain_text import shortened
from graph.ontology import RELATIONSHIP_KINDS
from graph.ontology.nodes import APPLICANT
from graph.ontology.relationships import TRANSFERRED

Values = Mapping[str, Any]
Drawn = dict[str, Any]

_LABEL = 22
_THIN, _THICK = 1.5, 4.5
_KNOWN_FROM = {kind.type: kind.known_from for kind in RELATIONSHIP_KINDS}


def node(short: str, kind: str, key: str, values: Values, *, users: int = 0) -> Drawn:
    """A node by its short id; `users`: by how many it is shared, as far as known."""
    text = masked(kind, key)
    return {
        "id": short,
        "kind": kind,
        "label": shortened(text, _LABEL),
        "title": text,
        "size": _size(kind, values, users),
        "users": users,
        "codes": str(values.get("codes", "")).split(),
        "facts": _facts(kind, values, users),
    }


def edge(start: str, end: str, kind: str, found: Sequence[Values], share: float) -> Drawn:
    """All relationships of a type from one node to another; `share` (0 to 1): its weight next to the heaviest.

    `at` is when it was first known (unix seconds), or None.
    """
    known = [values[at] for values in found if (at := _KNOWN_FROM[kind]) and at in values]
    return {
        "id": f"{start} {end} {kind}",
        "source": start,
        "target": end,
        "kind": kind,
        "label": _label(kind, found),
        "width": round(_THIN + (_THICK - _THIN) * share, 1),
        "at": min(known, default=None),
        "codes": sorted({code for values in found for code in str(values.get("codes", "")).split()}),
    }


def amount(found: Iterable[Values]) -> int:
    """What these transfers come to, in minor units."""
    return sum(int(values.get("amount", 0)) for values in found)


def _size(kind: str, values: Values, users: int) -> int:
    """Diameter in pixels: identifiers grow with how many share them, groups with their members."""
    count = values.get("members", 0) if kind == GROUP else users
    return 28 if kind == APPLICANT.label else min(26 + 3 * int(count**0.5), 56)


def _facts(kind: str, values: Values, users: int) -> list[tuple[str, str]]:
    """Code and value of everything the side panel says of a node."""
    facts = []
    if "score" in values:
        facts.append(("score", f"{values['score']:.2f}"))
    if values.get("role"):
        facts.append(("role", str(values["role"])))
    if kind == GROUP:
        return [*facts, ("members", f"{values['members']:,}")]
    if kind != APPLICANT.label and users:
        facts.append(("users", f"{users:,}"))
    told = ((name, property_words(kind, name, value)) for name, value in sorted(values.items()))
    return [*facts, *((name, text) for name, text in told if text)]


def _label(kind: str, found: Sequence[Values]) -> str:
    times = f"{len(found)} × " if len(found) > 1 else ""
    if kind == TRANSFERRED.type:
        return f"{times}{money(amount(found))}"
    if "count" in found[0]:
        return f"× {found[0]['count']}"
    first, last = day(found[0].get("first_seen")), day(found[0].get("last_seen"))
    return f"{first} – {last}" if last and last != first else first
