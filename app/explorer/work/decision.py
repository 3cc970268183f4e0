"""What was said of a ring, and to say something: of all, of some, or of one link; confirmed, taken back."""

import streamlit as st

from app.case_report.telling import minute
from app.case_report.words import SCOPES, VERDICTS
from app.explorer.frame import session, state
from app.explorer.frame.language import said
from app.explorer.work.desk import Work
from app.explorer.work.words import MEMBERS, REASON, told
from app.plain_text import printable, shortened
from cases.model import Judgement, Scope, Verdict
from cases.people import Role
from graph.language import Saying

_VERDICT = Saying("Verdict", "判定结论")
_OF = Saying("Of whom", "判定对象")
_PAIR = Saying("The two members", "两名成员")
_JUDGE = Saying("Judge", "提交判定")
_FOUR_EYES = Saying(
    "From {members} members on, fraud counts only when a second person has confirmed it.",
    "成员达到 {members} 人的团伙，欺诈判定须经第二人复核后生效。",
)
_JUDGED = Saying("Your judgement is kept.", "判定已保存。")
_CONFIRM = Saying("Confirm", "复核确认")
_CONFIRMED = Saying("The judgement is confirmed and counts from now on.", "已复核确认，判定自现在起生效。")
_UNDO = Saying("Take back", "撤回")
_UNDONE = Saying("The judgement is taken back. It stays on record.", "判定已撤回，记录仍保留。")
_NOTHING = Saying("Nobody has said anything of this ring yet.", "尚无判定。")
_WHAT = Saying("{verdict}: {people}. By {author}, {at} UTC.", "{verdict}：{people}。判定人{author}，{at}（UTC）。")
_COUNTS = Saying("counts", "已生效")
_COUNTS_TWO = Saying("counts, confirmed by {name}", "已生效，由{name}复核")
_WAITS = Saying("waits for a second person", "等待复核")
_WITHDRAWN = Saying("taken back by {name}: {why}", "已由{name}撤回：{why}")
_LISTED = 6
_TEXT = 2_000


def show(work: Work) -> None:
    """What was said, and the form."""
    if session.may(Role.ANALYST):
        _form(work)
    said_so_far = work.book.judgements.of(work.history)
    if not said_so_far:
        st.caption(said(_NOTHING))
    for each in reversed(said_so_far):
        _judgement(work, each)


def _form(work: Work) -> None:
    left, right = st.columns([1, 1], gap="large")
    with left:
        verdict = st.segmented_control(
            said(_VERDICT), list(Verdict), format_func=told(VERDICTS), default=Verdict.WATCH,
            required=True, wrap=True, key=work.key("verdict"),
        )  # fmt: skip
        scope = st.segmented_control(
            said(_OF), list(Scope), format_func=told(SCOPES), default=Scope.RING, required=True, wrap=True,
            key=work.key("scope"),
        )  # fmt: skip
        if scope is not Scope.RING:
            pair = scope is Scope.LINK
            st.multiselect(
                said(_PAIR if pair else MEMBERS), work.members, key=work.key(f"judged {scope}"),
                format_func=lambda who: shortened(who, 40), max_selections=2 if pair else None,
            )  # fmt: skip
    with right:
        st.text_area(said(REASON), max_chars=10_000, key=work.key("why"), height=110)
        st.button(said(_JUDGE), type="primary", key=work.key("judge"), on_click=_judge, args=(work,))
        if verdict is Verdict.FRAUD and len(work.members) >= state.settings().four_eyes:
            st.caption(said(_FOUR_EYES, members=state.settings().four_eyes))


def _judge(work: Work) -> None:
    ring_id, seen = work.case.ring_id, work.case.version
    verdict = Verdict(st.session_state[work.key("verdict")])
    scope = Scope(st.session_state[work.key("scope")])
    members = tuple(st.session_state.get(work.key(f"judged {scope}"), ()))
    why = str(st.session_state.get(work.key("why"), ""))
    kept = work.act(
        _JUDGED,
        lambda me: work.book.judgements.judge(
            ring_id, verdict, why, author=me, scope=scope, members=members, seen=seen
        ),
    )
    if kept:
        st.session_state[work.key("why")] = ""


def _judgement(work: Work, each: Judgement) -> None:
    with st.container(border=True):
        people = ", ".join(each.members[:_LISTED]) + (", ..." if len(each.members) > _LISTED else "")
        what = {
            "verdict": said(VERDICTS[each.verdict]),
            "people": f"{said(SCOPES[each.scope])} ({shortened(people, 300)})",
        }
        st.text(said(_WHAT, **what, author=printable(each.author), at=minute(each.at)))
        st.text("\n".join(shortened(line, _TEXT) for line in each.reason.splitlines()))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(_standing(each), width="stretch")
            if each.withdrawn_by is None:
                _change(work, each)


def _standing(each: Judgement) -> str:
    if each.withdrawn_by is not None:
        return said(_WITHDRAWN, name=printable(each.withdrawn_by), why=shortened(each.withdrawn_why or "", _TEXT))
    if each.counts_from is None:
        return said(_WAITS)
    return said(_COUNTS_TWO, name=printable(each.confirmed_by)) if each.confirmed_by else said(_COUNTS)


def _change(work: Work, each: Judgement) -> None:
    waits = each.counts_from is None
    if waits and session.may(Role.REVIEWER) and each.author != session.person().name:
        st.button(said(_CONFIRM), key=f"confirm {each.id}", type="primary", on_click=_confirm, args=(work, each.id))
    if session.may(Role.ANALYST):
        with st.popover(said(_UNDO)):
            st.text_input(said(REASON), max_chars=_TEXT, key=f"why undo {each.id}")
            st.button(said(_UNDO), key=f"undo {each.id}", on_click=_undo, args=(work, each))


def _confirm(work: Work, number: int) -> None:
    work.act(_CONFIRMED, lambda me: work.book.judgements.confirm(number, author=me), Role.REVIEWER)


def _undo(work: Work, each: Judgement) -> None:
    why = str(st.session_state.get(f"why undo {each.id}", ""))
    work.act(_UNDONE, lambda me: work.book.judgements.withdraw(each.id, why, author=me))
