"""One ring: how much, why, who, when, and where the money went."""

import streamlit as st

from app.explorer.canvas import component
from app.explorer.frame import language, notices, state
from app.explorer.ring import tables, ties
from app.explorer.ring.flow import flow
from app.explorer.ring.history import history
from app.explorer.ring.hours import hours
from app.explorer.ring.score import score
from app.explorer.ring.similar import similar
from app.explorer.ring.timeline import timeline
from app.explorer.ring.why import why
from app.explorer.wording import CHANGES, day, moment, money
from app.telling import ring_in
from detectors.sentences import false_kills_text
from graph.language import Language
from graph.results import Ring, Run
from graph.store.contract import Store


def show(store: Store, run: Run, ring_id: str) -> None:
    """The page of one ring of the published run."""
    spoken = language.spoken()
    st.title("Fraud ring", anchor=False)
    ring = state.ring_of(store, run.run_id, ring_id)
    if ring is None:
        notices.unknown_ring(ring_id, run.run_id)
        return
    graph = state.graph_of(store, run, ring, run.run_id, ring_id)
    told = ring_in(ring, spoken)
    _header(run, told, spoken)
    component.show(store, run, ring, graph, why(told, spoken))
    members, tied, when, money_flow, made_of, past, alike = st.tabs(
        ["Members", "Ties", "Timeline", "Money", "Score", "History", "Similar"]
    )
    with members:
        tables.members(ring, graph, store.runs.scores([member.applicant_id for member in ring.members]))
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
        "Ring": ring.ring_id,
        "Score": f"{ring.score:.2f}",
        "Expected loss": money(ring.expected_loss),
        "Exposure": money(ring.exposure),
        "Members": f"{ring.size:,}",
        "Change": CHANGES[ring.change],
        "First seen": day(ring.first_seen) or "unknown",
        "Last seen": day(ring.last_seen) or "unknown",
    }
    with st.container(horizontal=True, gap="medium"):
        for name, value in figures.items():
            st.metric(name, value, width="content")
    harm = false_kills_text(ring, spoken)
    if harm:
        st.text(harm)
    others = [ring_id for ring_id in ring.previous if ring_id != ring.ring_id]
    came_from = f" Came from {', '.join(others)}." if others else ""
    st.text(f"By what was known on {moment(run.as_of)}. Run {run.run_id}.{came_from}")
