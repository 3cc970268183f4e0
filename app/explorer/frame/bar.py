"""The bar above every page: where to go, who looks, and the language."""

import streamlit as st

from app.explorer.frame import language, session
from app.explorer.frame.language import said
from app.explorer.frame.navigation import TITLES, Page, open_page
from app.explorer.frame.roles import role_name
from app.plain_text import printable
from cases.people import Role
from graph.language import Saying

_WHO = Saying("{name} ({role})", "{name}（{role}）")
_NO_LOGIN = Saying("{name} (no login: this machine only)", "{name}（无需登录：仅限本机）")
_LEAVE = Saying("Log out", "退出登录")
_FOR = {Page.PEOPLE: Role.ADMIN, Page.APPEALS: Role.REVIEWER}
"""Whom a page is for, where it is not for everybody."""


def show() -> None:
    """Draw the bar; a click on a page's name goes there."""
    who = session.person()
    with st.container(horizontal=True, vertical_alignment="center"):
        for page in Page:
            if not who.role.covers(_FOR.get(page, Role.VIEWER)):
                continue
            if st.button(said(TITLES[page]), key=f"to {page}", type="tertiary"):
                open_page(page)
        guarded = session.must_log_in()
        words = said(_WHO if guarded else _NO_LOGIN, name=printable(who.name), role=role_name(who.role))
        st.text(words, width="stretch", text_alignment="right")
        if guarded and st.button(said(_LEAVE), key="log out", type="tertiary"):
            session.log_out()
            st.rerun()
        language.choose()
