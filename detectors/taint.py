"""Taint: who is on a blacklist or labelled as fraud, and who is near (`detectors/spread.py`)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from detectors.calibration import Curve
from detectors.contract import Context
from detectors.spread import Neighbours, Reach, added, reach, spread
from graph.judgements import APPLICANT_KIND, in_force, judgements
from graph.ontology.nodes import CARD, DEVICE, IP, NATIONAL_ID, PHONE, WIFI
from graph.projection import Index, Ints, Mask, Projection

Floats = npt.NDArray[np.float64]

DIRECT = 1.0
THROUGH_IDENTIFIER = 0.6
"""Somebody who uses a blacklisted device is not the one who was listed."""

NEAR = Curve(half=0.1, steepness=1.3)
"""How likely somebody is a fraudster whom so much of known fraud reaches, if nobody has said anything of him."""

KNOWN = 0.5
"""Above this somebody is known fraud himself, or uses something that was listed."""

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

    `level`: 0 to 1, by what is judged to be fraud: they themselves, or what they use; 0 of those who were `cleared`.
    """

    level: Floats
    cleared: Mask

    @property
    def fraud(self) -> Mask:
        """Who is judged to be a fraudster himself."""
        return self.level >= DIRECT

    @property
    def judged(self) -> Mask:
        """Who was judged himself, one way or the other."""
        return self.fraud | self.cleared

    @property
    def involved(self) -> Mask:
        """Who is judged to be a fraudster, or uses something that is, and was not cleared."""
        return self.level > KNOWN

    def without(self, accounts: Index) -> "Known":
        """What would be known if nothing had been said of these accounts themselves."""
        level, cleared = self.level.copy(), self.cleared.copy()
        level[accounts], cleared[accounts] = 0, False
        return Known(level, cleared)


def known(context: Context) -> Known:
    """What the judgements that are in force say."""
    projection = context.projection
    said = judgements(projection)
    level, cleared = np.zeros(len(projection.accounts)), np.zeros(len(projection.accounts), np.bool_)
    for kind, label in LABEL_OF.items():
        seen = projection.observations[label]
        level[seen.applicant[blacklisted(projection, said, kind)[seen.identifier]]] = THROUGH_IDENTIFIER
    people = said.filter(pl.col("kind") == APPLICANT_KIND)
    level[places_of(people.filter("fraud")["value"], projection.accounts)] = DIRECT
    cleared[places_of(people.filter(~pl.col("fraud"))["value"], projection.accounts)] = True
    return Known(np.where(cleared, 0.0, level), cleared)


def reached(near: Neighbours, said: Known) -> Reach:
    """What each known fraud passes on, and to whom. Nothing reaches those who were judged themselves."""
    return reach(near, said.level, said.judged)


def received(near: Neighbours, said: Known) -> Floats:
    """What of known fraud elsewhere reaches each account, 0 to 1."""
    return spread(reached(near, said), len(said.level))


def received_without(near: Neighbours, said: Known, found: Reach, hidden: Index, wanted: Mask) -> Floats:
    """What would reach the accounts that are wanted (0: all others), had nothing been said of the hidden ones.

    `found`: what is passed on as it is. A flag passes on the same unless it ended at a hidden account.
    """
    others, gone = said.without(hidden), np.zeros(len(said.level), np.bool_)
    gone[hidden] = True
    again = np.zeros(len(said.level), np.bool_)
    again[found.stopped.of[gone[found.stopped.at]]] = True
    farther = reach(near, np.where(again, others.level, 0.0), others.judged)
    same = found.of(wanted[found.account] & ~(again | gone)[found.source])
    farther = farther.of(wanted[farther.account])
    account, source, amount = (
        np.concatenate([getattr(same, name), getattr(farther, name)]) for name in ("account", "source", "amount")
    )
    order = np.lexsort((source, -amount, account))
    return added(account[order], amount[order], len(said.level))


def taint(said: Known, received: Floats) -> Floats:
    """How tainted each account is, 0 to 1: by what is said of it and by what reaches it."""
    return 1 - (1 - said.level) * (1 - received)


def risk(said: Known, received: Floats) -> Floats:
    """How likely each account is a fraudster by known fraud alone, its own or elsewhere."""
    return np.asarray(np.round(1 - (1 - said.level) * (1 - NEAR.chance(received)), 9), np.float64)


def blacklisted(projection: Projection, said: pl.DataFrame, kind: str) -> Mask:
    """Which identifiers of the kind are fraud by these judgements, those of crowds aside."""
    values = said.filter((pl.col("kind") == kind) & pl.col("fraud"))["value"]
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
    """The label of everybody who has any, as far as no other label has overturned it: `applicant`, `label`."""
    return in_force(projection.labels, ["applicant"], fraud=pl.col("label") == "fraud", at="decided_at")
