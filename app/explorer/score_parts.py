"""What a score is made of, as a table."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from app.explorer.frame.language import said
from app.explorer.wording import name_of
from graph.language import Saying
from graph.results import Part

_PART = Saying("Part", "评分项")
_VALUE = Saying("Adds", "加分")
_DETAIL = Saying("From", "依据")


def score_parts(parts: Sequence[Part]) -> None:
    """The parts, which add up to the score; in the language of the page."""
    st.dataframe(
        pl.DataFrame(
            {
                said(_PART): [name_of(part.name) for part in parts],
                said(_VALUE): [part.value for part in parts],
                said(_DETAIL): [part.detail for part in parts],
            }
        ),
        hide_index=True,
        height="content",
        column_config={said(_VALUE): st.column_config.NumberColumn(format="%.3f")},
    )
