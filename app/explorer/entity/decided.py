"""What was decided on a person's applications, as the decision log has it: outcome, reasons, what it rested on."""

from typing import Any, Literal

import orjson
import streamlit as st

from app.explorer.appeals.words import OUTCOMES
from app.explorer.frame import state
from app.explorer.frame.language import said, spoken
from app.explorer.wording import masked, moment, name_of
from app.plain_text import shortened
from app.sources import LABELS
from decisions.log.finding import Page, Wanted
from decisions.log.record import Decision
from decisions.outcome import Outcome
from graph.errors import StoreUnavailableError
from graph.language import Saying
from graph.ontology.nodes import APPLICATION

MOST = 20
"""So many decisions are told, the latest."""

_NONE = Saying("Nothing was decided on this person's applications yet.", "尚无针对此人申请的决定。")
_DOWN = Saying("The decision log does not answer. Look again in a moment.", "决策日志没有响应，请稍后再看。")
_OLDER = Saying("Only the last {n} are shown.", "仅显示最近 {n} 个决定。")
_LINE = Saying("{at}  Score {score:.2f}  Application {application}", "{at}  评分 {score:.2f}  申请 {application}")
_NO_REASON = Saying("No rule spoke of this application.", "未命中任何规则。")
_MISSING = Saying("Missing: {parts}.", "缺失信息：{parts}。")
_RESTED = Saying("Rules {rules}. Run {run}.", "规则版本 {rules}。运行 {run}。")
_NO_RUN = Saying("Rules {rules}. Without a run.", "规则版本 {rules}。无运行结果。")
_COMMA = Saying(", ", "、")
_RULE_FAILED = Saying("Rule {rule}", "规则 {rule}")
_PARTS = {
    "graph": Saying("Graph", "图谱"),
    "log": Saying("Decision log", "决策日志"),
    "run": Saying("Run", "运行结果"),
    "stale_run": Saying("Fresh run", "最新运行结果"),
    "contact": Saying("Contacts", "联系人"),
    "unknown_purpose": Saying("Known purpose", "可识别的用途"),
    "unknown_channel": Saying("Known channel", "可识别的渠道"),
}
_RULE = "rule:"
_TEXT = 500
_ID = 80


def decided(applicant_id: str) -> None:
    """The last decisions, the newest first, in the words of their own day."""
    page = _read(applicant_id)
    if page is None:
        st.warning(said(_DOWN))
        return
    if not page.decisions:
        st.info(said(_NONE))
    for each in page.decisions:
        with st.container(border=True, gap="small"):
            _decision(each, orjson.loads(each.body))
    if page.before is not None:
        st.text(said(_OLDER, n=MOST))


def _read(applicant_id: str) -> Page | None:
    """None while the log does not answer: the rest of the person's page needs none."""
    try:
        return state.decision_log().find(Wanted(applicant_id=applicant_id), limit=MOST)
    except StoreUnavailableError:
        return None


def _decision(decision: Decision, body: dict[str, Any]) -> None:
    """One of them; `decisions.body` says what is in its body."""
    at, application = moment(decision.decided_at // 1_000_000), masked(APPLICATION.label, decision.application_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(said(OUTCOMES[decision.outcome]), color=_colour(decision.outcome))
        st.text(said(_LINE, at=at, score=decision.score, application=application))
    reasons = [shortened(reason["analyst"][spoken().value], _TEXT) for reason in body["reasons"]]
    st.text("\n".join(reasons) or said(_NO_REASON))
    missing = said(_COMMA).join(dict.fromkeys(map(_part, body["missing"])))
    rules, run = shortened(decision.rules_version, _ID), shortened(decision.run_id or "", _ID)
    rested = said(_RESTED, rules=rules, run=run) if run else said(_NO_RUN, rules=rules)
    st.text(f"{said(_MISSING, parts=missing)}\n{rested}" if missing else rested)


def _part(name: str) -> str:
    """What could not be found out, in words of the page's language."""
    if name.startswith(_RULE):
        return said(_RULE_FAILED, rule=shortened(name.removeprefix(_RULE), _ID))
    known = _PARTS.get(name)
    return said(known) if known else name_of(LABELS.get(name, name))


def _colour(outcome: Outcome) -> Literal["green", "orange", "red"]:
    match outcome:
        case Outcome.APPROVE:
            return "green"
        case Outcome.REVIEW:
            return "orange"
        case Outcome.REJECT:
            return "red"
