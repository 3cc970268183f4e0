"""The script that Streamlit runs for every request: it picks the page that the address asks for."""

from pathlib import Path

import streamlit as st

from app.explorer.appeals import page as appeals
from app.explorer.entity import page as entity
from app.explorer.frame import bar, notices, sample, state
from app.explorer.frame.navigation import APPEAL, PERSON, RING, Page, asked, asked_page
from app.explorer.frame.session import LoggedOutError
from app.explorer.people import page as people
from app.explorer.queue import page as queue
from app.explorer.ring import page as ring
from app.explorer.runs import page as runs
from graph.errors import AccessError, RingfenceError

_STYLE = Path(__file__).parent / "frame" / "style.css"


def main() -> None:
    """Show the page, or why it cannot be shown."""
    st.set_page_config(page_title="Ringfence", layout="wide")
    st.html(_STYLE)
    try:
        bar.show()
        _page()
    except LoggedOutError:
        notices.logged_out()
    except AccessError as error:
        notices.refused(error)
    except RingfenceError as error:
        notices.failed(error)
    except Exception as error:  # Streamlit would log the error's text, and show it
        notices.defect(error)


def _page() -> None:
    if asked_page() is Page.PEOPLE:
        people.show()
        return
    if asked(APPEAL) is not None or asked_page() is Page.APPEALS:
        appeals.show()
        return
    store = state.open_store()
    run = store.runs.current()
    ring_id, applicant_id = asked(RING), asked(PERSON)
    if run is None:
        sample.no_run(store)
    elif ring_id is not None:
        ring.show(store, run, ring_id)
    elif applicant_id is not None:
        entity.show(store, run, applicant_id)
    elif asked_page() is Page.RUNS:
        runs.show(store, run)
    else:
        queue.show(store, run)


main()
