"""What the score of a ring is made of, and what is usual."""

import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from app.explorer.wording import name_of
from graph.language import Saying
from graph.results import Ring

_PART = Saying("Part", "评分项")
_VALUE = Saying("Adds", "加分")
_DETAIL = Saying("From", "依据")
_THIS = Saying("This ring", "此团伙")
_USUAL = Saying("A normal customer", "正常客户")
_COMPARED = Saying("Compared with a normal customer", "与正常客户比较")


def score(ring: Ring) -> None:
    """The parts, which add up to the score, and each reason beside what is usual; `ring` in the page's language."""
    st.dataframe(
        pl.DataFrame(
            {
                said(_PART): [name_of(part.name) for part in ring.parts],
                said(_VALUE): [part.value for part in ring.parts],
                said(_DETAIL): [part.detail for part in ring.parts],
            }
        ),
        hide_index=True,
        height="content",
        column_config={said(_VALUE): st.column_config.NumberColumn(format="%.3f")},
    )
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
