"""When a ring is at work: how often something happened in each hour of the week."""

from collections import Counter
from datetime import UTC, datetime

import altair as alt
import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from app.ring_graph import Graph
from graph.language import Saying

_TITLE = Saying("At what hours (UTC)", "活动时段（UTC）")
_ALT = Saying("How often something happened in each hour of the week", "一周各小时的活动次数")
_TIMES = Saying("Times", "次数")
_HOUR = Saying("Hour", "小时")
_COUNTED = Saying(
    "{n:One moment is|# moments are} counted: transfers, and first and last sightings.",
    "共计 {n:,} 个时间点：转账以及首次、最近出现时间。",
)
DAYS = (
    Saying("Mon", "周一"),
    Saying("Tue", "周二"),
    Saying("Wed", "周三"),
    Saying("Thu", "周四"),
    Saying("Fri", "周五"),
    Saying("Sat", "周六"),
    Saying("Sun", "周日"),
)


def hours(graph: Graph) -> None:
    """Draw the week; nothing where nothing has a time."""
    counts = counted(graph)
    if not counts:
        return
    st.subheader(said(_TITLE), anchor=False)
    names = [said(day) for day in DAYS]
    rows = pl.DataFrame(
        [{"day": names[day], "hour": hour, "times": times} for (day, hour), times in sorted(counts.items())]
    )
    scale = alt.Scale(scheme="blues", domainMin=0)
    week = (
        alt.Chart(rows)
        .mark_rect(cornerRadius=2)
        .encode(
            x=alt.X("hour:O", title=said(_HOUR), scale=alt.Scale(domain=list(range(24))), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("day:O", title=None, scale=alt.Scale(domain=names)),
            color=alt.Color("times:Q", title=said(_TIMES), scale=scale, legend=alt.Legend(format="d", tickMinStep=1)),
            tooltip=["day:O", "hour:O", "times:Q"],
        )
        .properties(height=alt.Step(20))
    )
    st.altair_chart(week, width="stretch", alt=said(_ALT))
    st.caption(said(_COUNTED, n=sum(counts.values())))


def counted(graph: Graph) -> Counter[tuple[int, int]]:
    """(Day of the week from Monday, hour): how many moments; several facts at one moment of one person are one."""
    moments = {
        (start, int(values[name]))
        for start, _, values in graph.edges(data=True)
        for name in ("ts", "first_seen", "last_seen")
        if values.get(name) is not None
    }
    times = (datetime.fromtimestamp(at, UTC) for _, at in moments)
    return Counter((at.weekday(), at.hour) for at in times)
