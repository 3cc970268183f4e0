"""The script that Streamlit runs for every request: it picks the page that the address asks for."""

import streamlit as st

from app.explorer import navigation, notices, queue_page, ring_page, state
from graph.errors import RingfenceError


def main() -> None:
    """Show the page, or why it cannot be shown."""
    st.set_page_config(page_title="Ringfence", layout="wide")
    try:
        store = state.open_store()
        run = store.runs.current()
        ring_id = navigation.asked_ring()
        if run is None:
            notices.no_run(store)
        elif ring_id is None:
            queue_page.show(store, run)
        else:
            ring_page.show(store, run, ring_id)
    except RingfenceError as error:
        notices.failed(error)
    except Exception as error:  # Streamlit would log the error's text, and show it
        notices.defect(error)


main()
