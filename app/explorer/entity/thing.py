"""An identifier: who uses it and from when to when, what kind of hub it is and why, and which rings rest on it."""

import altair as alt
import polars as pl
import streamlit as st

from app.explorer import table
from app.explorer.entity.sightings import Sighting, evidence_of, read
from app.explorer.frame import language, state
from app.explorer.frame.language import said
from app.explorer.frame.navigation import open_person, open_ring
from app.explorer.palette import STYLES
from app.explorer.wording import day, masked, moment, name_of, property_words
from app.telling import fact_words, ring_in
from graph.language import Saying
from graph.ontology import NODE_BY_LABEL
from graph.ontology.nodes import APPLICANT
from graph.results import ApplicantScore, Ring, Run
from graph.store.contract import Neighbourhood, Node, Store

RINGS = 10
"""So many rings of the users are looked at, those of the highest scores."""

_WHAT = Saying(
    "{key}: {n:one applicant|# applicants}, by what was known on {as_of}. Run {run}.",
    "{key}：{n:,} 名申请人。数据截至 {as_of}。运行 {run}。",
)
_MORE = Saying("The latest {n:,} are listed; {left:,} more are not.", "仅列出最近 {n:,} 名，另有 {left:,} 名未列出。")
_USERS = Saying("Who uses it", "使用者")
_HUB = Saying("What it is to detection", "识别结论")
_NO_HUB = Saying("No ring rests on it.", "没有团伙以此为证据。")
_NEW = Saying("New applicants by week", "每周新增使用者")
_COUNT = Saying("Applicants", "申请人数")
_APPLICANT = Saying("Applicant", "申请人")
_NAME = Saying("Name", "姓名")
_HOW = Saying("How", "方式")
_FIRST = Saying("First seen", "首次出现")
_LAST = Saying("Last seen", "最近出现")
_SCORE = Saying("Score", "评分")
_RINGS = Saying("Rings", "团伙")
_NOBODY = Saying("Nobody was seen with it by then.", "截至该时间没有人使用过。")


def show(store: Store, run: Run, node: Node) -> None:
    """The page of an identifier."""
    around, seen = read(store, NODE_BY_LABEL[node.kind], node.key, int(run.as_of.timestamp()))
    users = [one for one in seen if one.kind == APPLICANT.label]
    left = sum(around.left_out.values())
    scores = store.runs.scores([one.key for one in users])
    _header(run, around.centre, len({one.key for one in users}) + left)
    if not users:
        st.info(said(_NOBODY))
        return
    rings = _rings(store, run, scores)
    _hub(node, rings)
    _arrivals(node, users)
    _users(around, users, scores, left)


def _header(run: Run, node: Node, users: int) -> None:
    st.title(name_of(node.kind), anchor=False)
    st.text(said(_WHAT, key=masked(node.kind, node.key), n=users, as_of=moment(run.as_of), run=run.run_id))
    for name, value in sorted(node.properties.items()):
        text = property_words(node.kind, name, value)
        if text:
            st.text(f"{name_of(name)}: {text}")


def _rings(store: Store, run: Run, scores: dict[str, ApplicantScore]) -> list[Ring]:
    """The rings of its users, told in the language of the page."""
    best: dict[str, float] = {}
    for one in (one for score in scores.values() for one in score.rings):
        best[one.ring_id] = max(one.score, best.get(one.ring_id, 0.0))
    ids = sorted(best, key=lambda ring_id: (-best[ring_id], ring_id))[:RINGS]
    found = (state.ring_of(store, run.run_id, ring_id) for ring_id in ids)
    return [ring_in(ring, language.spoken()) for ring in found if ring]


def _hub(node: Node, rings: list[Ring]) -> None:
    st.subheader(said(_HUB), anchor=False)
    resting = [(ring, items) for ring in rings if (items := evidence_of([ring], node.kind, node.key))]
    if not resting:
        st.text(said(_NO_HUB))
    for ring, items in resting:
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(ring.ring_id, key=f"ring {ring.ring_id}"):
                open_ring(ring.ring_id)
            st.text(language.spoken().text(fact_words(items[0], language.spoken()), items[0].detail), width="stretch")


def _arrivals(node: Node, users: list[Sighting]) -> None:
    """When its users came: a burst, a succession, or a steady stream."""
    firsts = [one.first for one in users if one.first is not None]
    if len(firsts) < 2:
        return
    weeks = pl.DataFrame({"week": pl.from_epoch(pl.Series(firsts, dtype=pl.Int64)).dt.truncate("1w")})
    chart = (
        alt.Chart(weeks.group_by("week").len("users").sort("week"))
        .mark_bar(color=STYLES[node.kind].colour)
        .encode(x=alt.X("week:T", title=None), y=alt.Y("users:Q", title=said(_COUNT)), tooltip=["week:T", "users:Q"])
        .properties(height=120)
    )
    st.altair_chart(chart, width="stretch", alt=said(_NEW))


def _users(around: Neighbourhood, users: list[Sighting], scores: dict[str, ApplicantScore], left: int) -> None:
    st.subheader(said(_USERS), anchor=False)
    names = {node.key: node.properties.get("name", "") for node in around.nodes if node.kind == APPLICANT.label}
    chosen = table.show(
        {
            said(_APPLICANT): [masked(APPLICANT.label, one.key) for one in users],
            said(_NAME): [property_words(APPLICANT.label, "name", names.get(one.key, "")) for one in users],
            said(_HOW): [name_of(one.type) for one in users],
            said(_FIRST): [day(one.first) for one in users],
            said(_LAST): [day(one.last) for one in users],
            said(_SCORE): [scores[one.key].score if one.key in scores else 0.0 for one in users],
            said(_RINGS): [_ring_ids(scores.get(one.key)) for one in users],
        },
        references=[one.key for one in users],
        key="users",
    )
    if left:
        st.caption(said(_MORE, n=len(users), left=left))
    if chosen:
        open_person(chosen)


def _ring_ids(score: ApplicantScore | None) -> str:
    return ", ".join(one.ring_id for one in score.rings) if score else ""
