"""What analysts have said of a person."""

import polars as pl
import streamlit as st

from app.explorer.appeals.words import STATES
from app.explorer.frame.language import said
from app.explorer.wording import moment
from app.plain_text import shortened
from cases.casebook import Casebook
from cases.model import Judgement, Verdict
from graph.language import Saying

_NONE = Saying("Nobody has judged this person yet.", "尚无对此人的认定。")
_APPEAL = Saying("Appeal {number}: {state}, {at}.", "申诉 {number}：{state}，{at}。")
_AT = Saying("When", "时间")
_VERDICT = Saying("Verdict", "认定")
_BY = Saying("By", "认定人")
_REASON = Saying("Reason", "理由")
_RING = Saying("Ring", "团伙")
_STATE = Saying("State", "状态")
_COUNTS = Saying("Counts", "有效")
_WAITS = Saying("Waits for a second person", "待第二人确认")
_WITHDRAWN = Saying("Withdrawn by {who}", "已由 {who} 撤销")
_VERDICTS = {
    Verdict.FRAUD: Saying("Fraud", "欺诈"),
    Verdict.NOT_FRAUD: Saying("Not fraud", "非欺诈"),
    Verdict.HOUSEHOLD: Saying("Household", "同一家庭"),
    Verdict.WATCH: Saying("Watch", "关注"),
}
_LONGEST = 300


def judged(book: Casebook, applicant_id: str) -> None:
    """How his appeals stand, and a line for each judgement that names this person, the latest first."""
    for appeal in book.appeals.about(applicant_id):
        at = moment(appeal.steps[-1].at if appeal.steps else appeal.at)
        st.text(said(_APPEAL, number=appeal.id, state=said(STATES[appeal.state]), at=at))
    found = book.judgements.about(applicant_id)
    if not found:
        st.info(said(_NONE))
        return
    st.dataframe(
        pl.DataFrame(
            {
                said(_AT): [moment(each.at) for each in found],
                said(_VERDICT): [said(_VERDICTS[each.verdict]) for each in found],
                said(_STATE): [_state(each) for each in found],
                said(_BY): [shortened(each.author, _LONGEST) for each in found],
                said(_REASON): [shortened(each.reason, _LONGEST) for each in found],
                said(_RING): [each.ring_id for each in found],
            }
        ),
        hide_index=True,
        height="content",
    )


def _state(judgement: Judgement) -> str:
    if judgement.withdrawn_by:
        return said(_WITHDRAWN, who=shortened(judgement.withdrawn_by, _LONGEST))
    return said(_COUNTS if judgement.counts_from is not None else _WAITS)
