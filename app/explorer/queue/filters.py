"""Search, filters and order of the queue."""

from dataclasses import dataclass

import streamlit as st

from app.explorer.frame import state
from app.explorer.search import USERS, Hit, find
from app.explorer.wording import CHANGES, masked, name_of
from detectors.reasons import CODES
from graph.results import LIVING
from graph.store.contract import RingFilter, RingOrder, Store

_ORDERS = {
    RingOrder.EXPECTED_LOSS: "Expected loss",
    RingOrder.SCORE: "Score",
    RingOrder.SIZE: "Members",
    RingOrder.EXPOSURE: "Exposure",
    RingOrder.LAST_SEEN: "Last seen",
}


@dataclass(frozen=True, slots=True)
class Query:
    """Which rings are asked for, in which order."""

    where: RingFilter
    order: RingOrder

    @property
    def narrowed(self) -> bool:
        """Does anything restrict the queue?"""
        return self.where != RingFilter(change=LIVING)


def filters(store: Store) -> Query:
    """The controls above the table, which keep their values while a ring is looked at, and what they ask for."""
    applicants = _search(store)
    change, kind, score, size, order = st.columns([2, 2, 2, 1, 2])
    where = RingFilter(
        change=tuple(
            change.multiselect(
                "Change",
                list(CHANGES),
                format_func=CHANGES.__getitem__,
                key="change",
                placeholder="All but gone",
                persist_state="session",
            )
        )
        or LIVING,
        kind=tuple(kind.multiselect("Joined by", CODES, format_func=name_of, key="kind", persist_state="session")),
        min_score=score.slider("Score from", 0.0, 1.0, step=0.05, key="min_score", persist_state="session"),
        min_size=size.number_input("Members from", min_value=0, step=1, key="min_size", persist_state="session"),
        applicants=applicants,
    )
    return Query(
        where,
        order.selectbox(
            "Order by", list(_ORDERS), format_func=_ORDERS.__getitem__, key="order", persist_state="session"
        ),
    )


def _search(store: Store) -> tuple[str, ...] | None:
    """The applicants that the search names, None where nothing is searched for."""
    text = st.text_input(
        "Search",
        placeholder="Ring, applicant, application, phone, device, WiFi, IP, card, address, employer, national id token",
        max_chars=500,
        key="search",
        persist_state="session",
    ).strip()
    if not text:
        return None
    hits = find(store, text, state.settings().region)
    for line in _found(hits):
        st.text(line)
    return tuple(sorted({applicant for hit in hits for applicant in hit.applicants}))


def _found(hits: list[Hit]) -> list[str]:
    """What was found in words; placeholders are worth a line only where nothing else is."""
    known = [hit for hit in hits if not hit.placeholder]
    if known:
        return [_words(hit) for hit in known]
    if hits:
        kinds = ", ".join(name_of(hit.label) for hit in hits)
        return [f"As {kinds}, this is a placeholder that stands for nobody: no ring rests on it."]
    return ["Nothing in the graph is called that. Check for a missing digit, or search by another identifier."]


def _words(hit: Hit) -> str:
    count = len(hit.applicants)
    name = f"{name_of(hit.label)} {masked(hit.label, hit.key)}"
    if count == USERS:
        return f"{name}: {USERS:,} applicants or more, the latest {USERS:,} are looked at."
    return f"{name}: {count:,} applicant{'' if count == 1 else 's'}."
