"""One ring: how much, why, who, when, and where the money went."""

import streamlit as st

from app.explorer.canvas import component
from app.explorer.changes import change_name
from app.explorer.frame import language, notices, state
from app.explorer.frame.language import said
from app.explorer.frame.unmasking import unmask_button
from app.explorer.ring import tables, ties
from app.explorer.ring.flow import flow
from app.explorer.ring.history import history
from app.explorer.ring.hours import hours
from app.explorer.ring.score import score
from app.explorer.ring.similar import similar
from app.explorer.ring.timeline import timeline
from app.explorer.ring.why import why
from app.explorer.wording import day, moment, money
from app.explorer.work import by_hand, panel
from app.telling import ring_in
from detectors.sentences import false_kills_text
from graph.language import Language, Saying
from graph.results import Ring, Run
from graph.store.contract import Store

_TITLE = Saying("Fraud ring", "欺诈团伙")
_TABS = (
    Saying("Members", "成员"),
    Saying("Ties", "关联路径"),
    Saying("Timeline", "时间线"),
    Saying("Money", "资金"),
    Saying("Score", "评分"),
    Saying("History", "历史"),
    Saying("Similar", "相似团伙"),
)
_RING = Saying("Ring", "团伙")
_SCORE = Saying("Score", "评分")
_LOSS = Saying("Expected loss", "预期损失")
_EXPOSURE = Saying("Exposure", "风险敞口")
_MEMBERS = Saying("Members", "成员数")
_CHANGE = Saying("Change", "变化")
_FIRST = Saying("First seen", "首次出现")
_LAST = Saying("Last seen", "最近出现")
_UNKNOWN = Saying("unknown", "未知")
_CAME_FROM = Saying("Came from {rings}.", "来自 {rings}。")
_KNOWN = Saying("By what was known on {at}. Run {run}.", "数据截至 {at}。运行 {run}。")


def show(store: Store, run: Run, ring_id: str) -> None:
    """The page of one ring of the published run."""
    spoken = language.spoken()
    st.title(said(_TITLE), anchor=False)
    ring = state.ring_of(store, run.run_id, ring_id)
    if ring is None:
        if not by_hand.show(store, run, ring_id):
            notices.unknown_ring(ring_id, run.run_id)
        return
    graph = state.graph_of(store, run, ring, run.run_id, ring_id)
    told = ring_in(ring, spoken)
    _header(run, told, spoken)
    work = panel.show_bar(store, run, ring)
    component.show(store, run, ring, graph, why(told, spoken))
    if work:
        panel.show(work)
    members, tied, when, money_flow, made_of, past, alike = st.tabs([said(name) for name in _TABS])
    with members:
        tables.members(ring, graph, store.runs.scores([member.applicant_id for member in ring.members]))
        unmask_button(store, ring)
    with tied:
        ties.ties(told, spoken)
    with when:
        timeline(ring, graph)
        hours(graph)
    with money_flow:
        flow(graph)
        tables.money_flow(graph)
    with made_of:
        score(told)
    with past:
        history(store, run, ring)
    with alike:
        similar(store, run, ring)


def _header(run: Run, ring: Ring, spoken: Language) -> None:
    st.text(ring.headline)
    figures = {
        _RING: ring.ring_id,
        _SCORE: f"{ring.score:.2f}",
        _LOSS: money(ring.expected_loss),
        _EXPOSURE: money(ring.exposure),
        _MEMBERS: f"{ring.size:,}",
        _CHANGE: change_name(ring.change),
        _FIRST: day(ring.first_seen) or said(_UNKNOWN),
        _LAST: day(ring.last_seen) or said(_UNKNOWN),
    }
    with st.container(horizontal=True, gap="medium"):
        for name, value in figures.items():
            st.metric(said(name), value, width="content")
    harm = false_kills_text(ring, spoken)
    if harm:
        st.text(harm)
    others = [ring_id for ring_id in ring.previous if ring_id != ring.ring_id]
    came_from = said(_CAME_FROM, rings=", ".join(others)) if others else ""
    st.text(spoken.text(said(_KNOWN, at=moment(run.as_of), run=run.run_id), came_from))
