"""How often the honest are hit: what the scores lead to expect, and what analysts have found."""

from datetime import UTC, datetime, timedelta

import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from cases.casebook import Casebook
from graph.language import Saying
from graph.results import Run
from graph.store.contract import Store

WINDOWS = (7, 30, 90, None)
"""Days of judgements that are counted together; None for all."""

_EXPECTED = Saying(
    "If every ring of this run were acted on, about {honest:,.0f} honest people of {members:,} members would be hit "
    "({share:%}), by the scores.",
    "若对本次运行的全部团伙采取措施，按评分预计 {members:,} 名成员中约有 {honest:,.0f} 名正常客户被误伤（{share:%}）。",
)
_UNKNOWN = Saying("This run does not say how many honest people to expect.", "本次运行未给出预计误伤人数。")
_JUDGED = Saying("What analysts found of members of rings", "分析员对团伙成员的认定")
_NOBODY = Saying(
    "Nobody has been judged yet. Judgements on the rings' pages make these figures, and better scores.",
    "尚无认定。在团伙页面作出的认定会形成这些数字，并改进评分。",
)
_WINDOW = Saying("Judged in", "认定时间")
_DAYS = Saying("the last {n} days", "最近 {n} 天")
_EVER = Saying("all time", "全部")
_FRAUD = Saying("Fraud", "欺诈")
_HONEST = Saying("Honest", "正常")
_SHARE = Saying("Honest, %", "正常占比，%")


def honest(store: Store, run: Run, book: Casebook) -> None:
    """The expectation of the run, and the judgements."""
    expected = run.figures.get("false_kills")
    members = store.runs.members(run_id=run.run_id)["applicant_id"].n_unique()
    if expected is None or not members:
        st.info(said(_UNKNOWN))
    else:
        st.text(said(_EXPECTED, honest=expected, members=members, share=min(expected / members, 1.0)))
    st.subheader(said(_JUDGED), anchor=False)
    now = datetime.now(UTC)
    labels = book.standing(int(now.timestamp())).labels
    if labels.is_empty():
        st.info(said(_NOBODY))
        return
    st.dataframe(judged(labels, now), hide_index=True, height="content")


def judged(labels: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """A line for each window. `labels`: as in `cases.standing.Standing`."""
    parts = [labels if days is None else _since(labels, now, days) for days in WINDOWS]
    fraud = [part.filter(pl.col("label") == "fraud").height for part in parts]
    clear = [part.height - guilty for part, guilty in zip(parts, fraud, strict=True)]
    return pl.DataFrame(
        {
            said(_WINDOW): [said(_EVER) if days is None else said(_DAYS, n=days) for days in WINDOWS],
            said(_FRAUD): fraud,
            said(_HONEST): clear,
            said(_SHARE): [round(100 * b / (a + b), 1) if a + b else None for a, b in zip(fraud, clear, strict=True)],
        },
        schema_overrides={said(_SHARE): pl.Float64},
    )


def _since(labels: pl.DataFrame, now: datetime, days: int) -> pl.DataFrame:
    return labels.filter(pl.col("decided_at") >= int((now - timedelta(days=days)).timestamp()))
