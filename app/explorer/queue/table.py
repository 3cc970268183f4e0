"""The lines of the queue: a ring, what is known of it, and how far its case is."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl
import streamlit as st

from app.case_report.words import STATES
from app.explorer.changes import change_name
from app.explorer.frame.language import said
from app.explorer.wording import name_of
from app.explorer.work.words import age
from app.plain_text import printable, shortened
from cases.desk import now
from cases.model import Case, State
from graph.language import Saying
from graph.results import RingSummary

OPENED = "opened"
"""Key of the click on a ring's id."""

_NAME = 40
_HELD = Saying("{owner} (held by {name})", "{owner}（{name}锁定中）")


def frame(rings: Sequence[RingSummary], cases: Mapping[str, Case]) -> pl.DataFrame:
    """The lines of the table, money in major units."""
    known = [cases.get(ring.ring_id) for ring in rings]
    moment = now()
    return pl.DataFrame(
        {
            "ring": [ring.ring_id for ring in rings],
            "loss": [ring.expected_loss / 100 for ring in rings],
            "score": [ring.score for ring in rings],
            "size": [ring.size for ring in rings],
            "state": [said(STATES[case.state if case else State.OPEN]) for case in known],
            "owner": [_owner(case) for case in known],
            "age": [age(case, moment) for case in known],
            "change": [change_name(ring.change) for ring in rings],
            "kind": [name_of(ring.kind) for ring in rings],
            "why": [ring.headline for ring in rings],
            "honest": [ring.false_kills for ring in rings],
            "exposure": [ring.exposure / 100 for ring in rings],
            "last": [_time(ring.last_seen) for ring in rings],
        },
        schema_overrides={"honest": pl.Float64, "last": pl.Datetime("ms")},
    )


def _owner(case: Case | None) -> str:
    if case is None:
        return ""
    owner = shortened(case.owner or "", _NAME)
    return said(_HELD, owner=owner, name=shortened(case.locked_by, _NAME)) if case.locked_by else printable(owner)


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


_TITLES = {
    "ring": Saying("Ring", "团伙"),
    "loss": Saying("Expected loss", "预期损失"),
    "score": Saying("Score", "评分"),
    "size": Saying("Members", "成员数"),
    "state": Saying("State", "状态"),
    "owner": Saying("Owner", "负责人"),
    "age": Saying("Time limit", "时限"),
    "change": Saying("Change", "变化"),
    "kind": Saying("Joined by", "主要关联"),
    "why": Saying("Most telling reason", "最主要的理由"),
    "honest": Saying("Honest", "误伤"),
    "exposure": Saying("At stake", "涉及金额"),
    "last": Saying("Last seen", "最近出现"),
}
_HELP = {
    "loss": Saying("Score times the money at stake", "评分 × 涉及金额"),
    "honest": Saying("Honest people to expect among its members", "成员中预计的正常客户人数"),
    "exposure": Saying("Sum of its members' applications", "成员申请金额合计"),
    "change": Saying("Since the run before", "与上次检测相比"),
    "age": Saying("Age of the case against the time by which it should be decided", "案件已用时间与结案时限"),
}


def columns() -> dict[str, Any]:
    """How each column is drawn, in the language of the page."""
    column = st.column_config

    def made(kind: Any, name: str, **options: Any) -> Any:  # noqa: ANN401 (Streamlit's own types are such)
        return kind(said(_TITLES[name]), help=said(_HELP[name]) if name in _HELP else None, **options)

    return {
        "ring": column.ButtonColumn(said(_TITLES["ring"]), key=OPENED, pinned=True, alignment="left", width=130),
        "loss": made(column.NumberColumn, "loss", format="%,.0f", width=100),
        "score": made(column.ProgressColumn, "score", min_value=0, max_value=1, format="%.2f", width=105),
        "size": made(column.NumberColumn, "size", width=75),
        "state": made(column.TextColumn, "state", width=85),
        "owner": made(column.TextColumn, "owner", width=100),
        "age": made(column.TextColumn, "age", width=125),
        "change": made(column.TextColumn, "change", width=75),
        "kind": made(column.TextColumn, "kind", width=120),
        "why": made(column.TextColumn, "why", width=400),
        "honest": made(column.NumberColumn, "honest", format="%.1f", width=65),
        "exposure": made(column.NumberColumn, "exposure", format="%,.0f", width=90),
        "last": made(column.DateColumn, "last", format="YYYY-MM-DD", width=95),
    }
