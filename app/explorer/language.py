"""The language in which the reasons are told, chosen on the page and kept while it is open."""

import streamlit as st

from graph.language import Language

_NAMES = {Language.EN: "English", Language.ZH: "中文"}


def chosen() -> Language:
    """The switch, and what it is set to."""
    return st.segmented_control(
        "Reasons in",
        list(Language),
        format_func=_NAMES.__getitem__,
        default=Language.EN,
        required=True,
        key="language",
        persist_state="session",
    )
