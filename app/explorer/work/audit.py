"""The log of a case: who did what when, and what it was before. Nothing leaves it."""

import json

import polars as pl
import streamlit as st

from app.case_report.telling import minute
from app.explorer.frame.language import said
from app.explorer.work.desk import Work
from app.explorer.work.words import action
from app.plain_text import printable, shortened
from graph.language import Saying

_WHEN = Saying("When (UTC)", "时间（UTC）")
_WHO = Saying("Who", "操作人")
_WHAT = Saying("What", "操作")
_BEFORE = Saying("Before", "之前")
_AFTER = Saying("After", "之后")
_LINES = 200
_CELL = 500


def show(work: Work) -> None:
    """The latest lines, the newest first."""
    changes = work.book.audit.changes(work.case.ring_id, limit=_LINES)
    st.dataframe(
        pl.DataFrame(
            {
                said(_WHEN): [minute(each.at) for each in changes],
                said(_WHO): [printable(each.author) for each in changes],
                said(_WHAT): [action(each.action) for each in changes],
                said(_BEFORE): [_cell(each.before) for each in changes],
                said(_AFTER): [_cell(each.after) for each in changes],
            }
        ),
        hide_index=True,
        key=work.key("audit"),
    )


def _cell(value: object) -> str:
    return "" if value is None else shortened(json.dumps(value, ensure_ascii=False), _CELL)
