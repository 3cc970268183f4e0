"""Search, filters and order of the queue."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.case_report.words import STATES
from app.explorer.changes import change_name
from app.explorer.frame import state
from app.explorer.frame.language import said
from app.explorer.queue.order import MINE, NOBODY, Query, owner_filter
from app.explorer.queue.searching import search
from app.explorer.wording import name_of
from app.explorer.work.words import told
from app.plain_text import shortened
from cases.model import State
from cases.queueing import CaseFilter
from detectors.reasons import CODES
from graph.language import Saying
from graph.results import LIVING, Change
from graph.store.contract import RingFilter, RingOrder, Store

ORDERS = {
    RingOrder.EXPECTED_LOSS: Saying("Expected loss", "预期损失"),
    RingOrder.SCORE: Saying("Score", "评分"),
    RingOrder.SIZE: Saying("Members", "成员数"),
    RingOrder.EXPOSURE: Saying("At stake", "涉及金额"),
    RingOrder.LAST_SEEN: Saying("Last seen", "最近出现"),
}
_STATE = Saying("State", "状态")
_ANY_STATE = Saying("Any state", "全部状态")
_OWNER = Saying("Owner", "负责人")
_OWNERS = {"": Saying("Anybody", "不限"), MINE: Saying("Mine", "我的"), NOBODY: Saying("Nobody's", "无人负责")}
_OVERDUE = Saying("Overdue only", "仅看超时")
_CHANGE = Saying("Change", "变化")
_ALL_BUT_GONE = Saying("All but gone", "除已消失外全部")
_KIND = Saying("Joined by", "主要关联")
_ANY_KIND = Saying("Anything", "不限")
_SCORE = Saying("Score from", "评分不低于")
_SIZE = Saying("Members from", "成员数不少于")
_ORDER = Saying("Order by", "排序")


def filters(store: Store, box: DeltaGenerator) -> Query:
    """The controls above the table, which keep their values while a ring is looked at, and what they ask for.

    The search stands in `box`.
    """
    with box:
        found = search(store)
    state_, owner, change, kind, order = st.columns(5)
    score, size, overdue, _ = st.columns([2, 2, 2, 4], vertical_alignment="bottom")
    kept: dict[str, Any] = {"persist_state": "session"}
    states = state_.multiselect(
        said(_STATE), list(State), format_func=told(STATES), key="state", placeholder=said(_ANY_STATE), **kept
    )
    whose = owner.selectbox(said(_OWNER), owners(), format_func=_owner_names(), key="owner", **kept)
    changes = change.multiselect(
        said(_CHANGE), [each.value for each in Change],
        format_func=lambda name: change_name(Change(name)), key="change",
        placeholder=said(_ALL_BUT_GONE), **kept,
    )  # fmt: skip
    kinds = kind.multiselect(said(_KIND), CODES, format_func=name_of, key="kind", placeholder=said(_ANY_KIND), **kept)
    ordered = order.selectbox(said(_ORDER), list(ORDERS), format_func=told(ORDERS), key="order", **kept)
    where = RingFilter(
        change=tuple(changes) or LIVING,
        kind=tuple(kinds),
        min_score=score.slider(said(_SCORE), 0.0, 1.0, step=0.05, key="min_score", **kept),
        min_size=size.number_input(said(_SIZE), min_value=0, step=1, key="min_size", **kept),
        applicants=found.applicants,
        rings=found.rings,
    )
    late = overdue.toggle(said(_OVERDUE), key="overdue", **kept)
    return Query(where, CaseFilter(tuple(states), owner_filter(whose), late), ordered)


def owners() -> list[str]:
    """What the owner can be asked to be; what stands in the page's state stays there, whoever owns what by now."""
    chosen = st.session_state.get("owner", "")
    names = {f"={name}" for name in state.casebook().queueing.owners()}
    return [*_OWNERS, *sorted({*names, *({chosen} - set(_OWNERS))})]


def _owner_names() -> Callable[[str], str]:
    words = {choice: said(saying) for choice, saying in _OWNERS.items()}
    return lambda choice: words.get(choice) or shortened(choice.removeprefix("="), 40)
