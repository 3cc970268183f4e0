"""The panel of a ring's page in which its case is worked on."""

import streamlit as st

from app.explorer.frame.language import said
from app.explorer.work import audit, decision, papers, regrouping, report
from app.explorer.work.acting import tell
from app.explorer.work.case_bar import case_bar
from app.explorer.work.desk import Work, open_case
from graph.errors import NotFoundError
from graph.language import Saying
from graph.results import Ring, Run
from graph.store.contract import Store

_NO_CASE = Saying(
    "This ring has no case yet: the run looked back, or is older than the casebook. The next detection opens one.",
    "该团伙尚未立案：本批次为回溯检测，或早于案件库启用。下次检测时将自动立案。",
)
_DECISION = Saying("Decision", "判定")
_PAPERS = Saying("Notes and files", "备注与附件")
_GROUP = Saying("Merge and split", "合并与拆分")
_REPORT = Saying("Report", "报告")
_AUDIT = Saying("Audit", "日志")


def show_bar(store: Store, run: Run, ring: Ring) -> Work | None:
    """Who has the case of a ring of the published run, and what to do with it; None where it has no case."""
    try:
        work = open_case(store, run, ring, ring.ring_id)
    except NotFoundError:
        st.caption(said(_NO_CASE))
        return None
    case_bar(work)
    return work


def show(work: Work) -> None:
    """The tabs in which a case is worked on."""
    tell(work.case.ring_id)
    tabs = st.tabs([said(each) for each in (_DECISION, _PAPERS, _GROUP, _REPORT, _AUDIT)], key=work.key("work"))
    parts = (decision.show, papers.show, regrouping.show, report.show, audit.show)
    for tab, part in zip(tabs, parts, strict=True):
        with tab:
            part(work)
