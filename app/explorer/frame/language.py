"""The language of the pages, chosen on each of them and kept while they are open."""

from typing import Any

import streamlit as st

from graph.language import Language, Saying

_NAMES = {Language.EN: "English", Language.ZH: "中文"}
_CHOICE = Saying("Language", "语言")


def choose() -> None:
    """The switch."""
    st.segmented_control(
        _CHOICE.say(spoken()),
        list(Language),
        format_func=_NAMES.__getitem__,
        default=Language.EN,
        required=True,
        key="language",
        persist_state="session",
        label_visibility="collapsed",
    )


def spoken() -> Language:
    """What the switch is set to."""
    return Language(st.session_state.get("language", Language.EN))


def said(saying: Saying, **values: Any) -> str:  # noqa: ANN401 (anything with a text)
    """The sentence in the language of the page."""
    return saying.say(spoken(), **values)
