"""A person: score, parts and reasons, rings, what was seen when, money, applications, judgements, decisions."""

import polars as pl
import streamlit as st

from app.explorer import table
from app.explorer.entity.decided import decided
from app.explorer.entity.judged import judged
from app.explorer.entity.sightings import Sighting, read, weights
from app.explorer.entity.spans import spans
from app.explorer.frame import language, state
from app.explorer.frame.language import said
from app.explorer.frame.navigation import open_person, open_ring, open_thing
from app.explorer.frame.references import reference
from app.explorer.score_parts import score_parts
from app.explorer.wording import day, masked, moment, money, name_of, property_words
from app.masking import masked_score
from app.telling import score_in
from graph.language import Saying
from graph.ontology import NODE_BY_LABEL
from graph.ontology.nodes import ACCOUNT, APPLICANT, APPLICATION
from graph.results import ApplicantScore, Ring, Run
from graph.store.contract import Neighbourhood, Store

USERS = 50
"""So many users of an identifier are counted."""

_TITLE = Saying("Applicant", "申请人")
_WHO = Saying(
    "{who} {name}  Score {score:.2f}. By what was known on {as_of}. Run {run}.",
    "{who} {name}  评分 {score:.2f}。数据截至 {as_of}。运行 {run}。",
)
_CLEAR = Saying("Nothing speaks against this person: a score of 0.", "未发现不利线索：评分为 0。")
_IN_RINGS = Saying("In rings", "所在团伙")
_TABS = (
    Saying("Why", "原因"),
    Saying("Seen with", "关联标识"),
    Saying("Money", "资金"),
    Saying("Applications", "申请"),
    Saying("Judgements", "认定"),
)
_DECISIONS = Saying("Decisions", "决定")
_KIND = Saying("Kind", "类型")
_KEY = Saying("Identifier", "标识")
_FIRST = Saying("First seen", "首次出现")
_LAST = Saying("Last seen", "最近出现")
_BY = Saying("Applicants", "使用人数")
_WEIGHT = Saying("Weight in rings", "团伙证据权重")
_NO_SIGHTINGS = Saying("Nothing was seen of this person by then.", "截至该时间没有此人的任何记录。")
_NO_MONEY = Saying("No transfer of this person is known.", "没有此人的转账记录。")
_NO_APPLICATION = Saying("No application of this person is known.", "没有此人的申请记录。")
_LEFT_OUT = Saying("{n:One older line is|# older lines are} not shown.", "另有 {n:,} 条更早的记录未列出。")
_WHEN = Saying("When", "时间")
_PARTNER = Saying("With", "对方")
_IN = Saying("In", "转入")
_OUT = Saying("Out", "转出")
_APPLICATION = Saying("Application", "申请编号")
_FACTS = Saying("Facts", "内容")


def show(store: Store, run: Run, applicant_id: str) -> None:
    """The page of an applicant that the graph knows."""
    as_of = int(run.as_of.timestamp())
    around, seen = read(store, APPLICANT, applicant_id, as_of)
    score = store.runs.score(applicant_id)
    told = masked_score(score_in(score, language.spoken())) if score else None
    rings = [ring for one in (told.rings if told else ()) if (ring := state.ring_of(store, run.run_id, one.ring_id))]
    _header(run, around, told)
    names = (*_TABS, _DECISIONS) if state.has_decisions() else _TABS
    why, sightings, flow, asked_for, said_of, *made = st.tabs([said(name) for name in names])
    with why:
        _why(told)
    with sightings:
        _sightings(store, applicant_id, seen, rings)
        _left_out(around)
    with flow:
        _money(seen)
    with asked_for:
        _applications(around, seen)
    with said_of:
        judged(state.casebook(), applicant_id)
    for tab in made:
        with tab:
            decided(applicant_id)


def _header(run: Run, around: Neighbourhood, score: ApplicantScore | None) -> None:
    st.title(said(_TITLE), anchor=False)
    name = property_words(APPLICANT.label, "name", around.centre.properties.get("name", ""))
    who = masked(APPLICANT.label, around.centre.key)
    value = score.score if score else 0.0
    st.text(said(_WHO, who=who, name=name, score=value, as_of=moment(run.as_of), run=run.run_id))
    if score and score.rings:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(said(_IN_RINGS))
            for one in score.rings:
                if st.button(one.ring_id, key=f"ring {one.ring_id}"):
                    open_ring(one.ring_id)


def _why(score: ApplicantScore | None) -> None:
    if score is None or not score.parts:
        st.info(said(_CLEAR))
        return
    for reason in score.reasons:
        st.text(language.spoken().text(reason.text, reason.compared))
    score_parts(score.parts)


def _sightings(store: Store, applicant_id: str, seen: list[Sighting], rings: list[Ring]) -> None:
    things = [one for one in seen if one.kind not in {ACCOUNT.label, APPLICANT.label, APPLICATION.label}]
    if not things:
        st.info(said(_NO_SIGHTINGS))
        return
    weight = weights(rings, applicant_id)
    spans(things)
    chosen = table.show(
        {
            said(_KEY): [masked(one.kind, one.key) for one in things],
            said(_KIND): [name_of(one.type) for one in things],
            said(_FIRST): [day(one.first) for one in things],
            said(_LAST): [day(one.last) for one in things],
            said(_BY): [_users(store, one) for one in things],
            said(_WEIGHT): [
                f"{weight[one.kind, one.key]:.1f}" if (one.kind, one.key) in weight else "" for one in things
            ],
        },
        references=[reference(one.kind, one.key) for one in things],
        key="things",
    )
    if chosen:
        open_thing(applicant_id, chosen)


def _users(store: Store, one: Sighting) -> str:
    count = len(store.graph.users(NODE_BY_LABEL[one.kind], one.key, limit=USERS))
    return f"{USERS}+" if count == USERS else str(count)


def _left_out(around: Neighbourhood) -> None:
    count = sum(around.left_out.values())
    if count:
        st.caption(said(_LEFT_OUT, n=count))


def _money(seen: list[Sighting]) -> None:
    moves = [one for one in seen if one.kind in {ACCOUNT.label, APPLICANT.label}]
    if not moves:
        st.info(said(_NO_MONEY))
        return
    amounts = [int(one.properties.get("amount", 0)) for one in moves]
    chosen = table.show(
        {
            said(_PARTNER): [masked(one.kind, one.key) for one in moves],
            said(_WHEN): [day(one.last) for one in moves],
            said(_IN): ["" if one.outgoing else money(amount) for one, amount in zip(moves, amounts, strict=True)],
            said(_OUT): [money(amount) if one.outgoing else "" for one, amount in zip(moves, amounts, strict=True)],
        },
        references=[one.key if one.kind == APPLICANT.label else "" for one in moves],
        key="money",
    )
    if chosen:
        open_person(chosen)


def _applications(around: Neighbourhood, seen: list[Sighting]) -> None:
    found = [one for one in seen if one.kind == APPLICATION.label]
    if not found:
        st.info(said(_NO_APPLICATION))
        return
    facts = {node.key: node.properties for node in around.nodes if node.kind == APPLICATION.label}
    st.dataframe(
        pl.DataFrame(
            {
                said(_APPLICATION): [masked(one.kind, one.key) for one in found],
                said(_WHEN): [day(one.last) for one in found],
                said(_FACTS): [_facts(facts.get(one.key, {})) for one in found],
            }
        ),
        hide_index=True,
    )


def _facts(properties: dict[str, str | int]) -> str:
    words = ((name_of(name), property_words(APPLICATION.label, name, value)) for name, value in properties.items())
    return "  ".join(f"{name}: {text}" for name, text in words if text)
