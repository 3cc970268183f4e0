"""The queue as it was asked for: one page of it, and the ring that comes after another."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from app.explorer.frame import session, state
from cases.model import Case
from cases.queueing import CaseFilter
from graph.results import LIVING, Change, RingSummary, Run
from graph.store.contract import RingFilter, RingOrder, Store

PAGE = 50
MINE = "mine"
NOBODY = "nobody"
EVERY_RING = RingFilter(change=LIVING)
EVERY_CASE = CaseFilter()
_LAST_ASKED = "queue"


@dataclass(frozen=True, slots=True)
class Query:
    """Which rings are asked for, in which order. `owner`: "" (anybody), `MINE`, `NOBODY`, or a name after "="."""

    where: RingFilter = EVERY_RING
    cases: CaseFilter = EVERY_CASE
    order: RingOrder = RingOrder.EXPECTED_LOSS

    @property
    def narrowed(self) -> bool:
        """Does anything restrict the queue?"""
        return (self.where, self.cases) != (EVERY_RING, EVERY_CASE)


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of the queue: its rings with their cases, the first one's place, and how many there are in all."""

    rings: tuple[RingSummary, ...]
    cases: Mapping[str, Case]
    offset: int
    found: int


def read(store: Store, run: Run, query: Query, offset: int) -> Lines:
    """A page from the store, narrowed by what the casebook says."""
    where = asked(query)
    found = store.runs.count_rings(where, run_id=run.run_id)
    rings = tuple(store.runs.rings(where, order=query.order, offset=offset, limit=PAGE, run_id=run.run_id))
    cases = state.casebook().queueing.cases(tuple(ring.ring_id for ring in rings))
    st.session_state[_LAST_ASKED] = query, offset
    return Lines(rings, cases, offset, found)


def asked(query: Query) -> RingFilter:
    """The question to the store: what is asked of cases is there as ids."""
    chosen = state.casebook().queueing.select(query.cases, gone=Change.GONE in query.where.change)
    only, rings = chosen.only, query.where.rings
    if only is not None and rings is not None:
        only = tuple(set(only) & set(rings))
    return replace(query.where, rings=rings if only is None else only, without=chosen.without)


def ring_after(store: Store, run: Run, ring_id: str | None) -> str | None:
    """The ring that follows in the queue that was last asked for (the first one after None, or a ring not in it)."""
    query, offset = st.session_state.get(_LAST_ASKED, (Query(), 0))
    where, order = asked(query), query.order
    ids = [
        ring.ring_id for ring in store.runs.rings(where, order=order, offset=offset, limit=PAGE + 1, run_id=run.run_id)
    ]
    if ring_id not in ids:
        return next(iter(ids), None)
    if ids.index(ring_id) + 1 >= PAGE:
        st.session_state[_LAST_ASKED] = query, offset + PAGE
    return next(iter(ids[ids.index(ring_id) + 1 :]), None)


def owner_filter(choice: str) -> str | None:
    """What `CaseFilter.owner` is for a choice of the page."""
    if choice == MINE:
        return session.person().name
    return "" if choice == NOBODY else choice.removeprefix("=") or None
