"""Who is at work on an appeal, to take it, to decide it, and to take an overturn back."""

import streamlit as st

from app import appealing
from app.explorer.appeals.acting import act
from app.explorer.frame import session, state
from app.explorer.frame.language import said
from app.explorer.work.words import REASON
from app.plain_text import printable
from cases.appeal_model import WAITING, Appeal, AppealState
from cases.texts import LONGEST_TEXT, same_person
from graph.language import Saying

_FIRST = Saying(
    "You had a hand in the decision: somebody else decides this appeal.", "您参与过原决定，该申诉须由他人处理。"
)
_TAKE = Saying("Take", "领取")
_OVER = Saying("Take over", "接手")
_THEIRS = Saying("{name} is looking at it. To decide it, take it over.", "{name}正在复核。如需由您裁定，请先接手。")
_TAKEN = Saying("The appeal is yours.", "申诉已由您领取。")
_UPHOLD = Saying("Uphold the decision", "维持原决定")
_OVERTURN = Saying("Overturn the decision", "撤销原决定")
_MEANS = Saying(
    "Overturned, the applicant counts as honest from now on. For {days} days the rules that hit rest for this person, "
    "and for whatever shared thing they spoke of, unless it is a suspicious hub.",
    "撤销后，申请人自现在起视为正常客户；命中的规则在 {days} 天内不再对其本人及规则所涉的共用标识生效，可疑标识除外。",
)
_UPHELD = Saying("The decision is upheld.", "已维持原决定。")
_OVERTURNED = Saying("The decision is overturned.", "已撤销原决定。")
_BACK = Saying("Take the overturn back", "收回撤销")
_WENT_BACK = Saying("The overturn is taken back. It stays on record.", "撤销已收回，记录仍保留。")


def deciding(appeal: Appeal) -> None:
    """What whoever looks may do."""
    me = session.person().name
    if any(same_person(me, each) for each in state.casebook().appeals.first_reviewers(appeal)):
        st.info(said(_FIRST))
    elif appeal.state is AppealState.OVERTURNED:
        _take_back(appeal)
    elif appeal.state in WAITING:
        _take(appeal, me)
        if appeal.owner is None or same_person(me, appeal.owner):
            _form(appeal)


def _take(appeal: Appeal, me: str) -> None:
    if appeal.owner and same_person(me, appeal.owner):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if appeal.owner:
            st.text(said(_THEIRS, name=printable(appeal.owner)), width="stretch")
        st.button(said(_OVER if appeal.owner else _TAKE), key="take appeal", on_click=_taken, args=(appeal,))


def _form(appeal: Appeal) -> None:
    st.text_area(said(REASON), max_chars=LONGEST_TEXT, key=_why(appeal), height=110)
    with st.container(horizontal=True):
        st.button(said(_UPHOLD), key="uphold", on_click=_decided, args=(appeal, AppealState.UPHELD, _UPHELD))
        st.button(
            said(_OVERTURN), key="overturn", on_click=_decided, args=(appeal, AppealState.OVERTURNED, _OVERTURNED)
        )
    st.caption(said(_MEANS, days=state.settings().appeal_snooze_days))


def _take_back(appeal: Appeal) -> None:
    with st.popover(said(_BACK)):
        st.text_input(said(REASON), max_chars=LONGEST_TEXT, key=_why(appeal))
        st.button(said(_BACK), key="withdraw", on_click=_withdrawn, args=(appeal,))


def _taken(appeal: Appeal) -> None:
    act(appeal.id, _TAKEN, lambda me: state.casebook().appeals.take(appeal.id, author=me, seen=appeal.version))


def _decided(appeal: Appeal, how: AppealState, done: Saying) -> None:
    why = str(st.session_state.get(_why(appeal), ""))
    act(
        appeal.id,
        done,
        lambda me: appealing.decide(
            state.casebook(), state.decision_log(), appeal.id, how, why, author=me, seen=appeal.version
        ),
    )


def _withdrawn(appeal: Appeal) -> None:
    why = str(st.session_state.get(_why(appeal), ""))
    act(
        appeal.id,
        _WENT_BACK,
        lambda me: appealing.withdraw(
            state.casebook(), state.decision_log(), appeal.id, why, author=me, seen=appeal.version
        ),
    )


def _why(appeal: Appeal) -> str:
    return f"why appeal {appeal.id}"
