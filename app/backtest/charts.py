"""The report's chart as SVG to put into a page: no script, nothing from outside."""

from collections.abc import Sequence

import polars as pl

from app.backtest.report import Day, Standing

_WIDTH, _HEIGHT = 780, 220
_COLOURS = {
    Standing.FRAUD: "#0072b2",
    Standing.KNOWN: "#56b4e9",
    Standing.LEGIT: "#d55e00",
    Standing.OPEN: "#bbbbbb",
}
"""Told apart by the colour-blind too (Okabe and Ito, 2008)."""


def days_chart(days: Sequence[Day]) -> str:
    """People flagged on each date, by how they stand."""
    import altair as alt  # noqa: PLC0415 (takes long to load, which other commands need not wait for)
    import vl_convert  # noqa: PLC0415

    rows = [(f"{day.as_of:%Y-%m-%d}", each.value, getattr(day.flagged, each)) for day in days for each in _COLOURS]
    table = pl.DataFrame(rows, schema=["date", "standing", "people"], orient="row")
    scale = alt.Scale(domain=[each.value for each in _COLOURS], range=list(_COLOURS.values()))
    chart = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X("date:O", title=None),
            y=alt.Y("people:Q", title="people flagged"),
            color=alt.Color("standing:N", scale=scale, title=None),
        )
        .properties(width=_WIDTH, height=_HEIGHT)
    )
    return vl_convert.vegalite_to_svg(chart.to_dict())
