"""One appeal: what the customer says, the decision as it was, the picture of it, and what came of it."""

from typing import Literal

import streamlit as st

from app.case_report.telling import minute
from app.explorer.appeals.acting import place
from app.explorer.appeals.deciding import deciding
from app.explorer.appeals.picture import as_ring, as_run, finding, reasons
from app.explorer.appeals.words import OUTCOMES, STATES, age
from app.explorer.canvas import component
from app.explorer.frame import state
from app.explorer.frame.language import said
from app.explorer.frame.navigation import Page, open_page, open_person
from app.explorer.work.acting import tell
from app.plain_text import printable, shortened
from app.ring_graph import read_ring
from cases.appeal_model import WAITING, Appeal, AppealState
from cases.desk import now
from graph.errors import NotFoundError
from graph.language import Saying
from graph.store.contract import Store

_TITLE = Saying("Appeal", "申诉")
_NONE = Saying("There is no such appeal. The link may be cut short.", "没有此申诉，链接可能不完整。")
_INBOX = Saying("All appeals", "全部申诉")
_PERSON = Saying("Open the applicant", "打开申请人")
_OWNER = Saying("Looked at by {name}.", "复核人：{name}。")
_NOBODY = Saying("Nobody has it.", "无人处理。")
_AGAIN = Saying("Appeal no. {n} against this decision.", "针对该决定的第 {n} 次申诉。")
_DECISION = Saying(
    "Applicant {who}, application {application}: {outcome} on {at} UTC.",
    "申请人 {who}，申请 {application}：{at}（UTC）{outcome}。",
)
_BY = Saying("First reviewed by {names}.", "原审核人：{names}。")
_RULES = Saying("Rules that hit: {rules}.", "命中规则：{rules}。")
_NO_RULE = Saying(
    "No rule had hit: something could not be found out, so a person had to look.", "未命中规则：因信息缺失转人工审核。"
)
_LINKED = Saying("Linked to {who}.", "关联申请人：{who}。")
_FRAUD = Saying("{who} (known fraud)", "{who}（已知欺诈）")
_SAYS = Saying("The customer says", "客户陈述")
_PICTURE = Saying("What the decision rested on", "决定依据")
_DECIDE = Saying("Decide", "裁定")
_STEP = Saying("{at} UTC: {state}, by {name}.", "{at}（UTC）：{state}，{name}。")
_COMMA = Saying(", ", "、")
_TEXT = 10_000


def show(store: Store, asked: str) -> None:
    """The page of the appeal that the address names."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    st.title(said(_TITLE), anchor=False)
    try:
        appeal = state.casebook().appeals.appeal(number)
    except NotFoundError:
        st.warning(said(_NONE))
        return
    tell(place(appeal.id))
    _bar(appeal)
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.subheader(said(_SAYS), anchor=False)
        with st.container(border=True):
            _lines(appeal.text)
        _decision(appeal)
    with right:
        st.subheader(said(_DECIDE), anchor=False)
        _steps(appeal)
        deciding(appeal)
    st.subheader(said(_PICTURE), anchor=False)
    st.text(finding(appeal))
    ring, run = as_ring(store, appeal), as_run(appeal)
    graph = read_ring(store, ring, as_of=appeal.decided_at)
    component.show(store, run, ring, graph, reasons(appeal))


def _bar(appeal: Appeal) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(said(STATES[appeal.state]), color=_colour(appeal.state))
        limit = age(appeal, now())
        if limit:
            st.badge(limit, color="red" if appeal.overdue else "gray")
        owner = said(_OWNER, name=printable(appeal.owner)) if appeal.owner else said(_NOBODY)
        again = said(_AGAIN, n=appeal.round + 1) if appeal.round else ""
        st.text(" ".join(filter(None, [owner if appeal.state in WAITING else "", again])), width="stretch")
        if st.button(said(_PERSON), key="appellant"):
            open_person(appeal.applicant_id)
        if st.button(said(_INBOX), key="all appeals"):
            open_page(Page.APPEALS)


def _colour(of: AppealState) -> Literal["orange", "blue", "green", "gray"]:
    match of:
        case AppealState.OPEN:
            return "orange"
        case AppealState.TAKEN:
            return "blue"
        case AppealState.OVERTURNED:
            return "green"
        case AppealState.UPHELD | AppealState.WITHDRAWN:
            return "gray"


def _decision(appeal: Appeal) -> None:
    """Who was refused what, by which rules."""
    outcome = said(OUTCOMES[appeal.outcome])
    who, application = shortened(appeal.applicant_id, 80), shortened(appeal.application_id, 80)
    st.text(said(_DECISION, who=who, application=application, outcome=outcome, at=minute(appeal.decided_at)))
    rules = said(_COMMA).join(shortened(hit.rule, 80) for hit in appeal.hits)
    st.text(said(_RULES, rules=rules) if rules else said(_NO_RULE))
    linked = [shortened(each.applicant_id, 80) for each in appeal.links]
    if linked:
        told = [said(_FRAUD, who=who) if each.fraud else who for each, who in zip(appeal.links, linked, strict=True)]
        st.text(said(_LINKED, who=said(_COMMA).join(told)))
    if appeal.first:
        st.text(said(_BY, names=said(_COMMA).join(map(printable, appeal.first))))


def _steps(appeal: Appeal) -> None:
    for step in appeal.steps:
        st.text(said(_STEP, at=minute(step.at), state=said(STATES[step.state]), name=printable(step.author)))
        _lines(step.reason)


def _lines(text: str) -> None:
    if text:
        st.text("\n".join(shortened(line, _TEXT) for line in text.splitlines()))
