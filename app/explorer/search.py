"""From what an analyst has in hand (an id, a phone, a device, an address, a ring...) to the applicants behind it."""

from dataclasses import dataclass

import polars as pl

from graph.ontology import NODE_KINDS, NodeKind
from graph.ontology.nodes import APPLICANT, APPLICATION
from graph.store.contract import RingFilter, Store

RING = "Ring"
"""The label of a hit that is a ring."""

USERS = 1000
"""How many applicants of an identifier are looked at, the most recent first."""


BEGINNINGS = 20
"""How many ids that begin with a text are looked at."""
SHORTEST = 2
"""A text of fewer characters begins too many."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A node or ring that the text names, and the applicants who have it or are in it."""

    label: str
    key: str
    applicants: tuple[str, ...]
    placeholder: bool = False


def find(store: Store, text: str, region: str) -> list[Hit]:
    """Everything that the text may mean: a ring, an applicant, an application, or an identifier of any kind.

    The text is brought into each kind's canonical form first, so +86 138..., 138... and full-width digits are one.
    """
    ring = store.runs.ring(text)
    hits = [Hit(RING, text, tuple(member.applicant_id for member in ring.members))] if ring else []
    for kind in NODE_KINDS:
        if kind.identifier or kind in {APPLICANT, APPLICATION}:
            hit = _hit(store, kind, text, region)
            if hit is not None:
                hits.append(hit)
    return hits


def begin(store: Store, text: str) -> list[Hit]:
    """Rings, applicants and applications whose ids begin so, at most `BEGINNINGS` of each; of rings the ids alone.

    Only ids that the lender gave: whoever could find phones by their beginning could guess a masked one digit by digit.
    """
    if len(text) < SHORTEST:
        return []
    rings = store.runs.rings(RingFilter(beginning=text), limit=BEGINNINGS)
    hits = [Hit(RING, ring.ring_id, ()) for ring in rings]
    for kind in (APPLICANT, APPLICATION):
        keys = store.graph.keys(kind, text, limit=BEGINNINGS)
        hits += [Hit(kind.label, key, _applicants(store, kind, key)) for key in keys]
    return hits


def _hit(store: Store, kind: NodeKind, text: str, region: str) -> Hit | None:
    found = kind.key.type.normalise(pl.Series([text], dtype=pl.String), region)
    key, placeholder = found.value[0], bool(found.placeholder[0])
    if key is None or (not placeholder and store.graph.node(kind, key) is None):
        return None
    return Hit(kind.label, key, () if placeholder else _applicants(store, kind, key), placeholder)


def _applicants(store: Store, kind: NodeKind, key: str) -> tuple[str, ...]:
    if kind is APPLICANT:
        return (key,)
    if kind is APPLICATION:
        around = store.graph.neighbourhood(kind, key)
        return tuple(node.key for node in around.nodes if node.kind == APPLICANT.label) if around else ()
    return tuple(store.graph.users(kind, key, limit=USERS))
