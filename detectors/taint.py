"""Taint: who is on a blacklist or labelled as fraud, and who is near, decaying with distance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from detectors.contract import Context
from detectors.links import Links
from graph.ontology.nodes import CARD, DEVICE, IP, NATIONAL_ID, PHONE, WIFI
from graph.projection import Index, Ints, Mask, Projection

DIRECT = 1.0
THROUGH_IDENTIFIER = 0.6
"""Somebody who uses a blacklisted device is not the one who was listed."""

KNOWN = 0.5
"""Above this somebody is known fraud himself, or uses something that was listed."""

DECAY = 0.4
STEPS = 2
FULL_LINK = 8.0
"""Nats from which a link passes on all that decay leaves."""

BUSY = 20
"""A listed identifier with more users taints nobody: one entry must not taint a crowd."""

LABEL_OF = {
    "device": DEVICE.label,
    "phone": PHONE.label,
    "card": CARD.label,
    "ip": IP.label,
    "wifi": WIFI.label,
    "id_hash": NATIONAL_ID.label,
}
"""Node label of what is listed, by the blacklist's kind."""


@dataclass(frozen=True, slots=True)
class Known:
    """What others have said of each account itself.

    `level`: 0 to 1, from labels and blacklist entries; `cleared`: those whose latest label is `legit`.
    """

    level: npt.NDArray[np.float64]
    cleared: Mask

    @property
    def fraud(self) -> Mask:
        """Who is labelled as fraud or listed himself, and was not cleared."""
        return (self.level >= DIRECT) & ~self.cleared

    def without(self, accounts: Index) -> "Known":
        """What would be known if nothing had been said of these accounts themselves."""
        level, cleared = self.level.copy(), self.cleared.copy()
        level[accounts], cleared[accounts] = 0, False
        return Known(level, cleared)


def known(context: Context) -> Known:
    """What labels and the blacklist say."""
    return Known(_direct(context), _labelled(context, "legit"))


def taint(links: Links, said: Known) -> npt.NDArray[np.float64]:
    """Of each account, 0 to 1. Somebody whose latest label is `legit` has none and passes none on."""
    level = np.where(said.cleared, 0.0, said.level)
    passes = DECAY * np.minimum(links.weight / FULL_LINK, 1)
    for _ in range(STEPS):
        spread = level.copy()
        np.maximum.at(spread, links.high, level[links.low] * passes)
        np.maximum.at(spread, links.low, level[links.high] * passes)
        level = np.where(said.cleared, 0.0, spread)
    return level


def known_fraud(context: Context) -> Mask:
    """Who is labelled as fraud or listed, or uses something listed, and was not cleared."""
    said = known(context)
    return (said.level >= THROUGH_IDENTIFIER) & ~said.cleared


def _direct(context: Context) -> npt.NDArray[np.float64]:
    projection = context.projection
    level = np.where(_labelled(context, "fraud"), DIRECT, 0.0)
    listed = projection.blacklist.filter(pl.col("kind") == "applicant")["value"].unique()
    level[places_of(listed, projection.accounts)] = DIRECT
    for kind, label in LABEL_OF.items():
        seen = projection.observations[label]
        users = seen.applicant[blacklisted(projection, kind)[seen.identifier]]
        level[users] = np.maximum(level[users], THROUGH_IDENTIFIER)
    return level


def blacklisted(projection: Projection, kind: str) -> Mask:
    """Which identifiers of the kind are on the blacklist, those of crowds aside."""
    values = projection.blacklist.filter(pl.col("kind") == kind)["value"].unique()
    seen = projection.observations[LABEL_OF[kind]]
    number = places_of(values, seen.keys)
    begin, end = (np.searchsorted(seen.identifier, number, side=side) for side in ("left", "right"))
    listed = np.zeros(len(seen.keys), np.bool_)
    listed[number[end - begin <= BUSY]] = True
    return listed


def places_of(values: pl.Series, keys: pl.Series) -> Ints:
    """Where among the keys (sorted) those of these values stand that are there."""
    if not len(keys):
        return np.empty(0, np.int64)
    place = np.minimum(keys.search_sorted(values).to_numpy().astype(np.int64), len(keys) - 1)
    return np.asarray(place[(keys.gather(place) == values).to_numpy()])


def latest_labels(projection: Projection) -> pl.DataFrame:
    """The latest label of everybody who has any: `applicant`, `label`, `decided_at`."""
    return projection.labels.sort("decided_at", "label").unique("applicant", keep="last")


def _labelled(context: Context, label: str) -> Mask:
    """Whose latest label is this one."""
    latest = latest_labels(context.projection)
    mask = np.zeros(len(context.roof), np.bool_)
    mask[latest.filter(pl.col("label") == label)["applicant"].to_numpy()] = True
    return mask
