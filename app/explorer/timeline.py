"""The evidence of a ring over time."""

import altair as alt
import polars as pl
import streamlit as st

from app.explorer.palette import STYLES
from app.explorer.wording import code_name, kind_name, masked
from graph.results import Evidence, Ring

_LINES = 60
"""How many facts fit into a readable chart."""


def timeline(ring: Ring) -> None:
    """When each fact was seen, from first to last, the heaviest facts of the ring."""
    dated = [item for item in ring.evidence if item.first_seen is not None or item.last_seen is not None]
    if not dated:
        st.info("The evidence of this ring has no times.")
        return
    heaviest = sorted(dated, key=lambda item: (-item.weight, item.kind, item.key))[:_LINES]
    st.altair_chart(chart(heaviest), width="stretch", alt="When each fact was first and last seen")
    if len(dated) > len(heaviest):
        st.caption(f"The {len(heaviest)} heaviest of {len(dated):,} facts.")


def chart(evidence: list[Evidence]) -> alt.LayerChart:
    """A bar for each fact from its first to its last sighting, coloured by kind, with a point where it began."""
    kinds = sorted({item.kind for item in evidence})
    colours = alt.Scale(domain=[kind_name(kind) for kind in kinds], range=[STYLES[kind].colour for kind in kinds])
    lines = alt.Chart(_frame(evidence)).encode(
        x=alt.X("first:T", title=None),
        y=alt.Y("fact:N", sort=alt.EncodingSortField("first", op="min"), title=None, axis=alt.Axis(labelLimit=220)),
        color=alt.Color("kind:N", title="Shared", scale=colours),
        tooltip=["kind:N", "what:N", "why:N", "people:Q", "first:T", "last:T"],
    )
    spans = lines.mark_bar(height=9, cornerRadius=3).encode(x2="last:T")
    return alt.LayerChart(layer=[spans, lines.mark_circle(size=80, opacity=1)], height=alt.Step(20))


def _frame(evidence: list[Evidence]) -> pl.DataFrame:
    firsts = [item.first_seen if item.first_seen is not None else item.last_seen for item in evidence]
    lasts = [item.last_seen if item.last_seen is not None else item.first_seen for item in evidence]
    return pl.DataFrame(
        {
            "fact": [f"{number}. {masked(item.kind, item.key)[:40]}" for number, item in enumerate(evidence, start=1)],
            "kind": [kind_name(item.kind) for item in evidence],
            "what": [masked(item.kind, item.key) for item in evidence],
            "why": [code_name(item.code) for item in evidence],
            "people": [len(item.applicants) for item in evidence],
            "first": pl.from_epoch(pl.Series(firsts, dtype=pl.Int64)),
            "last": pl.from_epoch(pl.Series(lasts, dtype=pl.Int64)),
        }
    )
