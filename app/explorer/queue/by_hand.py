"""Rings that people split from others: no run of detection shows them, so they stand above its own."""

import streamlit as st

from app.case_report.words import STATES
from app.explorer.frame import navigation, state
from app.explorer.frame.language import said
from app.plain_text import printable
from cases.model import How
from graph.language import Saying

_MADE = Saying("Rings split off by hand: {count}", "人工拆分的团伙：{count}")
_LINE = Saying(
    "{members:# member|# members} of {ring}. {state}. {owner}", "取自 {ring} 的 {members} 名成员。{state}。{owner}"
)
_OPEN = Saying("Open", "打开")


def show() -> None:
    """One line for each that lives."""
    book = state.casebook()
    split = {one.target: one for one in book.regroupings.standing() if one.how is How.SPLIT}
    cases = {ring_id: case for ring_id, case in book.queueing.cases(tuple(split)).items() if case.lives}
    if not cases:
        return
    with st.expander(said(_MADE, count=len(cases)), key="made by hand"):
        for ring_id, case in sorted(cases.items()):
            with st.container(horizontal=True, vertical_alignment="center"):
                if st.button(said(_OPEN), key=f"open {ring_id}"):
                    navigation.open_ring(ring_id)
                values = {"members": len(split[ring_id].members), "ring": split[ring_id].ring_id}
                about = said(_LINE, **values, state=said(STATES[case.state]), owner=printable(case.owner or ""))
                st.text(f"{ring_id}: {about}")
