"""What the score of a ring is made of, and what is usual."""

import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from app.explorer.score_parts import score_parts
from graph.language import Saying
from graph.results import Ring

_THIS = Saying("This ring", "此团伙")
_USUAL = Saying("A normal customer", "正常客户")
_COMPARED = Saying("Compared with a normal customer", "与正常客户比较")


def score(ring: Ring) -> None:
    """The parts, which add up to the score, and each reason beside what is usual; `ring` in the page's language."""
    score_parts(ring.parts)
    st.subheader(said(_COMPARED), anchor=False)
    st.dataframe(
        pl.DataFrame(
            {
                said(_THIS): [reason.text for reason in ring.reasons],
                said(_USUAL): [reason.compared for reason in ring.reasons],
            }
        ),
        hide_index=True,
        height="content",
    )
