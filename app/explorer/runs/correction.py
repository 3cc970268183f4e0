"""The way out of quarantine: rows are taken out for correction, for a purpose that is kept, and loaded again."""

import tempfile
from pathlib import Path

import streamlit as st

from app.explorer.frame import session, state
from app.explorer.frame.language import said
from app.explorer.frame.unmasking import logged
from app.plain_text import printable
from cases.people import Role
from graph.errors import RingfenceError
from graph.language import Saying
from graph.store.contract import Store
from ingest.options import Options
from ingest.quarantine import Correction, export_quarantine, load_corrected

_TITLE = Saying("Correct and load again", "更正并重新载入")
_PURPOSE = Saying("What the rows are taken out for (is kept in the access log)", "导出用途（将记入访问日志）")
_EXPORT = Saying("Take out the rows", "导出这些行")
_SAVE = Saying("Save the file", "保存文件")
_PERSONAL = Saying(
    "The file holds personal data, unmasked. Correct its cells, and leave the columns that begin with _ as they are.",
    "文件含未脱敏的个人数据。请只修改单元格内容，保留以 _ 开头的列。",
)
_UPLOAD = Saying("The corrected file", "更正后的文件")
_LOAD = Saying("Load it", "载入")
_NO_FILE = Saying("Choose a file first.", "请先选择文件。")
_LOADED = Saying(
    "{n:One row has|# rows have} left quarantine; {bad:one is|# are} still bad.",
    "{n:,} 行已解除隔离，{bad:,} 行仍有问题。",
)
_TAKEN = "quarantine taken"


def correction(store: Store, table: str | None) -> None:
    """Both ways, for who may see personal data; of this table alone if one is named."""
    if not session.may(Role.REVIEWER):
        return
    with st.expander(said(_TITLE)):
        out, back = st.columns(2, gap="large")
        with out:
            _take_out(store, table)
        with back:
            _bring_back(store)


def _take_out(store: Store, table: str | None) -> None:
    with st.form("take_out", border=False):
        purpose = st.text_input(said(_PURPOSE), max_chars=500)
        if st.form_submit_button(said(_EXPORT)):
            try:
                logged("export", f"quarantine {table or ''}".strip(), purpose)
                st.session_state[_TAKEN] = exported(store, table)
            except RingfenceError as error:
                st.text(str(error))
    taken = st.session_state.get(_TAKEN)
    if taken is not None:
        st.text(said(_PERSONAL))
        st.download_button(said(_SAVE), taken, "quarantine.csv", "text/csv", key="save quarantine")


def exported(store: Store, table: str | None) -> bytes:
    """The rows as a CSV file for spreadsheets, formulas guarded."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quarantine.csv"
        export_quarantine(store, path, table)
        return path.read_bytes()


def _bring_back(store: Store) -> None:
    with st.form("bring_back", border=False, clear_on_submit=True):
        file = st.file_uploader(said(_UPLOAD), type="csv")
        wanted = st.form_submit_button(said(_LOAD))
    if not wanted:
        return
    if file is None:
        st.warning(said(_NO_FILE))
        return
    try:
        session.acting(Role.REVIEWER)
        done = corrected(store, file.getvalue())
    except RingfenceError as error:
        st.text(printable(str(error)))
        return
    st.session_state.pop(_TAKEN, None)
    st.success(said(_LOADED, n=done.released, bad=len(done.still_bad)))
    for row in done.still_bad[:20]:
        st.text(printable(f"{row.table} {row.line} {row.column}: {row.reason}"))


def corrected(store: Store, content: bytes) -> Correction:
    """Load a corrected export; raises as `load_corrected` does."""
    settings = state.settings()
    options = Options(settings.work_dir, settings.region, settings.max_bad_share)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrected.csv"
        path.write_bytes(content)
        return load_corrected(store, path, options)
