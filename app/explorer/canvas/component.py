"""The picture of a ring as a Streamlit component: cytoscape.js on a canvas, reasons and the selected node beside it."""

from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from app.explorer.canvas.picture import Picture

_HERE = files(__package__)


@cache
def _component() -> ComponentRenderer:
    read = [_HERE.joinpath(name).read_text("utf-8") for name in ("vendor/cytoscape.min.js", "canvas.js")]
    return st.components.v2.component(
        "ringfence.canvas",
        html=_HERE.joinpath("canvas.html").read_text("utf-8"),
        css=_HERE.joinpath("canvas.css").read_text("utf-8"),
        js=";\n".join(read),
    )


def show(picture: Picture, reasons: dict[str, Any]) -> None:
    """Draw the picture, and the reasons beside it.

    The browser keeps places and zoom while the picture's `version` stays the same, and the selection, too, unless the
    reasons' `language` changes.
    """
    _component()(data=picture | reasons, key=f"canvas {picture['version']}")
