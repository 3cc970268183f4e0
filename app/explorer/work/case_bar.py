"""Who has a case, how far it is, who holds it; to take it, give it back, hold it, and go on to the next ring."""

from typing import Literal

import streamlit as st

from app.case_report.telling import minute
from app.case_report.words import STATES
from app.explorer.frame import navigation, session
from app.explorer.frame.language import said
from app.explorer.queue.order import ring_after
from app.explorer.work.acting import tell
from app.explorer.work.desk import Work
from app.explorer.work.words import age
from app.plain_text import shortened
from cases.desk import now
from cases.model import How, State
from cases.people import Role
from graph.language import Saying

_STATE = Saying("Case: {state}", "案件：{state}")
_NOBODY = Saying("Nobody has it.", "无人负责。")
_OWNER = Saying("Owner: {name}.", "负责人：{name}。")
_HELD = Saying("Held by {name} until {until} UTC.", "由{name}锁定至 {until}（UTC）。")
_YOURS = Saying(
    "You hold it until {until} UTC: nobody else can change it.", "由您锁定至 {until}（UTC），他人不能修改。"
)
_TAKE = Saying("Take", "领取")
_BACK = Saying("Give back", "退回")
_HOLD = Saying("Hold for me", "锁定")
_LONGER = Saying("Hold longer", "延长锁定")
_RELEASE = Saying("Release", "解除锁定")
_ASSIGN = Saying("Assign", "分派")
_WHO = Saying("To whom", "分派给")
_NEXT = Saying("Next ring", "下一个团伙")
_END = Saying("This is the last ring of the queue as you asked for it.", "已是当前队列的最后一个团伙。")
_TAKEN = Saying("The case is yours.", "案件已由您领取。")
_GIVEN = Saying("The case is given back.", "案件已退回。")
_ASSIGNED = Saying("The case is assigned.", "案件已分派。")
_HOLDING = Saying("You hold the case for half an hour.", "案件已为您锁定半小时。")
_RELEASED = Saying("The case is released.", "案件已解除锁定。")
_WENT = Saying(
    "By hand, this ring is one with {ring}: work goes on there.", "该团伙已人工并入 {ring}，请在该案件中继续处理。"
)
_THERE = Saying("Open that ring", "打开该团伙")
_NAME = 40
BAR = " bar"
"""Where what was done here is told."""


def case_bar(work: Work) -> None:
    """One line of what is, one of what can be done."""
    case = work.case
    tell(f"{case.ring_id}{BAR}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(said(_STATE, state=said(STATES[case.state])), color=_colour(case.state))
        limit = age(case, now())
        if limit:
            st.badge(limit, color="red" if case.overdue else "gray")
        st.text(_who(work), width="stretch")
        if st.button(said(_NEXT), shortcut="n", key="next ring"):
            _go_on(work)
    _merged_away(work)
    if session.may(Role.ANALYST):
        _actions(work)


def _colour(state: State) -> Literal["orange", "blue", "green"]:
    match state:
        case State.OPEN:
            return "orange"
        case State.IN_REVIEW:
            return "blue"
        case State.DECIDED:
            return "green"


def _who(work: Work) -> str:
    case = work.case
    owner = said(_OWNER, name=shortened(case.owner, _NAME)) if case.owner else said(_NOBODY)
    if case.locked_by is None or case.locked_until is None:
        return owner
    until = minute(case.locked_until)
    if case.locked_by == session.person().name:
        return f"{owner} {said(_YOURS, until=until)}"
    return f"{owner} {said(_HELD, name=shortened(case.locked_by, _NAME), until=until)}"


def _actions(work: Work) -> None:
    case, me = work.case, session.person().name
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if case.owner != me:
            st.button(said(_TAKE), key=work.key("take"), type="primary", on_click=_assign, args=(work, _TAKEN, True))
        if case.owner:
            st.button(said(_BACK), key=work.key("give back"), on_click=_assign, args=(work, _GIVEN, False))
        mine = case.locked_by == me
        st.button(said(_LONGER if mine else _HOLD), key=work.key("hold"), on_click=_hold, args=(work,))
        if mine:
            st.button(said(_RELEASE), key=work.key("release"), on_click=_release, args=(work,))
        with st.popover(said(_ASSIGN)):
            st.text_input(said(_WHO), max_chars=200, key=work.key("assign to"))
            st.button(said(_ASSIGN), key=work.key("assign"), on_click=_assign_to, args=(work,))


def _assign(work: Work, done: Saying, to_me: bool) -> None:
    ring_id, seen = work.case.ring_id, work.case.version
    work.act(done, lambda me: work.book.cases.assign(ring_id, me if to_me else None, author=me, seen=seen), place=BAR)


def _assign_to(work: Work) -> None:
    ring_id, seen = work.case.ring_id, work.case.version
    name = str(st.session_state.get(work.key("assign to"), ""))
    work.act(_ASSIGNED, lambda me: work.book.cases.assign(ring_id, name, author=me, seen=seen), place=BAR)


def _hold(work: Work) -> None:
    work.act(_HOLDING, lambda me: work.book.locks.take(work.case.ring_id, me), place=BAR)


def _release(work: Work) -> None:
    work.act(_RELEASED, lambda me: work.book.locks.release(work.case.ring_id, me), place=BAR)


def _merged_away(work: Work) -> None:
    """Where the ring goes on, if people have said that it is one with another."""
    said_of_it = work.book.regroupings.of(work.case.ring_id)
    into = [one.target for one in said_of_it if one.undone_at is None and one.how is How.MERGED]
    for ring_id in into:
        if ring_id != work.case.ring_id:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(said(_WENT, ring=ring_id))
                if st.button(said(_THERE), key=work.key("merged into")):
                    navigation.open_ring(ring_id)


def _go_on(work: Work) -> None:
    following = ring_after(work.store, work.run, work.case.ring_id)
    if following is None:
        st.toast(said(_END))
    else:
        navigation.open_ring(following)
