"""The ring in tables: its members, and the money between them. Cells of `st.dataframe` are drawn as text."""

from collections.abc import Mapping
from datetime import UTC, datetime

import polars as pl
import streamlit as st

from app.explorer.wording import masked, moment, property_words
from app.ring_graph import Graph, node_id, transfers
from graph.ontology.nodes import APPLICANT
from graph.results import ApplicantScore, Ring

_WHOLE = 30
"""Up to this many members the table is shown without scrolling."""


def members(ring: Ring, graph: Graph, scores: Mapping[str, ApplicantScore]) -> None:
    """Who is in the ring, the most suspicious first, and in which others by these scores; names masked."""
    rows = sorted(ring.members, key=lambda member: (-member.score, member.applicant_id))
    known = [graph.nodes[node_id(APPLICANT.label, member.applicant_id)] for member in rows]
    st.dataframe(
        pl.DataFrame(
            {
                "Applicant": [member.applicant_id for member in rows],
                "Name": [property_words(APPLICANT.label, "name", values.get("name", "")) for values in known],
                "Score": [member.score for member in rows],
                "Role": [member.role for member in rows],
                "Other rings": [_others(ring, scores.get(member.applicant_id)) for member in rows],
                "Shares": [_shares(graph, member.applicant_id) for member in rows],
                "Customer since": [
                    property_words(APPLICANT.label, "created_at", values.get("created_at", "")) for values in known
                ],
            }
        ),
        hide_index=True,
        height="content" if len(rows) <= _WHOLE else "auto",
        column_config={
            "Score": st.column_config.ProgressColumn(min_value=0, max_value=1, format="%.2f"),
            "Shares": st.column_config.NumberColumn(help="Identifiers shared with other members"),
        },
    )


def _others(ring: Ring, score: ApplicantScore | None) -> str:
    return ", ".join(one.ring_id for one in score.rings if one.ring_id != ring.ring_id) if score else ""


def _shares(graph: Graph, applicant_id: str) -> int:
    ends = set(graph.successors(node_id(APPLICANT.label, applicant_id)))
    return sum(graph.nodes[end]["kind"] != APPLICANT.label for end in ends)


def money_flow(graph: Graph) -> None:
    """The transfers among the members, and to accounts that they share, in order of time."""
    moved = transfers(graph)
    if not moved:
        st.info("No money is known to have moved among the members.")
        return
    st.dataframe(
        pl.DataFrame(
            {
                "When": [_when(values.get("ts")) for _, _, values in moved],
                "From": [_name(graph, start) for start, _, _ in moved],
                "To": [_name(graph, end) for _, end, _ in moved],
                "Amount": [int(values.get("amount", 0)) / 100 for _, _, values in moved],
            }
        ),
        hide_index=True,
        column_config={"Amount": st.column_config.NumberColumn(format="%,.2f")},
    )


def _name(graph: Graph, node: str) -> str:
    return masked(graph.nodes[node]["kind"], graph.nodes[node]["key"])


def _when(seconds: str | int | None) -> str:
    return "" if seconds is None else moment(datetime.fromtimestamp(int(seconds), UTC))
