"""Views of the queue that somebody keeps: the state of its filters under a name."""

from typing import Any

import streamlit as st

from app.explorer.frame import notices, session, state
from app.explorer.frame.language import said
from app.explorer.queue.filters import ORDERS
from app.explorer.work.acting import act, tell
from app.plain_text import shortened
from cases.model import State
from cases.people import Role
from detectors.reasons import CODES
from graph.errors import RingfenceError
from graph.language import Saying
from graph.results import Change

_VIEW = Saying("View", "视图")
_CHOOSE = Saying("Choose a view of yours", "选择已保存的视图")
_KEEP = Saying("Keep this view", "保存当前视图")
_NAME = Saying("Name of the view", "视图名称")
_SAVE = Saying("Keep", "保存")
_FORGET = Saying("Forget the chosen view", "删除所选视图")
_KEPT = Saying("The view is kept.", "视图已保存。")
_FORGOTTEN = Saying("The view is forgotten.", "视图已删除。")
_VIEWS = "views"

_EMPTY: dict[str, Any] = {
    "state": [], "owner": "", "overdue": False, "change": [], "kind": [], "min_score": 0.0, "min_size": 0,
    "order": next(iter(ORDERS)).value,
}  # fmt: skip
_CHOICES: dict[str, set[Any]] = {"state": set(State), "change": {each.value for each in Change}, "kind": set(CODES)}


def show() -> None:
    """Choose a view, keep the filters as one, or forget one."""
    kept = state.casebook().views.of(session.person().name)
    tell(_VIEWS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if kept:
            st.selectbox(
                said(_VIEW), list(kept), index=None, placeholder=said(_CHOOSE), key="view", width="stretch",
                format_func=lambda name: shortened(name, 80), on_change=_apply,
            )  # fmt: skip
        with st.popover(said(_KEEP)):
            st.text_input(said(_NAME), max_chars=80, key="view name")
            st.button(said(_SAVE), key="keep view", on_click=_keep, type="primary")
            if kept:
                st.button(said(_FORGET), key="forget view", on_click=_forget)


def _apply() -> None:
    """Set the filters to what the chosen view says, as far as it is still known."""
    name = str(st.session_state.get("view") or "")
    try:
        kept = state.casebook().views.of(session.person().name)
    except RingfenceError as error:
        notices.failed(error)
        return
    view = _EMPTY | dict(kept.get(name, {}))
    for key, known in _CHOICES.items():
        view[key] = [each for each in view[key] if each in known]
    for key in _EMPTY:
        st.session_state[key] = view[key]


def _keep() -> None:
    view = {key: st.session_state.get(key, empty) for key, empty in _EMPTY.items()}
    name = str(st.session_state.get("view name", ""))
    act(Role.VIEWER, _VIEWS, _KEPT, lambda who: state.casebook().views.keep(who, name, view))


def _forget() -> None:
    name = st.session_state.get("view")
    if name is not None:
        act(Role.VIEWER, _VIEWS, _FORGOTTEN, lambda who: state.casebook().views.forget(who, name))
        st.session_state["view"] = None
