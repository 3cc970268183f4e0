"""The picture of a ring as one HTML file for a case or a mail: masked, without internet, with no way for data to run.

pyvis gives the network and vis-network, the script that draws it. Its own page is not used: even when all is inlined
it asks two sites for files, and a title with "href" in it becomes markup. On ours a content security policy lets two
scripts run, by their digests, and lets nothing be fetched; data is JSON that is shown as text.
"""

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from app.explorer.canvas.picture import Picture
from app.explorer.canvas.texts import names
from app.explorer.palette import STYLES
from graph.language import Language, Saying
from graph.ontology.relationships import TRANSFERRED

_SHAPES = {
    "ellipse": "dot", "round-rectangle": "square", "rectangle": "square", "octagon": "box", "pentagon": "triangleDown",
    "vee": "triangleDown",
}  # fmt: skip
"""Of vis-network, where the canvas's shape has another name or is not there."""
_DASHES = {"solid": False, "dashed": [8, 5], "dotted": [2, 4]}
_MARKS = {
    "ellipse": "●", "round-rectangle": "■", "rectangle": "■", "diamond": "◆", "triangle": "▲", "hexagon": "⬢",
    "star": "★", "octagon": "■", "solid": "━━", "dashed": "╍╍", "dotted": "┉┉",
}  # fmt: skip
"""What the legend shows of a shape or of a line."""
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "multiselect": True, "keyboard": True, "tooltipDelay": 0},
    "nodes": {"font": {"size": 12}, "borderWidth": 1},
    "edges": {"smooth": False, "font": {"size": 10, "strokeWidth": 2}},
}
_TITLE = Saying("Ring {ring}", "团伙 {ring}")
_ABOUT = Saying(
    "By what was known on {day}; run {run}. Identifiers are masked. {nodes} nodes, {edges} edges.",
    "截至 {day} 的已知信息；运行 {run}。标识信息已脱敏。节点 {nodes} 个，连线 {edges} 条。",
)
_DRAW = """
const { nodes, edges, options } = JSON.parse(document.getElementById("graph").textContent);
const drawn = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
new vis.Network(document.getElementById("picture"), drawn, options);
"""
_STYLE = """
html, body { margin: 0; height: 100%; font: 14px sans-serif; }
body { display: flex; flex-direction: column; }
header { padding: 8px 14px; border-bottom: 1px solid #ccc; }
h1 { margin: 0 0 4px; font-size: 18px; }
p { margin: 0; color: #444; }
ul { display: flex; flex-wrap: wrap; gap: 2px 16px; list-style: none; margin: 6px 0 0; padding: 0; }
#picture { flex: 1; min-height: 0; }
.vis-tooltip { position: absolute; max-width: 360px; padding: 6px 9px; white-space: pre-wrap; overflow-wrap: anywhere;
  pointer-events: none; background: #fff; border: 1px solid #999; border-radius: 6px; }
"""


def one_file(picture: Picture, *, run: str, day: str, language: Language) -> str:
    """The page, in this language."""
    import pyvis  # noqa: PLC0415 (brings IPython along, which nothing else needs)

    library = files(pyvis).joinpath("lib/vis-9.1.2/vis-network.min.js").read_text("utf-8")
    sent = picture.sent
    told = names(language)
    title = escape(_TITLE.say(language, ring=sent["name"]))
    counts = {"nodes": f"{len(sent['nodes']):,}", "edges": f"{len(sent['edges']):,}"}
    about = escape(_ABOUT.say(language, day=day, run=run, **counts))
    scripts = "".join(f"<script>{script}</script>" for script in (library, _DRAW))
    return (
        f'<!doctype html><html lang="{language.value}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(library, _DRAW)}">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><header><h1>{title}</h1><p>{about}</p>"
        f'<ul>{_legend(sent, told)}</ul></header><div id="picture" role="img" aria-label="{about}"></div>'
        f'<script type="application/json" id="graph">{_json(_network(sent, told))}</script>{scripts}</body></html>'
    )


def _network(sent: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    from pyvis.network import Network  # noqa: PLC0415

    network = Network(directed=True)
    for node in sent["nodes"]:
        style = STYLES[node["kind"]]
        known = [("kind", told[node["kind"]]), *node["facts"]]
        network.add_node(
            node["id"], label=node["label"], shape=_SHAPES.get(style.shape, style.shape), color=style.colour,
            size=node["size"] / 2, x=node["x"], y=node["y"],
            title="\n".join([node["title"], *(f"{told.get(code, code)}: {value}" for code, value in known)]),
        )  # fmt: skip
    for edge in sent["edges"]:
        style, money = STYLES[edge["kind"]], edge["kind"] == TRANSFERRED.type
        network.add_edge(
            edge["source"], edge["target"], color=style.colour, width=edge["width"], dashes=_DASHES[style.line],
            title=f"{told[edge['kind']]} {edge['label']}", label=edge["label"] if money else "",
            arrows="to" if money else "",
        )  # fmt: skip
    network.set_options(json.dumps(_OPTIONS))
    nodes, edges, *_, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": options if isinstance(options, dict) else json.loads(options)}


def _legend(sent: Mapping[str, Any], told: Mapping[str, str]) -> str:
    counts = Counter(each["kind"] for each in (*sent["nodes"], *sent["edges"]))
    return "".join(
        f'<li><span style="color: {style.colour}">{_MARKS.get(style.shape or style.line, "▼")}</span>'
        f" {escape(told[kind])} ({count:,})"
        for kind, count in counts.items()
        for style in [STYLES[kind]]
    )


def _json(values: object) -> str:
    """JSON that no HTML parser takes for the end of its script."""
    return json.dumps(values).replace("<", "\\u003c")


def _policy(*scripts: str) -> str:
    digests = " ".join(f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in scripts)
    return f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'"
