"""The evidence of a ring over time."""

from collections.abc import Iterable
from typing import TypeAlias

import altair as alt
import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from app.explorer.palette import STYLES
from app.explorer.ring.facts import Facts
from app.explorer.wording import name_of
from app.ring_graph import Graph
from graph.language import Saying
from graph.ontology.nodes import APPLICANT
from graph.results import Evidence, Ring

_TIMELESS = Saying("The evidence of this ring has no times.", "该团伙的证据没有时间信息。")
_ALT = Saying("When each fact was first and last seen", "每条线索首次与最近出现的时间")
_HEAVIEST = Saying("The {shown} heaviest of {facts} facts.", "共 {facts} 条线索，仅显示最重要的 {shown} 条。")
_HAPPENED = Saying("{fact}: {what}", "{fact}：{what}")
_COMMA = Saying(", ", "、")
_KIND = Saying("Kind", "类型")
_TIPS = (
    ("fact:N", Saying("Fact", "线索")),
    ("why:N", Saying("Why", "原因")),
    ("people:Q", Saying("Applicants", "申请人数")),
    ("first:T", Saying("First", "首次")),
    ("last:T", Saying("Last", "最近")),
)
_LINES = 60
"""How many facts fit into a readable chart."""

Fact: TypeAlias = tuple[Evidence, list[str]]
"""A fact, and the codes of the reasons that rest on it."""


def timeline(ring: Ring, graph: Graph) -> None:
    """When each fact was seen, from first to last, the heaviest facts of the ring."""
    facts = dated(ring.evidence)
    if not facts:
        st.info(said(_TIMELESS))
        return
    heaviest = facts[:_LINES]
    st.altair_chart(chart(heaviest, Facts(graph)), width="stretch", alt=said(_ALT))
    if len(facts) > len(heaviest):
        st.caption(said(_HEAVIEST, shown=len(heaviest), facts=len(facts)))


def dated(evidence: Iterable[Evidence]) -> list[Fact]:
    """Every fact that has a time, the heaviest first; one that several reasons rest on is there once."""
    facts: dict[tuple[object, ...], Fact] = {}
    for item in sorted(evidence, key=lambda item: (-item.weight, item.kind, item.key, item.code)):
        if item.first_seen is not None or item.last_seen is not None:
            _, codes = facts.setdefault((item.kind, item.key, item.first_seen, item.last_seen), (item, []))
            codes.append(item.code)
    return list(facts.values())


def chart(facts: list[Fact], words: Facts) -> alt.LayerChart:
    """A bar for each fact from its first to its last sighting, coloured by kind, with a point where it began."""
    kinds = sorted({item.kind for item, _ in facts})
    colours = alt.Scale(domain=[name_of(kind) for kind in kinds], range=[STYLES[kind].colour for kind in kinds])
    labels = alt.Axis(labelLimit=260, labelBaseline="middle")
    lines = alt.Chart(_frame(facts, words)).encode(
        x=alt.X("first:T", title=None),
        y=alt.Y("fact:N", title=None, sort=alt.EncodingSortField("first", op="min"), axis=labels),
        color=alt.Color("kind:N", title=said(_KIND), scale=colours),
        tooltip=[alt.Tooltip(field, title=said(title)) for field, title in _TIPS],
    )
    spans = lines.mark_bar(height=9, cornerRadius=3).encode(x2="last:T")
    return alt.LayerChart(layer=[spans, lines.mark_circle(size=80, opacity=1)], height=alt.Step(20))


def _frame(facts: list[Fact], words: Facts) -> pl.DataFrame:
    evidence = [item for item, _ in facts]
    firsts = [item.first_seen if item.first_seen is not None else item.last_seen for item in evidence]
    lasts = [item.last_seen if item.last_seen is not None else item.first_seen for item in evidence]
    return pl.DataFrame(
        {
            "fact": [f"{number}. {_label(fact, words)}" for number, fact in enumerate(facts, start=1)],
            "kind": [name_of(item.kind) for item in evidence],
            "why": [_why(codes) for _, codes in facts],
            "people": [len(item.applicants) for item in evidence],
            "first": pl.from_epoch(pl.Series(firsts, dtype=pl.Int64)),
            "last": pl.from_epoch(pl.Series(lasts, dtype=pl.Int64)),
        }
    )


def _label(fact: Fact, words: Facts) -> str:
    """An identifier says enough by itself; of an applicant it must be said what happened."""
    item, codes = fact
    about = words.name(item)
    return said(_HAPPENED, fact=about, what=_why(codes).lower()) if item.kind == APPLICANT.label else about


def _why(codes: list[str]) -> str:
    return said(_COMMA).join(name_of(code) for code in codes)
