"""The queue: rings ranked by the money at stake, filtered, sorted and paged in the store."""

from datetime import UTC, datetime
from typing import Any

import polars as pl
import streamlit as st

from app.explorer.frame import language, navigation
from app.explorer.queue.filters import filters
from app.explorer.wording import CHANGES, moment, name_of
from app.telling import summary_in
from graph.results import RingSummary, Run
from graph.store.contract import Store

PAGE = 50


def show(store: Store, run: Run) -> None:
    """The queue of the published run."""
    spoken = language.spoken()
    st.title("Fraud rings", anchor=False)
    st.text(
        f"{run.rings:,} rings among {run.applicants:,} applicants, by what was known on {moment(run.as_of)}. "
        f"Run {run.run_id}, published {moment(run.published_at)}."
    )
    query = filters(store)
    found = store.runs.count_rings(query.where, run_id=run.run_id)
    if not found:
        st.info("No ring fits this search and these filters." if query.narrowed else "This run found no rings.")
        return
    question = f"{run.run_id} {hash(query):x}"  # each has its own page, which stays while a ring is looked at
    offset = (st.session_state.get(f"page {question}", 1) - 1) * PAGE
    found_here = store.runs.rings(query.where, order=query.order, offset=offset, limit=PAGE, run_id=run.run_id)
    rings = [summary_in(ring, spoken) for ring in found_here]
    _table(rings, key=f"{question} {offset}")
    _pages(found, offset, len(rings), key=f"page {question}")


def _table(rings: list[RingSummary], *, key: str) -> None:
    """One line a ring. Its id is a button that opens it; by keyboard, Shift and Space in its line do.

    A click on a button comes back with the id that was clicked. A chosen line comes back as a number: the key holds
    everything that decides which rings are shown, so the number never counts other lines than the analyst saw. Cells
    cannot be chosen: a table that opens a ring as soon as a cell has the focus shuts the keyboard out.
    """
    event = st.dataframe(
        frame(rings),
        hide_index=True,
        height="content",
        row_height=38,
        column_config=_COLUMNS,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
    )
    clicked = st.session_state.get(_OPENED)
    if clicked:
        navigation.open_ring(clicked["label"])
    for number in event.selection.rows:
        navigation.open_ring(rings[number].ring_id)


def frame(rings: list[RingSummary]) -> pl.DataFrame:
    """The lines of the table, money in major units."""
    return pl.DataFrame(
        {
            "ring": [ring.ring_id for ring in rings],
            "loss": [ring.expected_loss / 100 for ring in rings],
            "score": [ring.score for ring in rings],
            "size": [ring.size for ring in rings],
            "honest": [ring.false_kills for ring in rings],
            "exposure": [ring.exposure / 100 for ring in rings],
            "change": [CHANGES[ring.change] for ring in rings],
            "kind": [name_of(ring.kind) for ring in rings],
            "why": [ring.headline for ring in rings],
            "last": [_time(ring.last_seen) for ring in rings],
        },
        schema_overrides={"honest": pl.Float64, "last": pl.Datetime("ms")},
    )


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def _pages(found: int, offset: int, shown: int, *, key: str) -> None:
    left, right = st.columns([2, 3], vertical_alignment="center")
    left.caption(f"{offset + 1:,} to {offset + shown:,} of {found:,} rings. Click a ring to open it.")
    with right:
        st.pagination(-(-found // PAGE), key=key, persist_state="session")


_OPENED = "opened"
_COLUMNS: dict[str, Any] = {
    "ring": st.column_config.ButtonColumn("Ring", key=_OPENED, pinned=True, alignment="left", width=130),
    "loss": st.column_config.NumberColumn("Expected loss", format="%,.0f", help="Score times exposure", width=100),
    "score": st.column_config.ProgressColumn("Score", min_value=0, max_value=1, format="%.2f", width=105),
    "size": st.column_config.NumberColumn("Members", width=75),
    "honest": st.column_config.NumberColumn(
        "Honest", format="%.1f", help="Honest people to expect among its members", width=65
    ),
    "exposure": st.column_config.NumberColumn(
        "Exposure", format="%,.0f", help="Sum of its members' applications", width=90
    ),
    "change": st.column_config.TextColumn("Change", help="Since the run before", width=75),
    "kind": st.column_config.TextColumn("Joined by", width=120),
    "why": st.column_config.TextColumn("Most telling reason", width=400),
    "last": st.column_config.DateColumn("Last seen", format="YYYY-MM-DD", width=95),
}
