"""Who is in which ring: kinds, difficulties, members."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.random import Generator

from ingest.world.knobs import MIXES, Difficulty, Knobs
from ingest.world.people import People
from ingest.world.randomness import Ints, stream

_PATIENCE_DAYS = 100
_SMALLEST = 3


class RingKind(StrEnum):
    """How a ring works."""

    DEVICE_FARM = "device_farm"
    DEN = "den"
    SHARED_CARDS = "shared_cards"
    RECOMBINED_IDENTITY = "recombined_identity"
    CONTACT_HUB = "contact_hub"
    MONEY_CYCLE = "money_cycle"
    PATIENT = "patient"
    CAMOUFLAGED = "camouflaged"


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring, its members in random order."""

    kind: RingKind
    difficulty: Difficulty
    members: Ints


def plan_rings(knobs: Knobs, people: People) -> list[Ring]:
    """Recruit ordinary people, strangers to each other, into rings until fraud has its share."""
    rng = stream(knobs.seed, "rings")
    drafts = _drafts(rng, knobs)
    sizes = np.array([draft.size for draft in drafts])
    order = rng.permutation(len(drafts))
    middle = np.empty(len(drafts))
    middle[order] = (np.cumsum(sizes[order]) - sizes[order] / 2) / sizes.sum()
    recruiter = _Recruiter(rng, people.created)
    return [
        Ring(draft.kind, draft.difficulty, recruiter.recruit(draft.size, centre, draft.days / knobs.days))
        for draft, centre in zip(drafts, middle.tolist(), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: RingKind
    difficulty: Difficulty
    size: int

    @property
    def days(self) -> int:
        """Within how many days the members join."""
        return max(self.difficulty.window_days, _PATIENCE_DAYS if self.kind is RingKind.PATIENT else 0)


def _drafts(rng: Generator, knobs: Knobs) -> list[_Draft]:
    """All kinds in turn, so that even a small world has each."""
    wanted = round(knobs.applicants * knobs.fraud_share * (1 - knobs.lone_fraud_share))
    kinds = list(RingKind)
    drafts: list[_Draft] = []
    while wanted >= _SMALLEST:
        difficulty = _difficulty(rng, knobs)
        size = _size(rng, difficulty, wanted, knobs)
        drafts.append(_Draft(kinds[len(drafts) % len(kinds)], difficulty, size))
        wanted -= size
    return drafts


class _Recruiter:
    """Finds people who are in no ring yet."""

    def __init__(self, rng: Generator, created: Ints) -> None:
        self._rng = rng
        self._order = np.argsort(created, kind="stable")
        self._free = np.ones(len(created), dtype=bool)

    def recruit(self, size: int, middle: float, width: float) -> Ints:
        """People out of a window (as shares of all, in order of joining); anybody, where it holds too few.

        The windows' middles cover everybody evenly: when somebody joined says nothing about fraud.
        """
        edges = np.clip([middle - width / 2, middle + width / 2], 0, 1) * len(self._order)
        joining = self._order[slice(*edges.astype(np.int64).tolist())]
        candidates = joining[self._free[joining]]
        if len(candidates) < size:
            candidates = np.flatnonzero(self._free)
        members = self._rng.choice(candidates, size, replace=False)
        self._free[members] = False
        return members


def _difficulty(rng: Generator, knobs: Knobs) -> Difficulty:
    mix = MIXES[knobs.difficulty]
    return mix[int(rng.choice(len(mix), p=[share for _, share in mix]))][0]


def _size(rng: Generator, difficulty: Difficulty, wanted: int, knobs: Knobs) -> int:
    """Log-uniform, but small enough that even a small world has a ring of every kind."""
    low, high = difficulty.sizes
    drawn = int(np.exp(rng.uniform(np.log(low), np.log(high + 1))))
    largest = max(_SMALLEST, int(knobs.applicants * knobs.fraud_share) // (len(RingKind) + 1))
    return min(drawn, high, largest, wanted)
