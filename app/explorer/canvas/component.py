"""The picture of a ring as a Streamlit component: cytoscape.js on a canvas, reasons and the selected node beside it."""

import re
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from app.explorer.canvas.board import Board
from app.explorer.canvas.one_file import one_file
from app.explorer.canvas.picture import Picture, picture
from app.explorer.canvas.texts import names, texts
from app.explorer.frame import language, session
from app.explorer.frame.language import said
from app.explorer.wording import moment
from app.ring_graph import Graph
from cases.people import Role
from graph.language import Saying
from graph.results import Ring, Run
from graph.store.contract import Store

_HERE = files(__package__)
_SCRIPTS = (
    "words", "look", "icons", "state", "drawing", "placing", "selection", "paths", "groups", "growing", "legend",
    "replay", "finding", "exporting", "panel", "actions", "keys", "view", "main",
)  # fmt: skip
"""Parts of one module, in the order in which they are joined."""
_ONE_FILE = Saying("Picture as a file", "下载关系图")
_ONE_FILE_HELP = Saying(
    "One HTML file that any browser shows without internet, for the case or for mail. Identifiers are masked.",
    "单个 HTML 文件，任何浏览器均可离线查看，可附于案件或邮件。标识信息已脱敏。",
)
_BOARDS = 20
"""As many as the browser remembers pictures (main.js)."""


@cache
def _component() -> ComponentRenderer:
    scripts = ["vendor/cytoscape.min.js", *(f"js/{name}.js" for name in _SCRIPTS)]
    return st.components.v2.component(
        "ringfence.canvas",
        html=_HERE.joinpath("canvas.html").read_text("utf-8"),
        css=_HERE.joinpath("canvas.css").read_text("utf-8"),
        js=";\n".join(_HERE.joinpath(name).read_text("utf-8") for name in scripts),
    )


@st.cache_resource(show_spinner=False, max_entries=50)
def _picture(_ring: Ring, _graph: Graph, run_id: str, ring_id: str, whole: bool) -> Picture:  # noqa: ARG001 (the ids are the key)
    """The picture of a ring with its places, computed once for all sessions."""
    return picture(_ring, _graph, whole=whole)


@st.fragment
def show(store: Store, run: Run, ring: Ring, graph: Graph, reasons: Mapping[str, Any]) -> None:
    """Draw the ring, and the reasons beside it.

    The browser keeps what was done to the picture for as long as its page is open, and asks for more by itself: then
    this part of the page runs alone, and nothing is drawn anew.
    """
    session.acting(Role.VIEWER)
    key = f"canvas {run.run_id}/{ring.ring_id}"
    asked: Mapping[str, Any] = st.session_state.get(key) or {}
    drawn = _picture(ring, graph, run.run_id, ring.ring_id, asked.get("whole") is True)
    answers = _board(drawn).answers(asked.get("asked"), store, as_of=int(run.as_of.timestamp()), say=said)
    told = {"texts": texts(language.spoken()), "names": names(language.spoken()), "answers": answers}
    _component()(data={**drawn.sent, **reasons, **told}, key=key, on_asked_change=_nothing, on_whole_change=_nothing)
    st.download_button(
        said(_ONE_FILE),
        partial(one_file, drawn, run=run.run_id, day=moment(run.as_of), language=language.spoken()),
        file_name=f"{re.sub('[^A-Za-z0-9-]', '_', ring.ring_id)}.html",
        mime="text/html",
        on_click="ignore",
        help=said(_ONE_FILE_HELP),
    )


def _board(drawn: Picture) -> Board:
    """The session's board of this picture; of many, those that were looked at last are kept."""
    boards: dict[str, Board] = st.session_state.setdefault("canvas boards", {})
    board = boards.pop(drawn.version, None) or Board(drawn)
    boards[drawn.version] = board
    if len(boards) > _BOARDS:
        del boards[next(iter(boards))]
    return board


def _nothing() -> None:
    """That a value has changed is seen when the fragment runs."""
