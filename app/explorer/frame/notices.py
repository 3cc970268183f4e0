"""What a page says when it has nothing to show: what happened, and what to do about it."""

import logging
import traceback

import streamlit as st

from graph.errors import RingfenceError
from graph.store.contract import Store

_log = logging.getLogger(__name__)


def failed(error: RingfenceError) -> None:
    """The store or a setting is not as it should be."""
    st.error("The store cannot be read right now. Nothing was lost.")
    st.text(str(error))
    st.button("Try again", type="primary")


def defect(error: Exception) -> None:
    """A fault of the program: logged with its place, but without its text, which may hold personal data."""
    _log.error("A page failed with %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    st.error("This page could not be shown. The log of the explorer says why.")


def no_run(store: Store) -> None:
    """Nothing was published yet."""
    st.info("No rings yet: no detection run has been published in this store.")
    st.text(f"Store: {store.address}")
    st.markdown("Load a folder with a lender's tables and look for rings:")
    st.code("ringfence nightly FOLDER", language=None)
    st.markdown("No data at hand? `ringfence world FOLDER` writes a sample lender.")
    st.button("Look again", type="primary")


def unknown_ring(ring_id: str, run_id: str) -> None:
    """A link to a ring that the published run does not have."""
    st.warning(
        "There is no such ring in the current run. It may have merged into another one, or the link is cut short."
    )
    st.text(f"Ring: {ring_id[:100]}\nRun: {run_id}")
