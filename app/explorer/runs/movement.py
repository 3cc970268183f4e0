"""From run to run: rings that are new, grown, split or gone, and how far the scores have moved."""

from collections.abc import Sequence

import altair as alt
import polars as pl
import streamlit as st

from app.explorer.changes import change_name
from app.explorer.frame.language import said
from app.explorer.wording import moment
from app.score_spread import bins_of, clear_of, drift
from graph.language import Saying
from graph.results import Change, Run
from graph.store.contract import RingFilter, Store

SHOWN = 14
"""How many runs are compared, the latest."""
STABLE, SHIFTED = 0.1, 0.25

_RINGS = Saying("Rings by what became of them since the run before", "团伙相对上次运行的变化")
_SCORES = Saying("Applicants by score, this run and the run before", "申请人评分分布：本次与上次")
_RUN = Saying("Run", "运行")
_AS_OF = Saying("As of", "数据截至")
_PEOPLE = Saying("Applicants", "申请人")
_COUNT = Saying("Rings", "团伙数")
_CHANGE = Saying("Change", "变化")
_TOOK = Saying("Seconds", "用时（秒）")
_DRIFT = Saying("Drift of scores", "评分漂移")
_DRIFT_HELP = Saying(
    "Population stability index against the run before: below 0.1 little has moved, above 0.25 much has.",
    "与上次运行相比的群体稳定性指标（PSI）：低于 0.1 变化很小，高于 0.25 变化显著。",
)
_SHIFTED = Saying(
    "Scores have moved much since the run before (PSI {drift:.2f}). Look at the data of the last night before you "
    "trust the queue.",
    "评分较上次运行变化显著（PSI {drift:.2f}）。请先检查最近一晚的数据，再使用队列。",
)
_SCORE = Saying("Score", "评分")
_SHARE = Saying("Share of all applicants, %", "占全部申请人，%")
_ZERO = Saying("{share:%} of the applicants have a score of 0.", "{share:%} 的申请人评分为 0。")
_OLD = Saying(
    "The scores of this run were not counted when it was made; the next run's will be.",
    "本次运行未统计评分分布；下次运行起可查看。",
)


def movement(store: Store) -> None:
    """Charts and a table of the kept runs."""
    runs = store.runs.runs()[:SHOWN]
    moved = drift(runs[1], runs[0]) if len(runs) > 1 else None
    if moved is not None and moved > SHIFTED:
        st.warning(said(_SHIFTED, drift=moved))
    counts = {run.run_id: _changes(store, run.run_id) for run in runs}
    left, right = st.columns(2)
    with left:
        st.subheader(said(_RINGS), anchor=False)
        st.altair_chart(_changes_chart(runs, counts), width="stretch", alt=said(_RINGS))
    with right:
        st.subheader(said(_SCORES), anchor=False)
        _scores(runs[:2])
    drift_column = st.column_config.NumberColumn(help=said(_DRIFT_HELP), format="%.3f")
    st.dataframe(table(runs, counts), hide_index=True, height="content", column_config={said(_DRIFT): drift_column})


@st.cache_data(show_spinner=False, max_entries=500)
def _changes(_store: Store, run_id: str) -> dict[Change, int]:
    """A published run never changes."""
    return {one: _store.runs.count_rings(RingFilter(change=(one.value,)), run_id=run_id) for one in Change}


def table(runs: Sequence[Run], counts: dict[str, dict[Change, int]]) -> pl.DataFrame:
    """A line for each run, the latest first."""
    before = [*runs[1:], None]
    columns: dict[str, list[object]] = {
        said(_RUN): [run.run_id for run in runs],
        said(_AS_OF): [moment(run.as_of) for run in runs],
        said(_PEOPLE): [run.applicants for run in runs],
        said(_COUNT): [run.rings for run in runs],
    }
    for one in Change:
        columns[change_name(one)] = [counts[run.run_id][one] for run in runs]
    columns |= {
        said(_TOOK): [_seconds(run) for run in runs],
        said(_DRIFT): [drift(old, run) if old else None for run, old in zip(runs, before, strict=True)],
    }
    return pl.DataFrame(columns, strict=False)


def _seconds(run: Run) -> float | None:
    return round((run.finished_at - run.started_at).total_seconds(), 1) if run.finished_at else None


def _changes_chart(runs: Sequence[Run], counts: dict[str, dict[Change, int]]) -> alt.Chart:
    rows = [
        {
            "run": run.run_id,
            "day": moment(run.started_at),
            "order": number,
            "change": change_name(one),
            "kind": at,
            "rings": counts[run.run_id][one],
        }
        for number, run in enumerate(reversed(runs))
        for at, one in enumerate(Change)
        if one is not Change.SAME
    ]
    names = [change_name(one) for one in Change if one is not Change.SAME]
    colours = alt.Scale(domain=names, range=["#D55E00", "#E69F00", "#56B4E9", "#CC79A7", "#0072B2", "#999999"])
    chart: alt.Chart = (
        alt.Chart(pl.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X(
                "day:N", title=said(_RUN), sort=alt.EncodingSortField("order", op="min"), axis=alt.Axis(labelAngle=-20)
            ),
            y=alt.Y("rings:Q", title=said(_COUNT)),
            color=alt.Color("change:N", title=said(_CHANGE), scale=colours),
            order=alt.Order("kind:Q"),
            tooltip=["run:N", "day:N", "change:N", "rings:Q"],
        )
        .properties(height=280)
    )
    return chart


def _scores(runs: Sequence[Run]) -> None:
    rows = [
        {
            "score": f"{one.low:.1f} – {one.high:.1f}",
            "run": run.run_id,
            "share": 100 * one.applicants / run.applicants,
            "applicants": one.applicants,
        }
        for run in runs
        for one in bins_of(run)
    ]
    if not rows:
        st.info(said(_OLD))
        return
    st.altair_chart(
        alt.Chart(pl.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("score:N", title=said(_SCORE), axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("run:N", sort="descending"),
            y=alt.Y("share:Q", title=said(_SHARE)),
            color=alt.Color("run:N", title=said(_RUN), scale=alt.Scale(range=["#999999", "#0072B2"])),
            tooltip=["run:N", "score:N", "applicants:Q", alt.Tooltip("share:Q", format=".3f")],
        )
        .properties(height=250),
        width="stretch",
        alt=said(_SCORES),
    )
    if runs[0].applicants:
        st.caption(said(_ZERO, share=clear_of(runs[0]) / runs[0].applicants))
