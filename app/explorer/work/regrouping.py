"""To say that two rings are one, or that some members are a ring of their own; and to take that back."""

import streamlit as st

from app.case_report.telling import minute
from app.case_report.words import HOWS
from app.explorer.frame import navigation, session
from app.explorer.frame.language import said
from app.explorer.work.desk import Work
from app.explorer.work.words import MEMBERS, REASON
from app.plain_text import printable, shortened
from cases.model import How, Regrouping
from cases.people import Role
from graph.language import Saying

_ABOUT = Saying(
    "What you say here holds for every later detection, until somebody takes it back. Scores and reasons stay those of "
    "the detection.",
    "此处的操作对之后的每次检测都有效，直至被撤回。评分与理由仍以检测结果为准。",
)
_INTO = Saying("Ring with which this one is one (its id)", "并入的团伙编号")
_MERGE = Saying("Merge this ring into that one", "将本团伙并入")
_MERGED = Saying("The rings are one: the case of the other one goes on.", "已合并，后续在对方案件中处理。")
_SPLIT = Saying("Make these members a ring of their own", "将所选成员拆分为新团伙")
_SPLIT_DONE = Saying("The members have a ring and a case of their own.", "已拆分，所选成员已单独立案。")
_WAS_MERGED = Saying(
    "{ring} was merged into {target} by {author}, {at} UTC: {why}",
    "{ring} 并入 {target}，操作人{author}，{at}（UTC）：{why}",
)
_WAS_SPLIT = Saying(
    "{count:# member|# members} of {ring} became {target} by {author}, {at} UTC: {why}",
    "{ring} 的 {count} 名成员拆分为 {target}，操作人{author}，{at}（UTC）：{why}",
)
_UNDO = Saying("Take back", "撤回")
_UNDONE = Saying("It is taken back.", "已撤回。")
_TAKEN_BACK = Saying("taken back by {name}: {why}", "已由{name}撤回：{why}")
_OPEN = Saying("Open the other ring", "打开对方团伙")
_CAME = Saying("Members came from {ring} ({how}, {at} UTC)", "成员来自 {ring}（{how}，{at} UTC）")
_TEXT = 2_000


def show(work: Work) -> None:
    """The two forms, and what was said so far."""
    if session.may(Role.ANALYST) and work.case.lives:
        st.caption(said(_ABOUT))
        left, right = st.columns(2, gap="large")
        with left:
            st.text_input(said(_INTO), max_chars=512, key=work.key("merge into"))
            st.text_input(said(REASON), max_chars=_TEXT, key=work.key("why merge"))
            st.button(said(_MERGE), key=work.key("merge"), on_click=_merge, args=(work,))
        with right:
            st.multiselect(
                said(MEMBERS), work.members, key=work.key("split off"), format_func=lambda who: shortened(who, 40)
            )
            st.text_input(said(REASON), max_chars=_TEXT, key=work.key("why split"))
            st.button(said(_SPLIT), key=work.key("split"), on_click=_split, args=(work,))
    for each in reversed(work.book.regroupings.of(work.case.ring_id)):
        _regrouping(work, each)
    for step in work.book.cases.lineage(work.case.ring_id):
        st.text(said(_CAME, ring=step.source, how=said(HOWS[How(step.how)]), at=minute(step.at)))


def _merge(work: Work) -> None:
    ring_id, seen = work.case.ring_id, work.case.version
    into = str(st.session_state.get(work.key("merge into"), "")).strip()
    why = str(st.session_state.get(work.key("why merge"), ""))
    work.act(_MERGED, lambda me: work.book.regroupings.merge(ring_id, into, why, author=me, seen=seen))


def _split(work: Work) -> None:
    ring_id, seen = work.case.ring_id, work.case.version
    members = tuple(st.session_state.get(work.key("split off"), ()))
    why = str(st.session_state.get(work.key("why split"), ""))
    if work.act(_SPLIT_DONE, lambda me: work.book.regroupings.split(ring_id, members, why, author=me, seen=seen)):
        st.session_state[work.key("split off")] = []


def _regrouping(work: Work, each: Regrouping) -> None:
    with st.container(border=True):
        values = {"ring": each.ring_id, "target": each.target, "count": len(each.members)}
        signed = {"author": printable(each.author), "at": minute(each.at), "why": shortened(each.reason, _TEXT)}
        st.text(said(_WAS_MERGED if each.how is How.MERGED else _WAS_SPLIT, **values, **signed))
        if each.undone_by is not None:
            st.text(said(_TAKEN_BACK, name=printable(each.undone_by), why=shortened(each.undone_why or "", _TEXT)))
            return
        with st.container(horizontal=True):
            other = each.target if each.ring_id == work.case.ring_id else each.ring_id
            if st.button(said(_OPEN), key=f"open regrouped {each.id}"):
                navigation.open_ring(other)
            if session.may(Role.ANALYST):
                with st.popover(said(_UNDO)):
                    st.text_input(said(REASON), max_chars=_TEXT, key=f"why regroup {each.id}")
                    st.button(said(_UNDO), key=f"regroup {each.id}", on_click=_undo, args=(work, each.id))


def _undo(work: Work, number: int) -> None:
    why = str(st.session_state.get(f"why regroup {number}", ""))
    work.act(_UNDONE, lambda me: work.book.regroupings.undo(number, why, author=me))
