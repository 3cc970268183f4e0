"""Scores as sums of named parts. The most that a part can add is its weight; the weights add up to 1.

Every part approaches its weight without reaching it, so that scores stay spread and can be ranked.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from detectors.contract import Finding
from detectors.sentences import APPLICANT_PARTS, PARTS, part_detail
from graph.language import Figures, Language, Saying
from graph.results import Part

WEIGHTS = {"ties": 0.25, "independence": 0.05, "reach": 0.12, "tempo": 0.08, "money": 0.15, "taint": 0.35}

MONEY = ("transfer_cycle", "mule_account", "layering", "fan_in", "structuring")
"""Money findings that count. Mutual transfers tell who knows whom, and nothing more: of 256 such findings in twelve
tuning worlds none was of a ring, all were of friends and savings circles."""

RING_SHARE, TAINT_SHARE = 0.85, 0.14
"""Most that an applicant's ring and known fraud nearby can add to the applicant's score."""

LEAST_HOLD = 0.6
"""Share of the ring's score that its loosest member gets."""

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

USUAL_TEMPO = 0.35
"""Share of a group's first applications that falls into its densest two weeks by chance."""


def ring_parts(figures: dict[str, float], findings: Sequence[Finding]) -> tuple[Part, ...]:
    """The parts of a ring's score, from a row of `ring_figures` and the findings it is made of."""
    money = max(
        (one.score * min(len(one.members) / figures["size"], 1) for one in findings if one.code in MONEY),
        default=0,
    )
    families = figures["families"] + (money > 0)
    shares = {
        "ties": (1 - np.exp(-max(figures["depth"] * (figures["roofs"] - 1) - CHANCE, 0) / SURPRISE))
        * (1 - np.exp(-figures["depth"] / DEEP)),
        "independence": 1 - 0.5 ** max(families - 1, 0),
        "reach": (1 - np.exp(-max(figures["roofs"] - 2, 0) / REACH)) * max(min(figures["depth"] / FIRM, 1), money),
        "tempo": max(figures["tempo"] - USUAL_TEMPO, 0) / (1 - USUAL_TEMPO) * 0.99,
        "money": money,
        "taint": figures["taint"] * 0.99,
    }
    measured: dict[str, Figures] = {
        "ties": {"nats": figures["depth"]},
        "independence": {"families": int(families)},
        "reach": {"homes": int(figures["roofs"])},
        "tempo": {"tempo": round(figures["tempo"], 6)},
        "taint": {"tainted": int(figures["tainted"])},
    }
    return tuple(
        _part(PARTS, name, round(WEIGHTS[name] * float(share), 6), measured.get(name, {}))
        for name, share in shares.items()
        if share > 0
    )


def _part(sayings: Mapping[str, Saying], name: str, value: float, figures: Figures) -> Part:
    detail = part_detail(sayings, name, figures, Language.EN)
    return Part.model_construct(name=name, value=value, detail=detail, figures=figures)


def total(parts: Sequence[Part]) -> float:
    """The score that these parts make."""
    return round(min(sum(part.value for part in parts), 1.0), 6)


def member_score(ring: float, hold: float) -> float:
    """What a ring's score means for a member whom it holds so firmly (0 to 1)."""
    return round(RING_SHARE * ring * (LEAST_HOLD + (1 - LEAST_HOLD) * hold), 6)


def applicant_parts(member: float, taint: float) -> tuple[Part, ...]:
    """The parts of an applicant's score: from the ring, and from known fraud nearby."""
    parts = (
        _part(APPLICANT_PARTS, "ring", member, {}),
        _part(APPLICANT_PARTS, "taint", round(TAINT_SHARE * taint, 6), {}),
    )
    return tuple(part for part in parts if part.value > 0)


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
