"""The nights that the ledger keeps: when, how long, how they ended."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from app.explorer.wording import moment
from app.nightly.report import Failure, NightReport, Status
from app.plain_text import printable, shortened
from graph.language import Saying
from graph.ledger import NightLine

_NONE = Saying(
    "No night has run on this store yet. `ringfence nightly FOLDER` loads what is new, finds rings and publishes them.",
    "此库尚未运行过夜间批处理。`ringfence nightly 文件夹` 会载入新数据、识别团伙并发布结果。",
)
_FAILED = Saying("The last night failed in its step {step}.", "最近一次夜间批处理在“{step}”步骤失败。")
_STEPS = {
    "ingest": Saying("Loading", "载入"),
    "detect": Saying("Detection", "识别"),
    "compare": Saying("Comparison", "比较"),
    "start": Saying("Start", "启动"),
}
_STATUS = {Status.DONE: Saying("Done", "完成"), Status.FAILED: Saying("Failed", "失败")}
_BEGAN = Saying("Began", "开始时间")
_ENDED = Saying("Ended as", "结果")
_WHOLE = Saying("Seconds in all", "总秒数")
_SECONDS = Saying("{step}, s", "{step}（秒）")
_ROWS = Saying("Rows read", "读取行数")
_BAD = Saying("Quarantined", "隔离行数")
_RUN = Saying("Run in force", "生效的运行")
_WHY = Saying("Why it failed", "失败原因")
_LONGEST = 300


def nights(kept: Sequence[NightLine]) -> None:
    """A line for each night, the latest first; above them what to do if the last one failed."""
    if not kept:
        st.info(said(_NONE))
        return
    reports = [NightReport.model_validate_json(line.report) for line in kept]
    if reports[0].failure:
        _failure(reports[0].failure)
    st.dataframe(frame(reports), hide_index=True, height="content" if len(reports) <= _PAGE else "auto")


_PAGE = 20
"""Up to this many nights the table is shown without scrolling."""


def frame(reports: Sequence[NightReport]) -> pl.DataFrame:
    """The lines of the table, in the language of the page."""
    columns: dict[str, list[Any]] = {
        said(_BEGAN): [moment(each.started_at) for each in reports],
        said(_ENDED): [said(_STATUS[each.status]) for each in reports],
        said(_WHOLE): [round((each.finished_at - each.started_at).total_seconds(), 1) for each in reports],
    }
    for name in ("ingest", "detect", "compare"):
        columns[said(_SECONDS, step=said(_STEPS[name]))] = [_seconds(each, name) for each in reports]
    columns |= {
        said(_ROWS): [sum(table.rows_read for table in each.tables) for each in reports],
        said(_BAD): [sum(table.quarantined for table in each.tables) for each in reports],
        said(_RUN): [each.in_force or "" for each in reports],
        said(_WHY): [shortened(each.failure.error, _LONGEST) if each.failure else "" for each in reports],
    }
    return pl.DataFrame(columns, strict=False)


def _seconds(report: NightReport, name: str) -> float | None:
    return next((round(step.seconds, 1) for step in report.steps if step.name == name), None)


def _failure(failure: Failure) -> None:
    step = _STEPS.get(failure.step)
    st.error(said(_FAILED, step=said(step) if step else ""))
    st.text(printable(f"{failure.error}\n{failure.go_on}"))
