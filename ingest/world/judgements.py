"""What others have said: labels for a share of past fraud, and blacklist entries, some of them false."""

import numpy as np
import polars as pl
from numpy.random import Generator

from ingest.world.knobs import DAY, Knobs
from ingest.world.population import Population
from ingest.world.randomness import Bools, Ints, first_of_each, stream
from ingest.world.seen import Seen
from ingest.world.text import iso_time
from ingest.world.texts import Texts, words

_LABEL_SOURCES = ("manual_review", "chargeback", "collections")
_LIST_SOURCES = ("consortium", "internal", "police")
_REASONS = ("identity_fraud", "first_payment_default", "stolen_card", "loan_stacking")


def labels(knobs: Knobs, world: Population, texts: Texts) -> pl.DataFrame:
    """Verdicts, each as late as a real one; a few are wrong."""
    rng = stream(knobs.seed, "labels")
    draw = rng.random(len(world.people))
    who = np.flatnonzero(draw < np.where(world.fraud, knobs.labelled_fraud, knobs.labelled_legit))
    who, at = _decided(rng, knobs, world, who)
    called_fraud = world.fraud[who] | (rng.random(len(who)) < knobs.wrong_labels)
    return pl.DataFrame({
        "applicant_id": texts.accounts.gather(who),
        "label": words(("legit", "fraud"), called_fraud.astype(np.int64)),
        "source": words(_LABEL_SOURCES, rng.integers(0, len(_LABEL_SOURCES), len(who))),
        "decided_at": _iso(knobs, at),
        "at": at,
    })  # fmt: skip


def blacklist(knobs: Knobs, world: Population, texts: Texts) -> pl.DataFrame:
    """One identifier each of some fraudsters of the past, and of some honest people."""
    rng = stream(knobs.seed, "blacklist")
    draw = rng.random(len(world.people))
    who = np.flatnonzero(draw < np.where(world.fraud, knobs.blacklisted_fraud, knobs.false_blacklist))
    who, at = _decided(rng, knobs, world, who)
    choices = _identifiers(world, texts, who)
    kinds = tuple(choices)
    kind = rng.integers(0, len(kinds), len(who))
    frame = pl.DataFrame({
        "kind": words(kinds, kind),
        "value": pl.concat(choices.values()).gather(kind * len(who) + np.arange(len(who))),
        "source": words(_LIST_SOURCES, rng.integers(0, len(_LIST_SOURCES), len(who))),
        "reason": words(_REASONS, rng.integers(0, len(_REASONS), len(who))),
        "listed_at": _iso(knobs, at),
        "at": at,
    })  # fmt: skip
    return frame.drop_nulls("value")


def _decided(rng: Generator, knobs: Knobs, world: Population, who: Ints) -> tuple[Ints, Ints]:
    """Who of them is judged before the end, and when."""
    low, high = knobs.label_delay_days
    at = world.people.created[who] + rng.integers(low * DAY, high * DAY, len(who))
    return who[at < knobs.end], at[at < knobs.end]


def _identifiers(world: Population, texts: Texts, who: Ints) -> dict[str, pl.Series]:
    """The first identifier of each kind that each of them has; null for none."""
    people = world.people
    return {
        "applicant": texts.accounts.gather(who),
        "device": texts.fingerprints.gather(_first(world.on_device, who)),
        "phone": texts.phones.gather(people.phone[who]),
        "card": texts.cards.gather(_first(world.on_card, who)),
        "ip": texts.ips.gather(_first(world.networks.from_ip, who)),
        "wifi": texts.bssid(np.arange(len(texts.bssids))).gather(_first(world.networks.on_wifi, who)),
        "id_hash": texts.ids.gather(people.national_id[who]),
    }


def _first(seen: Seen, who: Ints) -> pl.Series:
    """What each of them was seen with first of all; `seen` is ordered by person."""
    first: Bools = first_of_each(seen.who)
    owners, things = seen.who[first], seen.what[first]
    row = np.minimum(np.searchsorted(owners, who), len(owners) - 1)
    return pl.Series(np.where(owners[row] == who, things[row], -1)).replace(-1, None)


def _iso(knobs: Knobs, at: Ints) -> pl.Series:
    return pl.DataFrame({"time": at + knobs.start}).select(iso_time(pl.col("time"))).to_series()
