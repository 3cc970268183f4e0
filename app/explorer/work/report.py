"""To take a report of a case along: masked, or for a purpose with personal data."""

import streamlit as st

from app.case_report.writing import MEDIA_TYPES, Form, masked_report, whole_report
from app.explorer.frame import language, session
from app.explorer.frame.language import said
from app.explorer.work.desk import Work
from app.explorer.work.words import told
from cases.people import Role
from graph.language import Saying

_FORM = Saying("Form", "格式")
_FORMS = {
    Form.PDF: Saying("PDF, to read", "PDF（阅读）"),
    Form.CSV: Saying("CSV, for a spreadsheet", "CSV（表格）"),
    Form.GRAPHML: Saying("GraphML, the graph for Gephi and its like", "GraphML（供 Gephi 等使用的图）"),
}
_WHOLE = Saying("With personal data", "包含个人信息")
_PURPOSE = Saying("For what purpose (goes into the log)", "用途（记入日志）")
_MAKE = Saying("Make the report", "生成报告")
_MADE = Saying("The report is made.", "报告已生成。")
_SAVE = Saying("Save the report", "保存报告")


def show(work: Work) -> None:
    """The form, and the report once it is made."""
    forms = list(Form) if work.ring else [Form.PDF, Form.CSV]
    form = st.segmented_control(
        said(_FORM), forms, format_func=told(_FORMS), default=Form.PDF, required=True, wrap=True,
        key=work.key("form"),
    )  # fmt: skip
    whole = session.may(Role.REVIEWER) and st.toggle(said(_WHOLE), key=work.key("whole"))
    if whole:
        st.text_input(said(_PURPOSE), max_chars=500, key=work.key("purpose"))
    with st.container(horizontal=True):
        st.button(said(_MAKE), key=work.key("make"), on_click=_make, args=(work, Form(form), whole))
        made = st.session_state.get(_KEPT)
        if made and made[:2] == (work.case.ring_id, form):
            name = f"{_safe(work.case.ring_id)}.{form}"
            st.download_button(
                said(_SAVE), made[2], name, MEDIA_TYPES[Form(form)], type="primary", key=work.key("save report"),
                on_click=lambda: st.session_state.pop(_KEPT, None),
            )  # fmt: skip


_KEPT = "report"
"""The session's last report: (ring, form, bytes). One at a time, and gone once it is saved."""


def _make(work: Work, form: Form, whole: bool) -> None:
    ring_id, spoken = work.case.ring_id, language.spoken()
    purpose = str(st.session_state.get(work.key("purpose"), ""))
    st.session_state.pop(_KEPT, None)

    def make(me: str) -> None:
        asked = (work.store, work.book, ring_id, form, spoken)
        content = whole_report(*asked, purpose=purpose, author=me) if whole else masked_report(*asked)
        st.session_state[_KEPT] = ring_id, form, content

    work.act(_MADE, make, Role.REVIEWER if whole else Role.VIEWER)


def _safe(ring_id: str) -> str:
    """The ring's id as part of a file's name."""
    return "".join(each if each.isascii() and (each.isalnum() or each in "-.") else "_" for each in ring_id)[:80]
