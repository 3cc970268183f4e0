"""Rings like this one: those that have something in common with it, and those that are made in the same way."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

import streamlit as st

from app.explorer import table
from app.explorer.frame.language import said
from app.explorer.frame.navigation import open_ring
from app.explorer.wording import masked, money, name_of
from graph.language import Saying
from graph.ontology import NODE_BY_LABEL
from graph.results import LIVING, Ring, RingSummary, Run
from graph.store.contract import RingFilter, RingOrder, Store

SHOWN = 10
"""How many are listed of either sort."""
LOOKED_AT = 20
"""How many of the weightiest identifiers are followed to other rings."""
USERS = 200
COMPARED = 500
"""How many rings of the same kind are compared, those of the highest score."""

_RING = Saying("Ring", "团伙")
_WHY = Saying("Why", "相似之处")
_SIZE = Saying("Members", "成员数")
_SCORE = Saying("Score", "评分")
_LOSS = Saying("Expected loss", "预期损失")
_SHARES = Saying("Has {things} in common", "共有 {things}")
_SAME = Saying("Joined in the same way, of like size and score", "关联方式相同，规模和评分相近")
_NONE = Saying("No other ring is like this one.", "没有与之相似的团伙。")


@dataclass(frozen=True, slots=True)
class Alike:
    """A ring, and what (label, key) it has in common with the one that is looked at; empty if it is just made alike."""

    ring: RingSummary
    things: tuple[tuple[str, str], ...] = ()


def similar(store: Store, run: Run, ring: Ring) -> None:
    """The table; a click opens a ring."""
    alike = _alike(store, run, ring, run.run_id, ring.ring_id)
    if not alike:
        st.info(said(_NONE))
        return
    chosen = table.show(
        {
            said(_RING): [one.ring.ring_id for one in alike],
            said(_WHY): [_why(one) for one in alike],
            said(_SIZE): [one.ring.size for one in alike],
            said(_SCORE): [round(one.ring.score, 2) for one in alike],
            said(_LOSS): [money(one.ring.expected_loss) for one in alike],
        },
        references=[one.ring.ring_id for one in alike],
        key="similar",
    )
    if chosen:
        open_ring(chosen)


@st.cache_resource(show_spinner=False, max_entries=100)
def _alike(_store: Store, _run: Run, _ring: Ring, run_id: str, ring_id: str) -> list[Alike]:  # noqa: ARG001 (the key)
    touching = list(_touching(_store, _run, _ring))
    known = {ring_id, *(one.ring.ring_id for one in touching)}
    return [*touching, *_made_alike(_store, _run, _ring, known)]


def _why(alike: Alike) -> str:
    things = ", ".join(f"{name_of(kind)} {masked(kind, key)}" for kind, key in alike.things)
    return said(_SHARES, things=things) if things else said(_SAME)


def _touching(store: Store, run: Run, ring: Ring) -> Iterator[Alike]:
    """Rings of other people who use the identifiers that this one rests on most, the most in common first."""
    members = {member.applicant_id for member in ring.members}
    weightiest = sorted(ring.evidence, key=lambda item: (-item.weight, item.kind, item.key))
    keys = list(dict.fromkeys((item.kind, item.key) for item in weightiest if _is_identifier(item.kind)))[:LOOKED_AT]
    common: dict[str, list[tuple[str, str]]] = {}
    for kind, key in keys:
        others = [one for one in store.graph.users(NODE_BY_LABEL[kind], key, limit=USERS) if one not in members]
        scores = store.runs.scores(others)
        for ring_id in sorted({one.ring_id for score in scores.values() for one in score.rings} - {ring.ring_id}):
            common.setdefault(ring_id, []).append((kind, key))
    for ring_id in sorted(common, key=lambda one: (-len(common[one]), one))[:SHOWN]:
        found = store.runs.ring(ring_id, run_id=run.run_id)
        if found:
            yield Alike(found, tuple(common[ring_id]))


def _is_identifier(kind: str) -> bool:
    return kind in NODE_BY_LABEL and NODE_BY_LABEL[kind].identifier


def _made_alike(store: Store, run: Run, ring: Ring, known: set[str]) -> list[Alike]:
    where = RingFilter(change=LIVING, kind=(ring.kind,))
    found = store.runs.rings(where, order=RingOrder.SCORE, limit=COMPARED, run_id=run.run_id)
    others = [one for one in found if one.ring_id not in known]
    nearest = sorted(others, key=lambda one: (_distance(ring, one), one.ring_id))
    return [Alike(one) for one in nearest[:SHOWN]]


def _distance(ring: RingSummary, other: RingSummary) -> float:
    """Twice as large counts as much as half the range of scores."""
    return abs(log(ring.size / other.size, 2)) / 2 + abs(ring.score - other.score)
