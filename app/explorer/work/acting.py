"""Doing something to a case: checked on the server, signed, and told on the page that is drawn next.

Actions are callbacks of widgets. Streamlit calls them before it draws the page again, with what the page that was
looked at had put into them: so a case's version there is the one that the analyst saw.
"""

from collections.abc import Callable

import streamlit as st

from app.case_report.telling import minute
from app.explorer.frame import notices, session, state
from app.explorer.frame.language import said, spoken
from app.plain_text import printable
from cases.errors import ChangedError, LockedError
from cases.people import Role
from graph.errors import AccessError, BadInputError, NotFoundError, RingfenceError, StoreUnavailableError, UsageError
from graph.language import Language, Saying

_HELD = Saying(
    "{name} holds this case until {until} UTC. Wait until it is released, or speak to each other.",
    "该案件由{name}锁定至 {until}（UTC）。请等待解除锁定，或与对方沟通。",
)
_WAS_HELD = Saying("Somebody else was at this case a moment ago. Try again.", "刚才有其他人正在处理该案件，请重试。")
_CHANGED = Saying(
    "Somebody changed this case since you looked at it. Nothing was done: read what is new, then decide again.",
    "在您查看期间，该案件已被他人修改。本次操作未生效：请先查看最新内容，再作决定。",
)
_NO_RIGHT = Saying(
    "You may not do this: your role does not allow it, or you would confirm what you said yourself.",
    "您无权进行此操作：角色权限不足，或不能复核自己的判定。",
)
_NO_CASE = Saying(
    "There is no case of such a ring. Detection opens one for each ring that it finds.",
    "没有该团伙的案件。每次检测会为发现的团伙自动立案。",
)
_DOWN = Saying("The casebook does not answer. Nothing was done; try again.", "案件库没有响应。操作未生效，请重试。")
_INCOMPLETE = Saying(
    "This cannot be done as it stands. Check the reason, the members and the file.",
    "无法完成操作。请检查理由、成员和文件。",
)

_REFUSED: tuple[tuple[type[RingfenceError], Saying], ...] = (
    (ChangedError, _CHANGED),
    (AccessError, _NO_RIGHT),
    (NotFoundError, _NO_CASE),
    (StoreUnavailableError, _DOWN),
)

_TOLD = "told"


def act(role: Role, ring_id: str, done: Saying, change: Callable[[str], object], *, place: str = "") -> bool:
    """Make a change in the name of whoever looks, if he may; tells at that place what was done, or why not."""
    try:
        change(session.acting(role).name)
    except RingfenceError as error:
        tell_next(f"{ring_id}{place}", reason_of(error, ring_id), wrong=True)
        return False
    except Exception as error:  # Streamlit would log the error's text, and show it
        notices.defect(error)
        return False
    tell_next(f"{ring_id}{place}", said(done), wrong=False)
    return True


def reason_of(error: RingfenceError, ring_id: str) -> str:
    """Why a change was refused, and what to do, in the language of the page."""
    if isinstance(error, LockedError):
        return _held(ring_id)
    if isinstance(error, UsageError | BadInputError) and spoken() is Language.EN:
        return printable(str(error))
    told = next((told for kind, told in _REFUSED if isinstance(error, kind)), _INCOMPLETE)
    return said(told)


def tell(place: str) -> None:
    """Say once what the last action at this place came to."""
    text, wrong = st.session_state.pop(f"{_TOLD} {place}", ("", False))
    if text:
        with st.container(border=True, horizontal=True):
            st.badge("!" if wrong else "OK", color="red" if wrong else "green")
            st.text(text)


def tell_next(place: str, text: str, *, wrong: bool) -> None:
    """Keep what an action at this place came to, for `tell` on the page that is drawn next."""
    st.session_state[f"{_TOLD} {place}"] = text, wrong


def _held(ring_id: str) -> str:
    case = state.casebook().cases.case(ring_id)
    if case.locked_by is None or case.locked_until is None:
        return said(_WAS_HELD)
    return said(_HELD, name=printable(case.locked_by), until=minute(case.locked_until))
