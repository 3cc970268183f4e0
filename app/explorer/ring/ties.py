"""How any two members of a ring are tied together, step by step."""

import streamlit as st

from app.evidence_path import evidence_path, told
from app.explorer.frame.language import said
from graph.language import Language, Saying
from graph.results import Ring

_FROM = Saying("From", "起点")
_TO = Saying("To", "终点")
_CHOOSE = Saying("Choose two members.", "请选择两名不同的成员。")
_NOTHING = Saying("Nothing in the evidence of this ring joins them.", "该团伙的证据中没有把两人联系起来的线索。")


def ties(ring: Ring, language: Language) -> None:
    """Two members to choose, at first the two most suspicious, and the shortest way between them over the evidence."""
    members = [member.applicant_id for member in sorted(ring.members, key=lambda one: (-one.score, one.applicant_id))]
    left, right = st.columns(2)
    start = left.selectbox(said(_FROM), members, key=f"from {ring.ring_id}")
    end = right.selectbox(said(_TO), members, index=min(1, len(members) - 1), key=f"to {ring.ring_id}")
    steps = told(evidence_path(ring, start, end), language)
    for number, step in enumerate(steps, start=1):
        st.text(f"{number}. {language.text(step.text, step.evidence.detail)}")
    if not steps:
        st.info(said(_CHOOSE if start == end else _NOTHING))
