"""The money of a ring in order of time: a lane for each account, and a line from payer to payee for each transfer."""

from collections import Counter

import altair as alt
import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from app.explorer.wording import masked, money
from app.plain_text import shortened
from app.ring_graph import Graph, transfers
from graph.language import Saying

LANES = 30
"""So many accounts fit, those through which most money went."""
LINES = 150
"""So many transfers fit, the largest."""
SEVERAL = 2

_ALT = Saying("Who paid whom, in order of time", "按时间顺序的付款关系")
_AMOUNT = Saying("Amount", "金额")
_LEFT_OUT = Saying(
    "The {shown:,} largest of {all:,} transfers, among the {lanes} accounts that most went through. The list has all.",
    "图中为 {all:,} 笔转账中金额最大的 {shown:,} 笔，限资金往来最多的 {lanes} 个账户；列表中为全部。",
)
_READ = Saying(
    "Each line goes from the payer (dot) to the payee (triangle); the wider, the more.",
    "每条线由付款方（圆点）指向收款方（三角），线越宽金额越大。",
)


def flow(graph: Graph) -> None:
    """Draw the transfers; nothing where there is no more than a list tells as well."""
    moved = transfers(graph)
    lines = lines_of(graph)
    if lines.height < SEVERAL:
        return
    st.altair_chart(chart(lines), width="stretch", alt=said(_ALT))
    st.caption(said(_READ))
    if lines.height < len(moved):
        st.caption(said(_LEFT_OUT, shown=lines.height, all=len(moved), lanes=LANES))


def lines_of(graph: Graph) -> pl.DataFrame:
    """`at`, `payer`, `payee` (masked names), `amount` (major units), `text`; earliest first."""
    through: Counter[str] = Counter()
    dated = [move for move in transfers(graph) if "ts" in move[2]]
    for start, end, values in dated:
        through.update({start: int(values.get("amount", 0)), end: int(values.get("amount", 0))})
    lanes = {node for node, _ in sorted(through.items(), key=lambda one: (-one[1], one[0]))[:LANES]}
    inside = [move for move in dated if {move[0], move[1]} <= lanes]
    largest = sorted(inside, key=lambda move: -int(move[2].get("amount", 0)))[:LINES]
    rows = sorted(largest, key=lambda move: int(move[2]["ts"]))
    amounts = [int(values.get("amount", 0)) for _, _, values in rows]
    return pl.DataFrame(
        {
            "at": pl.from_epoch(pl.Series([int(values["ts"]) for *_, values in rows], dtype=pl.Int64)),
            "payer": [_name(graph, start) for start, _, _ in rows],
            "payee": [_name(graph, end) for _, end, _ in rows],
            "amount": [amount / 100 for amount in amounts],
            "text": [money(amount) for amount in amounts],
        },
        schema_overrides={"payer": pl.String, "payee": pl.String, "amount": pl.Float64, "text": pl.String},
    )


def chart(lines: pl.DataFrame) -> alt.LayerChart:
    """The lanes, in the order in which money first reached them."""
    order = list(dict.fromkeys(name for pair in lines.select("payer", "payee").iter_rows() for name in pair))
    base = alt.Chart(lines).encode(
        x=alt.X("at:T", title=None),
        tooltip=["at:T", "payer:N", "payee:N", alt.Tooltip("text:N", title=said(_AMOUNT))],
    )
    payer = alt.Y("payer:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(labelLimit=220))
    payee = alt.Y("payee:N", title=None, sort=order, scale=alt.Scale(domain=order))
    width = alt.Size("amount:Q", title=said(_AMOUNT), scale=alt.Scale(range=[1, 8], zero=True), legend=None)
    ties = base.mark_rule(color="#767676", opacity=0.55).encode(y=payer, y2="payee:N", size=width)
    starts = base.mark_circle(size=50, color="#0072B2", opacity=1).encode(y=payer)
    ends = base.mark_point(size=60, shape="triangle-up", color="#D55E00", filled=True, opacity=1).encode(y=payee)
    return alt.LayerChart(layer=[ties, starts, ends], height=alt.Step(22))


def _name(graph: Graph, node: str) -> str:
    return shortened(masked(graph.nodes[node]["kind"], graph.nodes[node]["key"]), 40)
