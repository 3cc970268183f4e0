"""Weighs groups: what their members share, how known fraud taints them, and the parts of their scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from detectors.anomaly.unusual import Unusual, unusual
from detectors.common_ground import common_ground
from detectors.contract import Context
from detectors.credit import believed, finding_credit
from detectors.figures import membership, ring_figures
from detectors.rings import Gathered
from detectors.scoring import Totals, ring_parts, totals
from detectors.spread import Neighbours, Reach, neighbours, spread
from detectors.taint import Floats, Known, known, reached, taint
from graph.results import Part


@dataclass(frozen=True, slots=True)
class Customers:
    """What is known of accounts before any group is looked at: what others `said`, who is `near` to whom, what of known
    fraud they are `reached` by and how much that adds up to (`hints`), how tainted that makes them, how `odd` they are.
    """

    said: Known
    near: Neighbours
    reached: Reach
    hints: Floats
    taint: Floats
    odd: Unusual


@dataclass(frozen=True, slots=True)
class Weighed:
    """Groups with what they have in common (`ground`, as far as it is believed), `figures` and `parts` by group."""

    gathered: Sequence[Gathered]
    ground: pl.DataFrame
    figures: list[dict[str, float]]
    parts: list[tuple[Part, ...]]
    totals: Totals


def customers(context: Context) -> Customers:
    """What is known of the accounts of this projection."""
    said = known(context)
    near = neighbours(context.links, len(context.roof))
    found = reached(near, said)
    hints = spread(found, len(context.roof))
    return Customers(said, near, found, hints, taint(said, hints), unusual(context))


def weighed(context: Context, about: Customers, gathered: Sequence[Gathered]) -> Weighed:
    """Weigh these groups."""
    ring, member = membership(gathered)
    ground = believed(context, common_ground(context, ring, member), about.said)
    figures = ring_figures(context, ring, member, ground, about.taint, about.odd).to_dicts()
    credit = finding_credit(context, [one for group in gathered for one in group.findings], about.said)
    parts = [ring_parts(row, one.findings, credit) for row, one in zip(figures, gathered, strict=True)]
    return Weighed(gathered, ground, figures, parts, totals(parts, ring, member, ground))
