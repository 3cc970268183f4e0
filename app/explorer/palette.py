"""How each kind looks: colours after Okabe and Ito (2008), which the colour-blind can tell apart, and a shape."""

from collections import Counter
from dataclasses import asdict, dataclass, replace
from itertools import cycle

from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.ontology.nodes import ACCOUNT, APPLICANT
from graph.ontology.relationships import TRANSFERRED


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a node kind, or of the edges of a relationship type (`shape` empty).

    `icon`: a path of SVG in a box of 24 by 24, drawn as strokes.
    """

    colour: str
    shape: str
    line: str
    icon: str = ""


_COLOURS = ("#E69F00", "#009E73", "#56B4E9", "#CC79A7", "#B8A000", "#7A5195", "#D55E00", "#999999")
_SHAPES = ("round-rectangle", "diamond", "triangle", "hexagon", "rectangle", "star", "pentagon", "vee")
_LINES = ("solid", "dashed", "dotted")

GROUP = "Group"
"""The kind of a node that stands for several applicants."""

_ICONS = {
    "Applicant": "M12 4a4 4 0 1 0 .01 0M4 21c0-5 3-8 8-8s8 3 8 8",
    GROUP: "M9 5a3.5 3.5 0 1 0 .01 0M2 20c0-4 3-6 7-6s7 2 7 6M16 5a3.5 3.5 0 0 1 0 7M18 14c3 .5 4 3 4 6",
    "Account": "M3 9l9-6 9 6zM5 11v7M10 11v7M14 11v7M19 11v7M3 21h18",
    "Application": "M6 2h9l4 4v16H6zM9 11h7M9 15h7",
    "Device": "M7 2h10v20H7zM11 18.5h2",
    "Wifi": "M2 9c6-6 14-6 20 0M5 13c4-4 10-4 14 0M9 17c2-2 4-2 6 0M12 20.5v.5",
    "Ip": "M12 2a10 10 0 1 0 .01 0M2 12h20M12 2c-5 6-5 14 0 20M12 2c5 6 5 14 0 20",
    "Phone": "M5 3l4 0 2 5-3 2c1 3 3 5 6 6l2-3 5 2v4c0 2-2 2-3 2C10 20 4 13 3 6c0-1 0-3 2-3z",
    "Card": "M2 5h20v14H2zM2 10h20M5 15h5",
    "NationalId": "M2 4h20v16H2zM8 8a2.5 2.5 0 1 0 .01 0M4 17c0-5 8-5 8 0M15 9h4M15 13h4",
    "Address": "M3 12l9-9 9 9M5 10v11h14V10M10 21v-6h4v6",
    "Employer": "M2 8h20v13H2zM8 8V4h8v4M2 14h20",
}
"""Drawn for these pages; a kind without one is told by its shape alone."""


def _styles() -> dict[str, Style]:
    people = Style("#0072B2", "ellipse", "solid", _ICONS["Applicant"])
    money = Style("#767676", "octagon", "solid", _ICONS["Account"])
    styles = {
        APPLICANT.label: people,
        GROUP: replace(people, icon=_ICONS[GROUP]),
        ACCOUNT.label: money,
        TRANSFERRED.type: Style(money.colour, "", "solid"),
    }
    various = zip(cycle(_COLOURS), cycle(_SHAPES), cycle(_LINES), strict=False)
    for kind in NODE_KINDS:
        if kind.identifier:
            styles[kind.label] = Style(*next(various), _ICONS.get(kind.label, ""))
    met: Counter[str] = Counter()
    for relationship in RELATIONSHIP_KINDS:
        if relationship.links_people:
            end = styles[relationship.end.label]
            line = _LINES[(_LINES.index(end.line) + met[relationship.end.label]) % len(_LINES)]
            styles[relationship.type] = Style(end.colour, "", line)
            met[relationship.end.label] += 1
    for name in (*(kind.label for kind in NODE_KINDS), *(kind.type for kind in RELATIONSHIP_KINDS)):
        styles.setdefault(name, replace(money, icon=_ICONS.get(name, "")))  # what an expansion may bring
    return styles


STYLES: dict[str, Style] = _styles()
"""By node label and relationship type: a new identifier kind of the ontology has its look at once."""


def looks() -> dict[str, dict[str, str]]:
    """The style of every kind as the browser reads it."""
    return {kind: asdict(style) for kind, style in STYLES.items()}
