"""The evidence of a ring over time."""

import altair as alt
import polars as pl
import streamlit as st

from app.explorer.facts import Facts
from app.explorer.palette import STYLES
from app.explorer.wording import name_of
from app.ring_graph import Graph
from graph.results import Evidence, Ring

_LINES = 60
"""How many facts fit into a readable chart."""


def timeline(ring: Ring, graph: Graph) -> None:
    """When each fact was seen, from first to last, the heaviest facts of the ring."""
    dated = [item for item in ring.evidence if item.first_seen is not None or item.last_seen is not None]
    if not dated:
        st.info("The evidence of this ring has no times.")
        return
    heaviest = sorted(dated, key=lambda item: (-item.weight, item.kind, item.key))[:_LINES]
    st.altair_chart(chart(heaviest, Facts(graph)), width="stretch", alt="When each fact was first and last seen")
    if len(dated) > len(heaviest):
        st.caption(f"The {len(heaviest)} heaviest of {len(dated):,} facts.")


def chart(evidence: list[Evidence], words: Facts) -> alt.LayerChart:
    """A bar for each fact from its first to its last sighting, coloured by kind, with a point where it began."""
    kinds = sorted({item.kind for item in evidence})
    colours = alt.Scale(domain=[name_of(kind) for kind in kinds], range=[STYLES[kind].colour for kind in kinds])
    labels = alt.Axis(labelLimit=260, labelBaseline="middle")
    tips = (("fact:N", "Fact"), ("why:N", "Why"), ("people:Q", "Applicants"), ("first:T", "First"), ("last:T", "Last"))
    lines = alt.Chart(_frame(evidence, words)).encode(
        x=alt.X("first:T", title=None),
        y=alt.Y("fact:N", title=None, sort=alt.EncodingSortField("first", op="min"), axis=labels),
        color=alt.Color("kind:N", title="Kind", scale=colours),
        tooltip=[alt.Tooltip(field, title=title) for field, title in tips],
    )
    spans = lines.mark_bar(height=9, cornerRadius=3).encode(x2="last:T")
    return alt.LayerChart(layer=[spans, lines.mark_circle(size=80, opacity=1)], height=alt.Step(20))


def _frame(evidence: list[Evidence], words: Facts) -> pl.DataFrame:
    firsts = [item.first_seen if item.first_seen is not None else item.last_seen for item in evidence]
    lasts = [item.last_seen if item.last_seen is not None else item.first_seen for item in evidence]
    return pl.DataFrame(
        {
            "fact": [f"{number}. {words.name(item)}" for number, item in enumerate(evidence, start=1)],
            "kind": [name_of(item.kind) for item in evidence],
            "why": [name_of(item.code) for item in evidence],
            "people": [len(item.applicants) for item in evidence],
            "first": pl.from_epoch(pl.Series(firsts, dtype=pl.Int64)),
            "last": pl.from_epoch(pl.Series(lasts, dtype=pl.Int64)),
        }
    )
