"""From page to page by the address, so that every ring has a link and the browser's back button works."""

import streamlit as st

RING = "ring"


def asked_ring() -> str | None:
    """The ring that the address names."""
    return st.query_params.get(RING) or None


def open_ring(ring_id: str) -> None:
    """Go to a ring's page."""
    st.query_params[RING] = ring_id
    st.rerun()


def open_queue() -> None:
    """Go to the queue."""
    st.query_params.pop(RING, None)
    st.rerun()
