"""How each kind looks: colours after Okabe and Ito (2008), which the colour-blind can tell apart, and a shape."""

from collections import Counter
from dataclasses import asdict, dataclass
from itertools import cycle

from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.ontology.nodes import ACCOUNT, APPLICANT
from graph.ontology.relationships import TRANSFERRED


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a node kind, or of the edges of a relationship type (`shape` empty)."""

    colour: str
    shape: str
    line: str


_COLOURS = ("#E69F00", "#009E73", "#56B4E9", "#CC79A7", "#B8A000", "#7A5195", "#D55E00", "#999999")
_SHAPES = ("round-rectangle", "diamond", "triangle", "hexagon", "rectangle", "star", "pentagon", "vee")
_LINES = ("solid", "dashed", "dotted")

GROUP = "Group"
"""The kind of a node that stands for several applicants."""


def _styles() -> dict[str, Style]:
    people = Style("#0072B2", "ellipse", "solid")
    money = Style("#767676", "octagon", "solid")
    styles = {
        APPLICANT.label: people,
        GROUP: people,
        ACCOUNT.label: money,
        TRANSFERRED.type: Style(money.colour, "", "solid"),
    }
    looks = zip(cycle(_COLOURS), cycle(_SHAPES), cycle(_LINES), strict=False)
    for kind in NODE_KINDS:
        if kind.identifier:
            styles[kind.label] = Style(*next(looks))
    met: Counter[str] = Counter()
    for relationship in RELATIONSHIP_KINDS:
        if relationship.links_people:
            end = styles[relationship.end.label]
            line = _LINES[(_LINES.index(end.line) + met[relationship.end.label]) % len(_LINES)]
            styles[relationship.type] = Style(end.colour, "", line)
            met[relationship.end.label] += 1
    for name in (*(kind.label for kind in NODE_KINDS), *(kind.type for kind in RELATIONSHIP_KINDS)):
        styles.setdefault(name, money)  # what no picture shows, but a fact may be about
    return styles


STYLES: dict[str, Style] = _styles()
"""By node label and relationship type: a new identifier kind of the ontology has its look at once."""


def look(kind: str) -> dict[str, str]:
    """The style of a kind as the browser reads it."""
    return asdict(STYLES[kind])
