"""Working on several rings of the queue at once, by their ids."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from app.case_report.words import VERDICTS
from app.explorer.frame import notices, session, state
from app.explorer.frame.language import said
from app.explorer.work.acting import reason_of, tell_next
from app.explorer.work.words import REASON, told
from app.plain_text import printable, shortened
from cases.model import Verdict
from cases.people import Role
from graph.errors import RingfenceError
from graph.language import Saying

QUEUE = "queue"
"""Where what was done is told."""

Chosen = Sequence[tuple[str, int | None]]
"""Ring ids with the versions of their cases that were looked at."""

_TAKE, _ASSIGN, _GIVE_BACK = "take", "assign", "give back"
_ACTIONS = {
    _TAKE: Saying("Take", "领取"),
    _ASSIGN: Saying("Assign to", "分派给"),
    _GIVE_BACK: Saying("Give back", "退回"),
    Verdict.WATCH.value: VERDICTS[Verdict.WATCH],
    Verdict.NOT_FRAUD.value: VERDICTS[Verdict.NOT_FRAUD],
    Verdict.HOUSEHOLD.value: VERDICTS[Verdict.HOUSEHOLD],
}
_CHOSEN = Saying("{count:# ring|# rings} chosen: {ids}", "已选 {count} 个团伙：{ids}")
_WHAT = Saying("What to do", "操作")
_WHO = Saying("Name", "姓名")
_DO = Saying("Do it for all chosen", "对所选团伙执行")
_DONE = Saying("Done for {count:# ring|# rings}.", "已对 {count} 个团伙执行。")
_NOT = Saying("{ring}: not done. {why}", "{ring}：未执行。{why}")
_NO_REASON = Saying("Nothing was done: give a reason.", "未执行：请填写理由。")
_NO_NAME = Saying("Nothing was done: say to whom.", "未执行：请填写负责人。")
_NONE = Saying("Tick rings to work on several at once.", "勾选团伙后可批量处理。")
_LISTED = 5
_BARE: dict[str, Any] = {"label_visibility": "collapsed"}
"""A bar has no room for labels; screen readers have them."""


def turn() -> int:
    """Grows with everything that was done to several: so the ticks are gone afterwards."""
    return int(st.session_state.get("bulk turn", 0))


def show(chosen: Chosen) -> None:
    """The bar for those who may work on cases. It is always there: lines that jump would be ticked wrongly."""
    if not session.may(Role.ANALYST):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        what = st.selectbox(
            said(_WHAT), list(_ACTIONS), format_func=told(_ACTIONS), key="bulk what", width=180, **_BARE
        )
        if what == _ASSIGN:
            st.text_input(said(_WHO), placeholder=said(_WHO), max_chars=200, key="bulk who", width=220, **_BARE)
        elif what in set(Verdict):
            st.text_input(said(REASON), placeholder=said(REASON), max_chars=2_000, key="bulk why", width=380, **_BARE)
        st.button(said(_DO), type="primary", key="bulk do", on_click=_do, args=(what, chosen), disabled=not chosen)
        st.text(_about([ring_id for ring_id, _ in chosen]), width="stretch")


def _about(ids: Sequence[str]) -> str:
    if not ids:
        return said(_NONE)
    more = f", +{len(ids) - _LISTED}" if len(ids) > _LISTED else ""
    return said(_CHOSEN, count=len(ids), ids=f"{shortened(', '.join(ids[:_LISTED]), 120)}{more}")


def _do(what: str, chosen: Chosen) -> None:
    """Each ring in a transaction of its own: what one refuses does not hold up the others."""
    why = str(st.session_state.get("bulk why", "")).strip()
    who = str(st.session_state.get("bulk who", "")).strip()
    if what in set(Verdict) and not why:
        return tell_next(QUEUE, said(_NO_REASON), wrong=True)
    if what == _ASSIGN and not who:
        return tell_next(QUEUE, said(_NO_NAME), wrong=True)
    refused = []
    try:
        author = session.acting(Role.ANALYST).name
        change = _change(what, author, who, why)
        for ring_id, seen in chosen:
            try:
                change(ring_id, seen)
            except RingfenceError as error:
                refused.append(said(_NOT, ring=printable(ring_id), why=reason_of(error, ring_id)))
    except RingfenceError as error:
        return tell_next(QUEUE, reason_of(error, chosen[0][0]), wrong=True)
    except Exception as error:  # Streamlit would log the error's text, and show it
        return notices.defect(error)
    st.session_state["bulk turn"] = turn() + 1
    done = len(chosen) - len(refused)
    return tell_next(QUEUE, "\n".join([*([said(_DONE, count=done)] if done else []), *refused]), wrong=bool(refused))


def _change(what: str, author: str, who: str, why: str) -> Callable[[str, int | None], object]:
    book = state.casebook()
    if what in set(Verdict):
        return lambda ring_id, seen: book.judgements.judge(ring_id, Verdict(what), why, author=author, seen=seen)
    owner = {_TAKE: author, _ASSIGN: who}.get(what)
    return lambda ring_id, seen: book.cases.assign(ring_id, owner, author=author, seen=seen)
