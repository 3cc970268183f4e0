"""One value unmasked, for a purpose that is written down before the value is shown."""

from collections.abc import Sequence

import streamlit as st

from app.explorer.frame import session, state
from app.explorer.frame.language import said
from app.explorer.wording import name_of
from app.plain_text import shortened
from cases.people import Role
from graph.errors import RingfenceError
from graph.language import Saying
from graph.ontology import RELATIONSHIP_KINDS
from graph.ontology.nodes import APPLICANT
from graph.results import Ring
from graph.store.contract import Store

_OPEN = Saying("Show a value unmasked", "查看明文")
_TITLE = Saying("Show one value unmasked", "查看一项明文")
_WHOSE = Saying("Member", "成员")
_WHICH = Saying("Value", "数据项")
_PURPOSE = Saying("Purpose (is kept in the access log)", "用途（将记入访问日志）")
_WHAT_FOR = Saying("The purpose is empty: say what for.", "请填写用途。")
_SHOW = Saying("Show", "查看")
_NONE = Saying("Nothing of this kind is known.", "没有此项数据。")
_MANY = Saying("The {n} latest are shown.", "仅显示最近的 {n} 项。")
_UNTIL = Saying("Shown until this window is closed.", "关闭此窗口后不再显示。")
_NAME = "name"
_LONGEST = 500
_MOST = 20
"""So many values of a kind are shown at once."""


def logged(action: str, what: str, purpose: str) -> None:
    """Write down that whoever looks sees or takes out personal data, before he does.

    `action`: "unmask" or "export". `what` names whose and which, never the value. `AccessError` for who may not (it
    takes a reviewer), `UsageError` without a purpose.
    """
    who = session.acting(Role.REVIEWER)
    state.casebook().access.record(action, what, purpose=purpose, author=who.name)


def unmask_button(store: Store, ring: Ring) -> None:
    """A button that opens the dialog about the members of this ring, for who may."""
    if session.may(Role.REVIEWER) and st.button(said(_OPEN), key="unmask", type="tertiary"):
        st.dialog(said(_TITLE))(_dialog)(store, sorted(member.applicant_id for member in ring.members))


def _dialog(store: Store, members: Sequence[str]) -> None:
    kinds = {_NAME: _NAME} | {
        kind.end.label: kind.type for kind in RELATIONSHIP_KINDS if kind.start is APPLICANT and kind.end.identifier
    }
    with st.form("unmasking", border=False):
        whose = st.selectbox(said(_WHOSE), members)
        which = st.selectbox(said(_WHICH), list(kinds), format_func=name_of)
        purpose = st.text_input(said(_PURPOSE), max_chars=500)
        wanted = st.form_submit_button(said(_SHOW), type="primary")
    if wanted and not purpose.strip():
        st.text(said(_WHAT_FOR))
    elif wanted:
        try:
            logged("unmask", f"Applicant {whose}: {which}", purpose)
        except RingfenceError as error:
            st.text(str(error))
            return
        _values(values_of(store, whose, which))


def _values(values: Sequence[str]) -> None:
    if not values:
        st.text(said(_NONE))
        return
    for value in values[:_MOST]:
        st.text(shortened(value, _LONGEST))
    if len(values) > _MOST:
        st.caption(said(_MANY, n=_MOST))
    st.caption(said(_UNTIL))


def values_of(store: Store, applicant_id: str, which: str) -> list[str]:
    """The applicant's name, or the keys of his identifiers of this kind (a node label), the most recent first."""
    around = store.graph.neighbourhood(APPLICANT, applicant_id, per_type=_MOST + 1)
    if around is None:
        return []
    if which == _NAME:
        return [str(around.centre.properties[_NAME])] if _NAME in around.centre.properties else []
    return [node.key for node in around.nodes if node.kind == which]
