"""The search box: whatever an analyst has in hand, and which rings it leads to."""

from dataclasses import dataclass

import streamlit as st

from app.explorer.frame import state
from app.explorer.frame.language import said
from app.explorer.search import BEGINNINGS, RING, USERS, Hit, begin, find
from app.explorer.wording import masked, name_of
from graph.language import Saying
from graph.store.contract import Store

_SEARCH = Saying("Search", "搜索")
_HINT = Saying(
    "Ring, applicant or application (or how its id begins); phone, device, WiFi, IP, card, address, employer, "
    "national id token in full",
    "团伙、申请人、申请编号（可只输开头）；手机号、设备、WiFi、IP、银行卡、地址、单位、证件号令牌（须完整）",
)
_PLACEHOLDER = Saying(
    "As {kinds}, this is a placeholder that stands for nobody: no ring rests on it.",
    "作为{kinds}，这是占位值，不代表任何人，不会据此形成团伙。",
)
_NOTHING = Saying(
    "Nothing in the graph is called that. Check for a missing digit, or search by another identifier.",
    "图中没有匹配的内容。请检查是否缺位，或换一种标识搜索。",
)
_FOUND = Saying("{what}: {count:# applicant|# applicants}.", "{what}：{count} 名申请人。")
_MANY = Saying(
    "{what}: {count} applicants or more, the latest {count} are looked at.",
    "{what}：{count} 名以上申请人，仅查看最近的 {count} 名。",
)
_MORE = Saying("Ids that begin so: the first {count} are looked at.", "以此开头的编号：仅查看前 {count} 个。")


@dataclass(frozen=True, slots=True)
class Found:
    """What the queue is narrowed to: rings of these applicants, or these rings; both None where nothing is searched."""

    applicants: tuple[str, ...] | None = None
    rings: tuple[str, ...] | None = None


def search(store: Store) -> Found:
    """The box, what was found in words, and what that leads to."""
    text = st.text_input(
        said(_SEARCH), placeholder=said(_HINT), max_chars=500, key="search", persist_state="session"
    ).strip()
    if not text:
        return Found()
    hits = find(store, text, state.settings().region)
    if all(hit.placeholder for hit in hits):
        hits += begin(store, text)
    for line in _words(hits):
        st.text(line)
    rings = tuple(hit.key for hit in hits if hit.label == RING and not hit.applicants)
    if rings:
        return Found(rings=rings)
    return Found(tuple(sorted({applicant for hit in hits for applicant in hit.applicants})))


def _words(hits: list[Hit]) -> list[str]:
    """What was found; placeholders are worth a line only where nothing else is."""
    known = [hit for hit in hits if not hit.placeholder]
    if known:
        more = [said(_MORE, count=BEGINNINGS)] if len(known) >= BEGINNINGS else []
        return [*(_told(hit) for hit in known), *more]
    if hits:
        return [said(_PLACEHOLDER, kinds=", ".join(name_of(hit.label) for hit in hits))]
    return [said(_NOTHING)]


def _told(hit: Hit) -> str:
    count, name = len(hit.applicants), f"{name_of(hit.label)} {masked(hit.label, hit.key)}"
    if hit.label == RING and not count:
        return name
    return said(_MANY if count == USERS else _FOUND, what=name, count=count)
