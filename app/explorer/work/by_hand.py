"""The page of a ring that people split off: no run has it, so it is its members and its case."""

import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from app.explorer.work import panel
from app.explorer.work.case_bar import case_bar
from app.explorer.work.desk import open_case
from app.plain_text import printable
from graph.errors import NotFoundError
from graph.language import Saying
from graph.results import Run
from graph.store.contract import Store

_ABOUT = Saying(
    "Ring {ring}: {count:# member|# members}, split off by hand from {source}, whose page has what detection says.",
    "团伙 {ring}：{count} 名成员，由 {source} 人工拆分而来。检测结果见原团伙页面。",
)
_ID = Saying("Applicant", "申请人")
_SCORE = Saying("Score", "评分")


def show(store: Store, run: Run, ring_id: str) -> bool:
    """The page, if there is such a ring."""
    try:
        work = open_case(store, run, None, ring_id)
    except NotFoundError:
        return False
    source = next((one.ring_id for one in work.book.regroupings.of(ring_id) if one.target == ring_id), None)
    if source is None:
        return False
    st.text(said(_ABOUT, ring=printable(ring_id), count=len(work.members), source=printable(source)))
    case_bar(work)
    scores = store.runs.scores(work.members)
    st.dataframe(
        pl.DataFrame(
            {
                said(_ID): list(work.members),
                said(_SCORE): [scores[who].score if who in scores else None for who in work.members],
            },
            schema_overrides={said(_SCORE): pl.Float64},
        ),
        hide_index=True,
        column_config={said(_SCORE): st.column_config.ProgressColumn(min_value=0, max_value=1, format="%.2f")},
    )
    panel.show(work)
    return True
