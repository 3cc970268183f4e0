"""The inbox: appeals by age, and how often each rule was wrong."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from app.explorer import table
from app.explorer.appeals.words import OUTCOMES, STATES, age
from app.explorer.frame import state
from app.explorer.frame.language import said
from app.explorer.frame.navigation import open_appeal
from app.explorer.wording import moment
from app.explorer.work.words import told
from app.plain_text import printable, shortened
from cases.appeal_model import WAITING, Appeal, AppealState, RuleFigures
from cases.casebook import Casebook
from cases.desk import now
from graph.errors import StoreUnavailableError
from graph.language import Saying

PAGE = 50

_TITLE = Saying("Appeals", "申诉")
_TABS = (Saying("Inbox", "收件箱"), Saying("False kills by rule", "各规则误伤"))
_WHICH = Saying("Which", "范围")
_WAIT, _DONE = "waiting", "decided"
_CHOICES = {_WAIT: Saying("Waiting", "待裁定"), _DONE: Saying("Decided", "已裁定")}
_DECIDED = tuple(each for each in AppealState if each not in WAITING)
_EMPTY = {
    _WAIT: Saying(
        "No appeal waits. New ones come in over the interface for appeals.", "没有待裁定的申诉。新申诉由接口提交。"
    ),
    _DONE: Saying("No appeal was decided yet.", "尚无已裁定的申诉。"),
}
_PLACE = Saying(
    "{first} to {last} of {found}, the oldest first. Click a number to open it.",
    "第 {first} 至 {last} 件，共 {found} 件，按时间先后排列。点击编号打开。",
)
_NUMBER = Saying("Appeal", "申诉")
_STATE = Saying("State", "状态")
_LIMIT = Saying("Time limit", "时限")
_OWNER = Saying("Looked at by", "复核人")
_WHO = Saying("Applicant", "申请人")
_OUTCOME = Saying("Decision", "原决定")
_RULES = Saying("Rules that hit", "命中规则")
_SAYS = Saying("The customer says", "客户陈述")
_FILED = Saying("Filed", "提交时间")
_NO_FIGURES = Saying(
    "No appeal was filed yet. Each that is overturned will count here as a false kill of the rules that had hit.",
    "尚无申诉。每撤销一个决定，此处会计为命中规则的一次误伤。",
)
_RULE = Saying("Rule", "规则")
_OVERTURNED = Saying("Overturned", "撤销")
_UPHELD = Saying("Upheld", "维持")
_WAITING = Saying("Waiting", "待裁定")
_SHARE = Saying("Overturned of appeals, %", "占已裁定申诉，%")
_DECISIONS = Saying("Decisions", "命中决定")
_OF_ALL = Saying("Overturned of decisions, %", "占命中决定，%")
_UNCOUNTED = Saying(
    "The decision log does not answer: decisions are not counted here now.", "决策日志没有响应：暂不显示决定数量。"
)


def inbox(book: Casebook) -> None:
    """The page."""
    st.title(said(_TITLE), anchor=False)
    first, second = st.tabs([said(name) for name in _TABS])
    with first:
        _appeals(book)
    with second:
        _figures(book.appeal_queue.per_rule(_decisions()))


def _decisions() -> dict[str, int] | None:
    """In how many each rule had hit; None without a decision log, or while it does not answer."""
    if not state.has_decisions():
        return None
    try:
        log = state.decision_log()
        return state.decisions_by_rule(log, log.log_id)
    except StoreUnavailableError:
        st.warning(said(_UNCOUNTED))
        return None


def _appeals(book: Casebook) -> None:
    which = st.segmented_control(
        said(_WHICH), list(_CHOICES), format_func=told(_CHOICES), default=_WAIT, required=True, key="which appeals",
        label_visibility="collapsed",
    )  # fmt: skip
    states = WAITING if which == _WAIT else _DECIDED
    found = book.appeal_queue.count(states)
    if not found:
        st.info(said(_EMPTY[which]))
        return
    key = f"appeals {which}"
    offset = (st.session_state.get(key, 1) - 1) * PAGE
    page = book.appeal_queue.page(states=states, offset=offset, limit=PAGE)
    chosen = table.show(_columns(page), [str(each.id) for each in page], key=f"inbox {which}")
    left, right = st.columns([2, 3], vertical_alignment="center")
    left.caption(said(_PLACE, first=offset + 1, last=offset + len(page), found=found))
    with right:
        st.pagination(-(-found // PAGE), key=key, persist_state="session")
    if chosen:
        open_appeal(chosen)


def _columns(appeals: list[Appeal]) -> dict[str, Sequence[object]]:
    at = now()
    return {
        said(_NUMBER): [str(each.id) for each in appeals],
        said(_STATE): [said(STATES[each.state]) for each in appeals],
        said(_LIMIT): [age(each, at) for each in appeals],
        said(_OWNER): [printable(each.owner or "") for each in appeals],
        said(_OUTCOME): [said(OUTCOMES[each.outcome]) for each in appeals],
        said(_WHO): [shortened(each.applicant_id, 80) for each in appeals],
        said(_RULES): [shortened(", ".join(hit.rule for hit in each.hits), 200) for each in appeals],
        said(_SAYS): [shortened(" ".join(each.text.split()), 200) for each in appeals],
        said(_FILED): [moment(each.at) for each in appeals],
    }


def _figures(figures: list[RuleFigures]) -> None:
    if not figures:
        st.info(said(_NO_FIGURES))
        return
    counts: dict[str, Sequence[int | None]] = {
        said(_OVERTURNED): [each.overturned for each in figures],
        said(_UPHELD): [each.upheld for each in figures],
        said(_WAITING): [each.waiting for each in figures],
    }
    shares = {said(_SHARE): [_percent(each.overturned, each.overturned + each.upheld) for each in figures]}
    if figures[0].decisions is not None:
        counts[said(_DECISIONS)] = [each.decisions for each in figures]
        shares[said(_OF_ALL)] = [_percent(each.overturned, each.decisions) for each in figures]
    st.dataframe(
        pl.DataFrame(
            {said(_RULE): [shortened(each.rule, 120) for each in figures], **counts, **shares},
            schema_overrides=dict.fromkeys(shares, pl.Float64),
        ),
        hide_index=True,
        height="content" if len(figures) <= table.WHOLE else "auto",
    )


def _percent(part: int, whole: int | None) -> float | None:
    return round(100 * part / whole, 2) if whole else None
