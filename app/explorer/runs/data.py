"""What was loaded, table by table, and the rows that could not be."""

from itertools import islice

import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from app.explorer.runs.correction import correction
from app.explorer.wording import moment
from app.nightly.quality import quality_of
from app.plain_text import shortened
from graph.language import Saying
from graph.ledger import Load, LoadStatus, QuarantinedRow
from graph.store.contract import Store

SHOWN = 200
"""Rows of the quarantine that the page lists."""

_NOTHING = Saying("Nothing has been loaded yet.", "尚未载入任何数据。")
_TABLES = Saying("Tables", "数据表")
_FILES = Saying("Files", "文件")
_QUARANTINE = Saying("Rows in quarantine", "隔离的行")
_CLEAN = Saying("No row is in quarantine.", "没有被隔离的行。")
_FIRST = Saying("The first {n:,} rows; there are more.", "仅列出前 {n:,} 行，还有更多。")
_HOW = Saying(
    "Values are masked here. To correct rows, export them, correct the cells, and load the file again; rows that are "
    "good then leave the quarantine.",
    "此处的值已脱敏。更正方法：导出这些行，修改单元格，再载入该文件；正确的行随即解除隔离。",
)
_ALL = Saying("All tables", "全部数据表")
_TABLE = Saying("Table", "数据表")
_FILE = Saying("File", "文件")
_LINE = Saying("Line", "行号")
_COLUMN = Saying("Column", "列")
_VALUE = Saying("Value", "值")
_REASON = Saying("What is wrong", "问题")
_READ = Saying("Rows read", "读取行数")
_BAD = Saying("Quarantined", "隔离行数")
_SHARE = Saying("Quarantined, %", "隔离比例，%")
_PLACEHOLDERS = Saying("Placeholder values", "占位值")
_UNKNOWN = Saying("Unknown columns", "未知列")
_REFUSED = Saying("Refused files", "被拒文件")
_STATE = Saying("State", "状态")
_AT = Saying("Loaded", "载入时间")
_STATES = {
    LoadStatus.LOADING: Saying("Stopped half-way", "中途停止"),
    LoadStatus.DONE: Saying("Loaded", "已载入"),
    LoadStatus.REFUSED: Saying("Refused", "被拒"),
    LoadStatus.SUPERSEDED: Saying("Replaced by another file", "已被替换"),
}
_LONGEST = 200


def data(store: Store) -> None:
    """The tables, the latest files and the quarantine."""
    loads = store.ledger.loads()
    if not loads:
        st.info(said(_NOTHING))
        return
    st.subheader(said(_TABLES), anchor=False)
    st.dataframe(tables(loads), hide_index=True, height="content")
    with st.expander(said(_FILES)):
        st.dataframe(files(loads), hide_index=True)
    _quarantine(store, loads)


def tables(loads: list[Load]) -> pl.DataFrame:
    """A line for each table, over all its files."""
    rows = quality_of(loads)
    return pl.DataFrame(
        {
            said(_TABLE): [each.table for each in rows],
            said(_FILES): [each.files for each in rows],
            said(_READ): [each.rows_read for each in rows],
            said(_BAD): [each.quarantined for each in rows],
            said(_SHARE): [round(100 * each.bad_share, 3) for each in rows],
            said(_PLACEHOLDERS): [each.placeholders for each in rows],
            said(_UNKNOWN): [shortened(", ".join(each.unknown_columns), _LONGEST) for each in rows],
            said(_REFUSED): [shortened("; ".join(each.refused), _LONGEST) for each in rows],
        }
    )


def files(loads: list[Load]) -> pl.DataFrame:
    """A line for each file, the latest first."""
    return pl.DataFrame(
        {
            said(_AT): [moment(each.started_at) for each in loads],
            said(_TABLE): [each.table for each in loads],
            said(_FILE): [shortened(each.file, _LONGEST) for each in loads],
            said(_STATE): [said(_STATES[each.status]) for each in loads],
            said(_READ): [each.rows_read for each in loads],
            said(_BAD): [each.quarantined for each in loads],
        }
    )


def _quarantine(store: Store, loads: list[Load]) -> None:
    st.subheader(said(_QUARANTINE), anchor=False)
    names = sorted({load.table for load in loads if load.quarantined})
    table = st.selectbox(said(_TABLE), [None, *names], format_func=lambda name: name or said(_ALL), key="quarantine")
    rows = list(islice(store.ledger.quarantine(table=table), SHOWN + 1))
    if not rows:
        st.info(said(_CLEAN))
        return
    st.dataframe(quarantined(rows[:SHOWN]), hide_index=True)
    if len(rows) > SHOWN:
        st.caption(said(_FIRST, n=SHOWN))
    st.text(said(_HOW))
    correction(store, table)


def quarantined(rows: list[QuarantinedRow]) -> pl.DataFrame:
    """A line for each row, its value masked."""
    return pl.DataFrame(
        {
            said(_TABLE): [each.table for each in rows],
            said(_FILE): [shortened(each.file, _LONGEST) for each in rows],
            said(_LINE): [each.line for each in rows],
            said(_COLUMN): [shortened(each.column, _LONGEST) for each in rows],
            said(_VALUE): [shortened(each.value, _LONGEST) for each in rows],
            said(_REASON): [shortened(each.reason, _LONGEST) for each in rows],
        }
    )
