"""The page of runs: the last nights, what changed from run to run, the data, and false kills."""

import streamlit as st

from app.explorer.frame import state
from app.explorer.frame.language import said
from app.explorer.runs.data import data
from app.explorer.runs.honest import honest
from app.explorer.runs.movement import movement
from app.explorer.runs.nights import nights
from app.explorer.wording import moment
from graph.language import Saying
from graph.results import Run
from graph.store.contract import Store

_TITLE = Saying("Runs", "运行记录")
_SUMMARY = Saying(
    "Published: run {run}, by what was known on {as_of}. {n:# ring|# rings} among {applicants:,} applicants.",
    "当前发布：运行 {run}，数据截至 {as_of}。{applicants:,} 名申请人中有 {n:,} 个团伙。",
)
_TABS = (
    Saying("Nights", "每晚批处理"),
    Saying("Rings and scores", "团伙与评分"),
    Saying("Data", "数据质量"),
    Saying("False kills", "误伤"),
)


def show(store: Store, run: Run) -> None:
    """The page."""
    st.title(said(_TITLE), anchor=False)
    st.text(said(_SUMMARY, run=run.run_id, as_of=moment(run.as_of), n=run.rings, applicants=run.applicants))
    kept = store.ledger.nights()
    first, second, third, fourth = st.tabs([said(name) for name in _TABS])
    with first:
        nights(kept)
    with second:
        movement(store)
    with third:
        data(store)
    with fourth:
        honest(store, run, state.casebook())
