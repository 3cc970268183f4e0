"""The ring in tables: its members, and the money between them. Cells of `st.dataframe` are drawn as text."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from app.explorer import table
from app.explorer.frame.language import said
from app.explorer.frame.navigation import open_person
from app.explorer.wording import masked, moment, property_words
from app.ring_graph import Graph, node_id, transfers
from graph.language import Saying
from graph.ontology.nodes import APPLICANT
from graph.results import ApplicantScore, Ring

_APPLICANT = Saying("Applicant", "申请人")
_NAME = Saying("Name", "姓名")
_SCORE = Saying("Score", "评分")
_ROLE = Saying("Role", "角色")
_OTHERS = Saying("Other rings", "其他团伙")
_SHARES = Saying("Shares", "共用")
_SHARES_HELP = Saying("Identifiers shared with other members", "与其他成员共用的标识数")
_SINCE = Saying("Customer since", "开户时间")
_WHEN = Saying("When", "时间")
_FROM = Saying("From", "付款方")
_TO = Saying("To", "收款方")
_AMOUNT = Saying("Amount", "金额")
_NO_MONEY = Saying("No money is known to have moved among the members.", "成员之间没有已知的资金往来。")
_ROLES = {"core": Saying("core", "核心"), "edge": Saying("edge", "外围")}


def members(ring: Ring, graph: Graph, scores: Mapping[str, ApplicantScore]) -> None:
    """Who is in the ring, the most suspicious first, and in which others by these scores; masked. A click opens one."""
    rows = sorted(ring.members, key=lambda member: (-member.score, member.applicant_id))
    known = [graph.nodes[node_id(APPLICANT.label, member.applicant_id)] for member in rows]
    chosen = table.show(
        {
            said(_APPLICANT): [member.applicant_id for member in rows],
            said(_NAME): [property_words(APPLICANT.label, "name", values.get("name", "")) for values in known],
            said(_SCORE): [member.score for member in rows],
            said(_ROLE): [said(_ROLES[member.role]) if member.role in _ROLES else member.role for member in rows],
            said(_OTHERS): [_others(ring, scores.get(member.applicant_id)) for member in rows],
            said(_SHARES): [_shares(graph, member.applicant_id) for member in rows],
            said(_SINCE): [
                property_words(APPLICANT.label, "created_at", values.get("created_at", "")) for values in known
            ],
        },
        references=[member.applicant_id for member in rows],
        key="members",
        looks={
            said(_SCORE): st.column_config.ProgressColumn(min_value=0, max_value=1, format="%.2f"),
            said(_SHARES): st.column_config.NumberColumn(help=said(_SHARES_HELP)),
        },
    )
    if chosen:
        open_person(chosen)


def _others(ring: Ring, score: ApplicantScore | None) -> str:
    return ", ".join(one.ring_id for one in score.rings if one.ring_id != ring.ring_id) if score else ""


def _shares(graph: Graph, applicant_id: str) -> int:
    ends = set(graph.successors(node_id(APPLICANT.label, applicant_id)))
    return sum(graph.nodes[end]["kind"] != APPLICANT.label for end in ends)


def money_flow(graph: Graph) -> None:
    """The transfers among the members, and to accounts that they share, in order of time."""
    moved = transfers(graph)
    if not moved:
        st.info(said(_NO_MONEY))
        return
    st.dataframe(
        pl.DataFrame(
            {
                said(_WHEN): [moment(int(values["ts"])) if "ts" in values else "" for _, _, values in moved],
                said(_FROM): [_name(graph, start) for start, _, _ in moved],
                said(_TO): [_name(graph, end) for _, end, _ in moved],
                said(_AMOUNT): [int(values.get("amount", 0)) / 100 for _, _, values in moved],
            }
        ),
        hide_index=True,
        column_config={said(_AMOUNT): st.column_config.NumberColumn(format="%,.2f")},
    )


def _name(graph: Graph, node: str) -> str:
    return masked(graph.nodes[node]["kind"], graph.nodes[node]["key"])
