"""The report's charts as SVG to put into a page: no script, nothing from outside."""

from collections.abc import Sequence

import polars as pl

from app.nightly.report import Changes, TableQuality
from app.score_spread import ScoreBin

_WIDTH = 460
_BLUE, _ORANGE = "#0072b2", "#d55e00"  # told apart by the colour-blind too (Okabe and Ito, 2008)


def changes_chart(changes: Sequence[Changes]) -> str:
    """Rings by how they stand to the run before."""
    return _bars([{"name": each.change.value, "count": each.count} for each in changes], "rings", _BLUE)


def scores_chart(bins: Sequence[ScoreBin]) -> str:
    """Applicants by score, those at 0 left out."""
    return _bars(
        [{"name": f"{each.low:.1f}-{each.high:.1f}", "count": each.applicants} for each in bins], "applicants", _BLUE
    )


def quality_chart(tables: Sequence[TableQuality]) -> str:
    """Share of bad rows by table, in per cent."""
    return _bars(
        [{"name": each.table, "count": round(100 * each.bad_share, 3)} for each in tables],
        "rows in quarantine, %",
        _ORANGE,
    )


def _bars(values: list[dict[str, object]], unit: str, colour: str) -> str:
    """Horizontal bars in the order given, each with its value."""
    import altair as alt  # noqa: PLC0415 (takes long to load, which other commands need not wait for)
    import vl_convert  # noqa: PLC0415

    table = pl.DataFrame(values)
    span = alt.Scale(domain=[0, max(1.0, float(table.select(pl.col("count").max()).item()))])
    base = alt.Chart(table).encode(x=alt.X("count:Q", title=unit, scale=span), y=alt.Y("name:N", title=None, sort=None))
    bars = base.mark_bar(color=colour)
    labels = base.mark_text(align="left", dx=4).encode(text=alt.Text("count:Q", format=",~f"))
    chart = (bars + labels).properties(width=_WIDTH)
    return vl_convert.vegalite_to_svg(chart.to_dict())
