"""Scores as sums of named parts: first of weights, which rank rings, then turned into probabilities (`calibrated`).

The most that a part can add to a total is its weight; the weights add up to 1. Every part approaches its weight without
reaching it, so that totals stay spread and can be ranked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from detectors.contract import Finding
from detectors.sentences import APPLICANT_PARTS, PARTS, part_detail
from graph.language import Figures, Language, Saying
from graph.projection import Index
from graph.results import Part

WEIGHTS = {
    "ties": 0.2,
    "independence": 0.04,
    "reach": 0.096,
    "tempo": 0.064,
    "money": 0.16,
    "taint": 0.24,
    "block": 0.18,
    "unusual": 0.02,
}

MONEY = ("transfer_cycle", "mule_account", "layering", "fan_in", "structuring")
"""Money findings that count. Mutual transfers tell who knows whom, and nothing more: of 256 such findings in twelve
tuning worlds none was of a ring, all were of friends and savings circles."""

KNOWN_SHARE = 0.75
"""Probability of fraud of somebody who is in no ring, but is labelled as fraud or listed: labels and lists err."""

LEAST_HOLD, HOLD = 0.64, 0.6
"""What a ring's total counts for a member whom it does not hold, and how much more it counts for the best held; with
the hold that is usual, 0.6, it counts in full.
"""

SLIGHT = 0.02
"""Most that being unusual adds to the score of a member, or of somebody near known fraud. Alone it gives nobody a
score: honest customers are unusual too, and it hardly tells them apart.
"""

UNKNOWN_HOLD = 0.5
"""Of members whom only money ties to the ring."""

CHANCE = 12.0
"""Nats that a group must exceed: so much a family of three homes may share, and rings are rare."""

SURPRISE = 20.0
"""Nats beyond that at which the part `ties` reaches 1 - 1/e of its weight."""

DEEP = 20.0
"""Nats per tie at which that counts for 1 - 1/e: a long chain of loose ties is no ring, however much it adds up to."""

REACH = 4.0
"""Homes beyond the second at which the part `reach` reaches 1 - 1/e of its weight."""

FIRM = 6.0
"""Nats per tie from which the homes count in full: many homes that little ties together are friends of friends."""

HELD = 8.0
"""Nats per home of a dense block at which that counts for 1 - 1/e."""

FEWEST_HOMES = 3
"""Of a dense block: two homes that share much are relatives or friends."""

ODD_CHANCE, ODD = 3.0, 8.0
"""Nats by which a group's homes must be unusual, and beyond them those at which that counts for 1 - 1/e."""

USUAL_TEMPO = 0.35
"""Share of a group's first applications that falls into its densest two weeks by chance."""

DIGITS = 9
"""Of what is published; parts of totals have 6, so that rings of different totals have different scores."""

BELOW_ONE = 0.99
"""Keeps parts below their weights that could reach them."""


def ring_parts(figures: dict[str, float], findings: Sequence[Finding], credit: Mapping[str, float]) -> tuple[Part, ...]:
    """The parts of a ring's score, from a row of `ring_figures`, the findings it is made of and how far their kinds are
    believed.
    """
    money = max(
        (
            one.score * min(len(one.members) / figures["size"], 1) * credit[one.code]
            for one in findings
            if one.code in MONEY
        ),
        default=0,
    )
    families = figures["families"] + (money > 0)
    shares = {
        "ties": (1 - np.exp(-max(figures["depth"] * (figures["roofs"] - 1) - CHANCE, 0) / SURPRISE))
        * (1 - np.exp(-figures["depth"] / DEEP)),
        "independence": 1 - 0.5 ** max(families - 1, 0),
        "reach": (1 - np.exp(-max(figures["roofs"] - 2, 0) / REACH)) * max(min(figures["depth"] / FIRM, 1), money),
        "tempo": max(figures["tempo"] - USUAL_TEMPO, 0) / (1 - USUAL_TEMPO) * BELOW_ONE,
        "money": money,
        "taint": figures["taint"] * BELOW_ONE,
        "block": _block(figures),
        "unusual": 1 - np.exp(-max(figures["unusual"] - ODD_CHANCE, 0) / ODD),
    }
    measured: dict[str, Figures] = {
        "ties": {"nats": figures["depth"]},
        "independence": {"families": int(families)},
        "reach": {"homes": int(figures["roofs"])},
        "tempo": {"tempo": round(figures["tempo"], 6)},
        "taint": {"tainted": int(figures["tainted"])},
        "block": {"block": int(figures["block"])},
        "unusual": {"rarity": round(min(float(np.exp(figures["unusual"])), 1e9))},
    }
    return tuple(
        _part(PARTS, name, round(WEIGHTS[name] * float(share), 6), measured.get(name, {}))
        for name, share in shares.items()
        if share > 0
    )


def _block(figures: dict[str, float]) -> float:
    """How firmly the group's dense block is held together, by how many of the group's homes are in it."""
    if figures["block"] < FEWEST_HOMES:
        return 0.0
    return float(figures["block"] / figures["roofs"] * (1 - np.exp(-figures["held"] / figures["block"] / HELD)))


def _part(sayings: Mapping[str, Saying], name: str, value: float, figures: Figures) -> Part:
    detail = part_detail(sayings, name, figures, Language.EN)
    return Part.model_construct(name=name, value=value, detail=detail, figures=figures)


def total(parts: Sequence[Part]) -> float:
    """What these parts add up to."""
    return round(min(sum(part.value for part in parts), 1.0), DIGITS)


def taint_part(level: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What taint adds to the totals of rings, by the mean of their members."""
    return WEIGHTS["taint"] * BELOW_ONE * level


def calibrated(parts: Sequence[Part], chance: float) -> tuple[Part, ...]:
    """The parts of a score that is a probability, in the proportions that they have in the total."""
    scale = chance / sum(part.value for part in parts)
    return tuple(part.model_copy(update={"value": round(part.value * scale, DIGITS)}) for part in parts)


def member_total(ring: npt.NDArray[np.float64], hold: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What the totals of rings count for members whom they hold so firmly (0 to 1)."""
    return np.minimum(ring * (LEAST_HOLD + HOLD * hold), 1)


def applicant_parts(member: float, taint: float, unusual: float) -> tuple[Part, ...]:
    """The parts of an applicant's score: how likely he is a fraudster by his ring, what known fraud nearby adds, and
    what being more `unusual` than this share of customers does.
    """
    near = round((1 - member) * KNOWN_SHARE * taint, DIGITS)
    odd = round((1 - member - near) * SLIGHT * unusual, DIGITS)
    parts = (
        _part(APPLICANT_PARTS, "ring", member, {}),
        _part(APPLICANT_PARTS, "taint", near, {}),
        _part(APPLICANT_PARTS, "unusual", odd, {"level": round(unusual, 6)}),
    )
    return tuple(part for part in parts if part.value > 0)


@dataclass(frozen=True, slots=True)
class Totals:
    """Rings before calibration. `total` by ring; `ring`, `member` (account) and `hold` of each membership, in order of
    the first two.
    """

    total: npt.NDArray[np.float64]
    ring: Index
    member: Index
    hold: npt.NDArray[np.float64]


def totals(parts: Sequence[Sequence[Part]], ring: Index, member: Index, ground: pl.DataFrame) -> Totals:
    """The totals of rings of these parts, members and common ground."""
    held = pl.DataFrame({"group": ring, "member": member}).join(
        holds(ground), on=["group", "member"], how="left", maintain_order="left"
    )
    hold = held["hold"].fill_null(UNKNOWN_HOLD).to_numpy()
    return Totals(np.array([total(one) for one in parts], np.float64), ring, member, hold)


def holds(ground: pl.DataFrame) -> pl.DataFrame:
    """How firmly each member is held by its group: `group`, `member`, `hold` (0 to 1, of the best held)."""
    held = (
        ground.select("group", "identifier", "gain", "users", member="applicants")
        .explode("member")
        .sort("group", "member", "identifier")
        .group_by("group", "member", maintain_order=True)
        .agg((pl.col("gain") / pl.col("users")).sum().alias("hold"))
    )
    return held.with_columns((pl.col("hold") / pl.col("hold").max().over("group")).fill_nan(1.0).round(6))
