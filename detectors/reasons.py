"""Reason codes in plain sentences. The text holds counts only, no personal data."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from detectors.contract import Finding
from detectors.sharing import SOURCES
from graph.results import Reason

Figures = Mapping[str, float]

_SHARED: dict[str, tuple[str, str]] = {
    "shared_device": ("used the same device", "used the same {n} devices"),
    "shared_wifi": ("were on the same WiFi", "were on the same {n} WiFi networks"),
    "shared_ip": ("came from the same IP address", "came from the same {n} IP addresses"),
    "shared_address": ("gave the same address", "gave the same {n} addresses"),
    "shared_employer": ("named the same employer", "named the same {n} employers"),
    "shared_phone": ("gave the same phone number as their own", "gave the same {n} phone numbers as their own"),
    "shared_card": ("bound the same bank card", "bound the same {n} bank cards"),
    "shared_id": ("showed the same national id", "showed the same {n} national ids"),
    "shared_contact": ("list the same contact phone", "list the same {n} contact phones"),
    "shared_friend": ("list the same person as a contact", "list the same {n} people as contacts"),
    "shared_payee": ("sent money to the same account", "sent money to the same {n} accounts"),
    "shared_partner": ("sent money to the same person", "sent money to the same {n} people"),
}

_FOUND: dict[str, str] = {
    "known_circle": "{people} members are firmly tied to somebody who is labelled as fraud or blacklisted.",
    "transfer_cycle": "Money went round in a circle of {people} members and came back to where it started.",
    "mutual_transfers": "{people} members sent like amounts back and forth within a month.",
    "mule_account": "Money of {people} members ran through one account and was gone within three days.",
}

_MEASURED: dict[str, tuple[Callable[[Figures], float], Callable[[Figures], str]]] = {
    "many_homes": (
        lambda f: 0.5 * max(f["roofs"] - 3, 0) ** 0.5,
        lambda f: f"The {f['size']:.0f} members live in {f['roofs']:.0f} different homes.",
    ),
    "burst": (
        lambda f: 4 * max(f["tempo"] - 0.6, 0) * (f["size"] >= 4),
        lambda f: f"{f['tempo'] * f['size']:.0f} of {f['size']:.0f} members first applied within two weeks.",
    ),
    "known_fraud": (
        lambda f: 2.0 * f["tainted"],
        lambda f: f"{f['tainted']:.0f} of {f['size']:.0f} members are labelled as fraud or use something blacklisted.",
    ),
}

NEAR_FRAUD = Reason(code="near_fraud", text="Linked to somebody who is labelled as fraud or blacklisted.", weight=1.0)
"""Why somebody without a ring has a score."""

CODES: tuple[str, ...] = (*_SHARED, *_FOUND, *_MEASURED)
"""Every reason code that a ring can have."""


def shared_counts(ground: pl.DataFrame) -> dict[int, list[tuple[str, int, int, float]]]:
    """For each group what it shares: reason code, identifiers, members who share any, gain in nats."""
    counts = (
        ground.explode("applicants")
        .group_by("group", "source")
        .agg(pl.col("identifier").n_unique().alias("identifiers"), pl.col("applicants").n_unique().alias("members"))
        .join(_gains(ground), on=["group", "source"])
        .sort("group", "source")
    )
    found: dict[int, list[tuple[str, int, int, float]]] = {}
    for group, source, identifiers, members, gain in counts.iter_rows():
        found.setdefault(group, []).append((SOURCES[source].code, identifiers, members, gain))
    return found


def _gains(ground: pl.DataFrame) -> pl.DataFrame:
    return (
        ground.sort("group", "source", "identifier")
        .group_by("group", "source", maintain_order=True)
        .agg(pl.col("gain").sum())
    )


def ring_reasons(
    figures: Figures, shared: Sequence[tuple[str, int, int, float]], findings: Sequence[Finding]
) -> tuple[Reason, ...]:
    """Why this is a ring, the most telling first; at least one."""
    size = figures["size"]
    reasons = [
        _reason(
            code,
            f"{members} of {size:.0f} members {_SHARED[code][identifiers > 1].format(n=identifiers)}.",
            gain / size,
        )
        for code, identifiers, members, gain in shared
    ]
    for code, sentence in _FOUND.items():
        best = max((one for one in findings if one.code == code), key=lambda one: len(one.members), default=None)
        if best is not None:
            reasons.append(_reason(code, sentence.format(people=len(best.members)), 4 * best.score))
    measured = ((code, weigh(figures), say) for code, (weigh, say) in _MEASURED.items())
    reasons += [_reason(code, say(figures), weight) for code, weight, say in measured if weight > 0]
    return tuple(sorted(reasons, key=lambda reason: (-reason.weight, reason.code)))


def _reason(code: str, text: str, weight: float) -> Reason:
    return Reason.model_construct(code=code, text=text, weight=round(float(weight), 6))
