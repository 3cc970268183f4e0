"""From when to when each thing was seen, as bars."""

from collections.abc import Sequence

import altair as alt
import polars as pl
import streamlit as st

from app.explorer.entity.sightings import Sighting
from app.explorer.frame.language import said
from app.explorer.palette import STYLES
from app.explorer.wording import masked, name_of
from graph.language import Saying

SHOWN = 30
"""How many bars fit into a readable chart, the latest."""

_ALT = Saying("From when to when each identifier was seen", "各标识的出现时段")
_KIND = Saying("Kind", "类型")


def spans(seen: Sequence[Sighting]) -> None:
    """Draw the bars of those with times, coloured by kind."""
    dated = [one for one in seen if one.first is not None and one.last is not None][:SHOWN]
    if not dated:
        return
    kinds = sorted({one.kind for one in dated})
    names = [name_of(kind) for kind in kinds]
    rows = pl.DataFrame(
        {
            "what": [f"{n}. {name_of(one.type)} {masked(one.kind, one.key)}" for n, one in enumerate(dated, start=1)],
            "kind": [name_of(one.kind) for one in dated],
            "first": pl.from_epoch(pl.Series([one.first for one in dated], dtype=pl.Int64)),
            "last": pl.from_epoch(pl.Series([one.last for one in dated], dtype=pl.Int64)),
        }
    )
    lines = alt.Chart(rows).encode(
        x=alt.X("first:T", title=None),
        y=alt.Y("what:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
        color=alt.Color(
            "kind:N",
            title=said(_KIND),
            scale=alt.Scale(domain=names, range=[STYLES[kind].colour for kind in kinds]),
        ),
        tooltip=["what:N", "first:T", "last:T"],
    )
    bars = lines.mark_bar(height=8, cornerRadius=3).encode(x2="last:T")
    chart = alt.LayerChart(layer=[bars, lines.mark_circle(size=70, opacity=1)], height=alt.Step(18))
    st.altair_chart(chart, width="stretch", alt=said(_ALT))
