"""Which reasons a ring has, with the figures that say them and how telling each is.

The sentences themselves are in `detectors/sentences.py`; the figures are numbers alone, so no personal data is in them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from detectors.anomaly.habits import HABITS
from detectors.contract import Finding
from detectors.money.surprise import unlikely
from detectors.norms import Norms
from detectors.sentences import FOUND, MEASURED, SHARED, comparison, reason_text
from detectors.sharing import SOURCES
from graph.language import Figures, Language
from graph.results import Evidence, Reason

CODES: tuple[str, ...] = (*SHARED, *FOUND, *MEASURED)
"""Every reason code that a ring can have."""

_Measures = Mapping[str, float]

CHANCE = 3.0
"""Nats that odd members must exceed to be told of: twenty to one."""


@dataclass(frozen=True, slots=True)
class Share:
    """What members of a group share of one source: how many identifiers, by how many members, by how many homes the
    same one at most, and the gain in nats.
    """

    code: str
    identifiers: int
    members: int
    homes: int
    gain: float


def shared_counts(ground: pl.DataFrame) -> dict[int, list[Share]]:
    """For each group what it shares."""
    counts = (
        ground.explode("applicants")
        .group_by("group", "source")
        .agg(
            pl.col("identifier").n_unique().alias("identifiers"),
            pl.col("applicants").n_unique().alias("members"),
            pl.col("roofs").max().alias("homes"),
        )
        .join(_gains(ground), on=["group", "source"])
        .sort("group", "source")
    )
    found: dict[int, list[Share]] = {}
    for group, source, *counted in counts.iter_rows():
        found.setdefault(group, []).append(Share(SOURCES[source].code, *counted))
    return found


def _gains(ground: pl.DataFrame) -> pl.DataFrame:
    return (
        ground.sort("group", "source", "identifier")
        .group_by("group", "source", maintain_order=True)
        .agg(pl.col("gain").sum())
    )


def ring_reasons(
    measures: _Measures, shared: Sequence[Share], findings: Sequence[Finding], norms: Norms
) -> tuple[Reason, ...]:
    """Why this is a ring, the most telling first; at least one. `measures`: its row of `ring_figures`."""
    size = int(measures["size"])
    reasons = [_shared(share, size, norms) for share in shared]
    for code in FOUND:
        found = [one for one in findings if one.code == code]
        if found:
            people = len(np.unique(np.concatenate([one.members for one in found])))
            figures = {"people": people, "size": size, "found": len(found), "usual": norms.aside[code]}
            reasons.append(reason_of(code, figures, 4 * max(found, key=lambda one: len(one.members)).score))
    weighed = ((code, weigh(measures), figures) for code, (weigh, figures) in _MEASURED.items())
    reasons += [reason_of(code, figures(measures, norms), weight) for code, weight, figures in weighed if weight > 0]
    reasons += [
        reason_of(f"unusual_{habit}", _odd(habit, measures, norms), weight)
        for habit in HABITS
        if (weight := _oddness(habit, measures, norms)) > 0
    ]
    return tuple(sorted(reasons, key=lambda reason: (-reason.weight, reason.code)))


def reason_of(code: str, figures: Figures, weight: float, evidence: tuple[Evidence, ...] = ()) -> Reason:
    """The reason, put into English for those who read no other language."""
    return Reason.model_construct(
        code=code,
        text=reason_text(code, figures, Language.EN),
        compared=comparison(code, figures, Language.EN),
        weight=round(float(weight), 6),
        figures=figures,
        evidence=evidence,
    )


def _shared(share: Share, size: int, norms: Norms) -> Reason:
    figures: Figures = {
        "members": share.members,
        "size": size,
        "identifiers": share.identifiers,
        "others": share.homes - 1,
        "usual": norms.shared(share.code, share.homes),
    }
    return reason_of(share.code, figures, share.gain / size)


def _many_homes(measures: _Measures, norms: Norms) -> Figures:
    return {"size": int(measures["size"]), "homes": int(measures["roofs"]), "usual": norms.untied}


def _burst(measures: _Measures, norms: Norms) -> Figures:
    size, quick = int(measures["size"]), round(measures["tempo"] * measures["asked"])
    return {"quick": quick, "size": size, "usual": norms.tempo(size)}


def _known_fraud(measures: _Measures, norms: Norms) -> Figures:
    return {"tainted": int(measures["tainted"]), "size": int(measures["size"]), "usual": norms.known}


def _odd(habit: str, measures: _Measures, norms: Norms) -> Figures:
    return {"odd": int(measures[f"odd_{habit}"]), "size": int(measures["size"]), "usual": norms.odd[habit]}


def _oddness(habit: str, measures: _Measures, norms: Norms) -> float:
    """Half of what it takes to be known fraud, for the oddest; nothing for what chance brings together."""
    odd, size, usual = measures[f"odd_{habit}"], measures["size"], norms.odd[habit]
    beyond = float(unlikely(odd, size, usual)) - CHANCE if odd > usual * size else 0.0
    return 1 - float(np.exp(-max(beyond, 0) / CHANCE))


_MEASURED: dict[str, tuple[Callable[[_Measures], float], Callable[[_Measures, Norms], Figures]]] = {
    "many_homes": (lambda f: 0.5 * max(f["roofs"] - 3, 0) ** 0.5, _many_homes),
    "burst": (lambda f: 4 * max(f["tempo"] - 0.6, 0) * (f["size"] >= 4), _burst),
    "known_fraud": (lambda f: 2.0 * f["tainted"], _known_fraud),
}
"""How telling each measured reason is (0: it is none), and its figures."""
