"""Gathers what a run has learned, for those who decide before the next one."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from detectors.contract import Context
from detectors.hubs.kinds import RECYCLED_AFTER, SECOND_HAND_USERS, SETTLED_OWNER, HubKind
from detectors.hubs.uses import BUSIEST
from detectors.links import ENOUGH, Links
from detectors.membership import VERY_STRONG
from detectors.pairs import FORGETTING, LASTING
from detectors.profiles import PIECE, Manner, Profiles, worth_of
from detectors.roofs import LARGEST_HOME
from detectors.sharing import ONE_FACT, SOURCES
from detectors.taint import BUSY
from graph.learned import PEOPLE, Identifiers, Learned, LearnedSource, Limits, Neighbours, People, Rings
from graph.projection import Index, Ints
from graph.results import Change, Ring
from graph.stable_hash import hashes_of

OBSERVED = tuple(number for number, one in enumerate(SOURCES) if one.name not in {"payee", "partner"})
"""Numbers of the sources that an application can share something of: it comes with no payments."""


LIMITS = Limits(
    piece=PIECE,
    very_strong=VERY_STRONG,
    link=ENOUGH,
    busiest=BUSIEST,
    home=LARGEST_HOME,
    forgetting=FORGETTING,
    second_hand_users=SECOND_HAND_USERS,
    settled=SETTLED_OWNER,
    recycled=RECYCLED_AFTER,
    listed=BUSY,
)


def learned(context: Context, rings: Sequence[Ring], scores: pl.DataFrame) -> Learned:
    """What is known after a run. `scores` as `RunStore.publish` wants them."""
    living = [ring for ring in rings if ring.change is not Change.GONE]
    ring_ids = [ring.ring_id for ring in living]
    account, people = _people(context, scores, ring_ids)
    sources = [SOURCES[number] for number in OBSERVED]
    return Learned(
        sources=tuple(
            LearnedSource(
                one.name, one.label, one.code, one.family, one.family in ONE_FACT, fades=one.family not in LASTING
            )
            for one in sources
        ),
        kinds=tuple(kind.name.lower() for kind in HubKind),
        limits=LIMITS,
        ring_ids=tuple(ring_ids),
        identifiers=_identifiers(context),
        usual=_usual(context.profiles),
        people=people,
        rings=Rings(
            np.array([ring.score for ring in living], np.float32), np.array([ring.size for ring in living], np.int32)
        ),
        links=_neighbours(context.links, account, len(context.roof)),
    )


def _identifiers(context: Context) -> Identifiers:
    sharing, profiles = context.sharing, context.profiles
    chosen = np.flatnonzero(np.isin(sharing.source, OBSERVED))  # in order of source, as all identifiers
    own = [sharing.number[sharing.source == number] for number in OBSERVED]
    hashes = np.concatenate(
        [hashes_of(SOURCES[at].name, sharing.keys[at].gather(number)) for at, number in zip(OBSERVED, own, strict=True)]
    )
    order = np.argsort(hashes)
    row = chosen[order]
    return Identifiers(
        hash=hashes[order],
        kind=profiles.kind[row].astype(np.uint8),
        users=profiles.users[row].astype(np.int32),
        roofs=profiles.roofs[row].astype(np.int32),
        worth=profiles.worth[row],
        explained=profiles.explained[row],
    )


def _usual(profiles: Profiles) -> Index:
    """What every kind of sharing is worth that might come, by source, kind, explained and number of roofs."""
    shape = (len(OBSERVED), len(HubKind), 2, BUSIEST + 2)
    source, kind, explained, roofs = (each.ravel() for each in np.indices(shape, np.int32))
    numbers = np.array(OBSERVED, np.int32)[source]
    how = Manner(numbers, kind, explained > 0, roofs.astype(np.int64))
    return worth_of(profiles.surprise, how, rush=0.0, campaign=0.0).reshape(shape)


def _people(context: Context, scores: pl.DataFrame, ring_ids: Sequence[str]) -> tuple[Ints, People]:
    """The account numbers of those of whom something is known, in the order of the table that tells it."""
    accounts, roof, links = context.projection.accounts, context.roof, context.links
    score, ring = np.zeros(len(accounts), np.float32), np.full(len(accounts), -1, np.int32)
    place = accounts.search_sorted(scores["applicant_id"]).to_numpy()
    score[place] = scores["score"].to_numpy()
    number = pl.Series(range(len(ring_ids)), dtype=pl.Int32)
    ring[place] = scores["ring_id"].replace_strict(pl.Series(ring_ids, dtype=pl.String), number, default=-1)
    known = np.bincount(roof)[roof] > 1
    known[place] = known[links.low] = known[links.high] = True
    account = np.flatnonzero(known)
    hashes = hashes_of(PEOPLE, accounts.gather(account))
    order = np.argsort(hashes)
    account = account[order]
    return account, People(hashes[order], roof[account], score[account], ring[account])


def _neighbours(links: Links, account: Ints, accounts: int) -> Neighbours:
    """Both ways, in order of both positions. `account`: of each position."""
    position = np.empty(accounts, np.int32)
    position[account] = np.arange(len(account))
    low, high = position[links.low], position[links.high]
    one, other = np.concatenate([low, high]), np.concatenate([high, low])
    order = np.lexsort((other, one))
    start = np.searchsorted(one[order], np.arange(len(account) + 1))
    return Neighbours(start, other[order], np.tile(links.weight, 2)[order].astype(np.float32))
