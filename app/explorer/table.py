"""A table whose first column opens what its line is about, by a reference and never by the line's number."""

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from app.plain_text import printable

WHOLE = 25
"""Up to this many lines the table is shown without scrolling."""


def show(
    columns: dict[str, Sequence[object]],
    references: Sequence[str],
    *,
    key: str,
    looks: Mapping[str, ColumnConfig] | None = None,
) -> str | None:
    """Draw it; the reference of the line that was clicked, if one was. A line with an empty reference opens nothing.

    The first column holds names of what the lines are about. A click comes back with the text of its button, which
    must therefore tell the lines apart: names that are there twice are numbered. `looks`: of other columns, by name.
    """
    first, *others = columns
    labels = _told_apart([printable(str(name)) for name in columns[first]])
    clicked = f"{key} clicked"
    button = st.column_config.ButtonColumn(first, key=clicked, pinned=True, alignment="left")
    st.dataframe(
        pl.DataFrame({first: labels, **{name: columns[name] for name in others}}, strict=False),
        hide_index=True,
        height="content" if len(labels) <= WHOLE else "auto",
        placeholder="",
        column_config={first: button, **(looks or {})},
        key=key,
    )
    event = st.session_state.get(clicked)
    return dict(zip(labels, references, strict=True)).get(event["label"]) if event else None


def _told_apart(names: list[str]) -> list[str]:
    met: dict[str, int] = {}
    labels = []
    for name in names:
        met[name] = met.get(name, 0) + 1
        labels.append(name if met[name] == 1 else f"{name} ({met[name]})")
    return labels
