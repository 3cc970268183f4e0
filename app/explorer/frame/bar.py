"""The bar above every page: where to go, who looks, and the language."""

import streamlit as st

from app.explorer.frame import language, session
from app.explorer.frame.language import said
from app.explorer.frame.navigation import TITLES, Page, open_page
from app.plain_text import printable
from graph.language import Saying

_WHO = Saying("{name} ({role})", "{name}（{role}）")


def show() -> None:
    """Draw the bar; a click on a page's name goes there."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for page in Page:
            if st.button(said(TITLES[page]), key=f"to {page}", type="tertiary"):
                open_page(page)
        who = session.person()
        st.text(said(_WHO, name=printable(who.name), role=who.role.value), width="stretch", text_alignment="right")
        language.choose()
