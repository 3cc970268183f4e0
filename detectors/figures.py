"""What is measured of every ring: how much its members share, over how many homes, how fast, with how much money."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from detectors.anomaly.unusual import Unusual, ring_unusual
from detectors.blocks.peeling import blocks
from detectors.confirming import confirming
from detectors.contract import Context
from detectors.profiles import MILLI, PIECE, SUPPORTING
from detectors.rings import Gathered
from detectors.sharing import DAY, SOURCES, Family
from detectors.taint import KNOWN
from graph.projection import Index

TEMPO_WINDOW = 14 * DAY
UNCONFIRMED = 1.0
"""Nats per tie that facts count which nothing confirms; beyond, they count as much as what confirms them: one place
where many meet is no ring, however rare such places are, nor is a chain of families.
"""

_SUPPORTS = [at for at, one in enumerate(SOURCES) if one.family is Family.SOCIAL or one.name == "employer"]
"""Knowing the same people or working at one place confirms nothing: those who meet know each other."""

MOST_PER_FAMILY = 8.0
"""Nats per tie beyond which a family adds nothing: a thousand shared WiFis are still one kind of evidence."""

MET = (Family.PLACE.value, Family.MONEY.value)
ACQUAINTED = 2.0
"""Nats per tie of knowing the same people at which being at the same places and paying the same people counts half:
market traders who pay each other all year meet at the market and have the same suppliers.
"""


def membership(rings: Sequence[Gathered]) -> tuple[Index, Index]:
    """Ring number and member, ordered by both."""
    members = [sorted(ring.members) for ring in rings]
    number = np.repeat(np.arange(len(members), dtype=np.int32), [len(one) for one in members])
    return number, np.array([member for one in members for member in one], np.int32)


def ring_figures(  # noqa: PLR0913, PLR0917 (what is known of rings, each from elsewhere)
    context: Context,
    ring: Index,
    member: Index,
    ground: pl.DataFrame,
    taint: npt.NDArray[np.float64],
    odd: Unusual,
) -> pl.DataFrame:
    """One row per ring, in order: `size`, `roofs`, `depth` (nats per tie), `families`, `asked` (members of whom it is
    known when they first applied), `tempo` (share of those who did within the densest two weeks), `taint` (mean),
    `tainted` (members), `exposure`, `first`, `last`, `block` and `held` (see `blocks`), `unusual` and the numbers of
    odd members (see `ring_unusual`).
    """
    people = pl.DataFrame(
        {
            "ring": ring,
            "roof": context.roof[member],
            "taint": taint[member],
            "asked": first_application(context)[member],
            "exposure": _exposure(context)[member],
        }
    )
    figures = people.group_by("ring").agg(
        pl.len().alias("size"),
        pl.col("roof").n_unique().alias("roofs"),
        pl.col("taint").sort().mean(),
        (pl.col("taint") > KNOWN).sum().alias("tainted"),
        pl.col("exposure").sum(),
        (pl.col("asked") >= 0).sum(),
    )
    figures = figures.join(_tempo(people), on="ring", how="left").join(
        _depth(context, ground, figures), on="ring", how="left"
    )
    figures = figures.join(blocks(context, ring, member), left_on="ring", right_on="group", how="left")
    figures = figures.join(ring_unusual(odd, context.roof, ring, member), on="ring", how="left")
    return figures.sort("ring").with_columns(pl.col("depth", "families", "tempo", "block", "held").fill_null(0))


def _depth(context: Context, ground: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Nats per tie: what is shared in all families, for each roof beyond the first; and how many families matter.

    Knowing each other is no family of its own: it comes with whatever else people share.
    """
    known = pl.col("gain").filter(pl.col("family") == Family.SOCIAL.value).sum().over("ring") / pl.col("ties")
    met = pl.when(pl.col("family").is_in(MET)).then(1 + known / ACQUAINTED).otherwise(1.0)
    most = pl.when(pl.col("family") == Family.SOCIAL.value).then(SUPPORTING / MILLI).otherwise(MOST_PER_FAMILY)
    return (
        _told(context, ground)
        .rename({"group": "ring"})
        .group_by("ring", "family", maintain_order=True)
        .agg(pl.col("gain", "confirming").sum(), pl.col("first").min(), pl.col("last").max())
        .join(figures.select("ring", ties=pl.col("roofs") - 1), on="ring", maintain_order="left")
        .with_columns(pl.col(name) / pl.col("ties") / met for name in ("gain", "confirming"))
        .with_columns(pl.min_horizontal(name, most).alias(name) for name in ("gain", "confirming"))
        .group_by("ring", maintain_order=True)
        .agg(
            pl.col("gain").sum().alias("depth"),
            pl.col("confirming").sum(),
            ((pl.col("gain") >= PIECE / MILLI) & (pl.col("family") != Family.SOCIAL.value)).sum().alias("families"),
            pl.col("first").min(),
            pl.col("last").max(),
        )
        .with_columns(_confirmed(pl.col("depth"), pl.col("confirming")).round(6).alias("depth"))
    )


def _told(context: Context, ground: pl.DataFrame) -> pl.DataFrame:
    """One row for each fact, of what tells most of it: `group`, `family`, `gain` (nats) and how many of them confirm
    others (`confirming`), `first`, `last`; in order.
    """
    family = pl.Series("family", [source.family.value for source in SOURCES])
    told = (
        ground.sort(["group", "gain", "identifier"], descending=[False, True, False])
        .group_by("group", "fact", maintain_order=True)
        .agg(
            pl.col("identifier", "source", "gain", "roofs", "applicants").first(),
            pl.col("first").min(),
            pl.col("last").max(),
        )
    )
    told = told.with_columns(family.gather(told["source"]).alias("family"), confirming=pl.lit(0.0))
    supports = pl.col("source").is_in(_SUPPORTS)
    facts = told.filter(~supports)
    facts = facts.with_columns((pl.col("gain") * pl.Series(confirming(context, facts))).alias("confirming"))
    return pl.concat([facts, told.filter(supports)]).sort("group", "family", "fact")


def _confirmed(depth: pl.Expr, confirming: pl.Expr) -> pl.Expr:
    """What remains of the depth where little of it confirms the rest."""
    return confirming + pl.min_horizontal(depth - confirming, UNCONFIRMED + confirming)


def _tempo(people: pl.DataFrame) -> pl.DataFrame:
    """Share of members whose first application falls in the densest window."""
    asked = people.filter(pl.col("asked") >= 0).sort("ring", "asked")
    ring, time = asked["ring"].to_numpy().astype(np.int64), asked["asked"].to_numpy()
    if not len(time):
        return pl.DataFrame(schema={"ring": pl.Int32, "tempo": pl.Float64})
    place = ring * (int(time.max()) + TEMPO_WINDOW + 1) + time
    within = np.searchsorted(place, place + TEMPO_WINDOW, side="right") - np.arange(len(place))
    return (
        asked.with_columns(pl.Series("within", within))
        .group_by("ring")
        .agg((pl.col("within").max() / pl.len()).alias("tempo"))
    )


def first_application(context: Context) -> npt.NDArray[np.int64]:
    """Of each account, when it first applied; when it was created where it never did; -1 where neither is known."""
    asked = context.projection.applications
    first = np.full(len(context.roof), np.iinfo(np.int64).max, np.int64)
    np.minimum.at(first, asked.applicant, asked.time)
    return np.where(first == np.iinfo(np.int64).max, context.projection.created_at, first)


def _exposure(context: Context) -> npt.NDArray[np.int64]:
    """Of each account, the sum of what it applied for, in minor units."""
    total = np.zeros(len(context.roof), np.int64)
    np.add.at(total, context.projection.applications.applicant, context.projection.applications.amount)
    return total
