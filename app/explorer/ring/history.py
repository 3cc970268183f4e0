"""How a ring came to be what it is, run by run."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from app.explorer.changes import change_name
from app.explorer.frame import state
from app.explorer.frame.language import said
from app.explorer.wording import moment, money
from graph.language import Saying
from graph.results import Ring, Run
from graph.store.contract import Store

_RUN = Saying("Run", "运行")
_AS_OF = Saying("As of", "数据截至")
_CHANGE = Saying("Change", "变化")
_SIZE = Saying("Members", "成员数")
_SCORE = Saying("Score", "评分")
_LOSS = Saying("Expected loss", "预期损失")
_JOINED = Saying("Joined", "新加入")
_LEFT = Saying("Left", "已离开")
_FROM = Saying("Came from", "来源团伙")
_FIRST = Saying("This ring is in one run alone, the current one.", "此团伙仅出现在当前运行中。")


def history(store: Store, run: Run, ring: Ring) -> None:
    """A line for each kept run, the latest first, that has a ring of this id."""
    kept = [one for one in store.runs.runs() if one.as_of <= run.as_of]
    found = [(one, past) for one in kept if (past := state.ring_of(store, one.run_id, ring.ring_id))]
    if len(found) < 2:
        st.info(said(_FIRST))
    st.dataframe(
        frame(found),
        hide_index=True,
        height="content",
        column_config={said(_SCORE): st.column_config.ProgressColumn(min_value=0, max_value=1, format="%.2f")},
    )


def frame(found: Sequence[tuple[Run, Ring]]) -> pl.DataFrame:
    """The lines; who joined and left is told against the line below."""
    rings = [ring for _, ring in found]
    people = [{member.applicant_id for member in ring.members} for ring in rings]
    pairs = list(zip(people, [*people[1:], set()], strict=True))
    return pl.DataFrame(
        {
            said(_RUN): [run.run_id for run, _ in found],
            said(_AS_OF): [moment(run.as_of) for run, _ in found],
            said(_CHANGE): [change_name(ring.change) for ring in rings],
            said(_SIZE): [ring.size for ring in rings],
            said(_SCORE): [ring.score for ring in rings],
            said(_LOSS): [money(ring.expected_loss) for ring in rings],
            said(_JOINED): [", ".join(sorted(now - before)) if before else "" for now, before in pairs],
            said(_LEFT): [", ".join(sorted(before - now)) for now, before in pairs],
            said(_FROM): [", ".join(one for one in ring.previous if one != ring.ring_id) for ring in rings],
        }
    )
