"""What the pages share: the open store, and what was read from it for a run (a published run never changes)."""

import streamlit as st

from app.ring_graph import Graph, read_ring
from app.settings import Settings
from app.wiring import casebook_of, decision_log_of, has_decision_log, store_of
from cases.casebook import Casebook
from decisions.log.log import DecisionLog
from graph.results import Ring, Run
from graph.store.contract import Store


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings of this server."""
    return Settings()


@st.cache_resource(show_spinner=False)
def open_store() -> Store:
    """The store, opened once for all sessions."""
    return store_of(settings())


@st.cache_resource(show_spinner=False, max_entries=200)
def ring_of(_store: Store, run_id: str, ring_id: str) -> Ring | None:
    """One ring of a run, or None."""
    return _store.runs.ring(ring_id, run_id=run_id)


@st.cache_resource(show_spinner=False, max_entries=50)
def graph_of(_store: Store, _run: Run, _ring: Ring, run_id: str, ring_id: str) -> Graph:  # noqa: ARG001 (the ids are the key)
    """The graph of a ring as of its run. Shared between sessions: not to be changed."""
    return read_ring(_store, _ring, as_of=int(_run.as_of.timestamp()))


@st.cache_resource(show_spinner=False)
def casebook() -> Casebook:
    """The casebook, opened once for all sessions."""
    return casebook_of(settings())


@st.cache_resource(show_spinner=False)
def decision_log() -> DecisionLog:
    """The decision log, opened once for all sessions."""
    return decision_log_of(settings())


def has_decisions() -> bool:
    """Is there a decision log to look into? Looking at a page makes none."""
    return has_decision_log(settings())


@st.cache_data(show_spinner=False, ttl=60)
def decisions_by_rule(_log: DecisionLog, log_id: str) -> dict[str, int]:  # noqa: ARG001 (the id is the key)
    """In how many decisions each rule had hit, a minute ago at most: a large log takes a while to count."""
    return _log.by_rule()
