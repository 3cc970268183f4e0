"""Ways in which the members of a ring come to share things."""

from collections.abc import Callable, Iterator

import numpy as np

from ingest.world.knobs import DAY, Difficulty
from ingest.world.randomness import Ints
from ingest.world.rings.fabric import Fabric
from ingest.world.rings.plan import Ring
from ingest.world.transfers import amounts

Strand = Callable[[Ints], None]
_HOUR = 3_600
_SOON = 20 * DAY


def in_groups(fabric: Fabric, ring: Ring, strand: Strand, sizes: tuple[int, int], *, shifted: bool = False) -> None:
    """Neighbouring groups of the ring share one thing each; `shifted` groups join the halves of two plain ones."""
    members = np.roll(ring.members, max(1, sizes[0] // 2)) if shifted else ring.members
    for group in groups(fabric, members, sizes):
        taking_part = group[fabric.rng.random(len(group)) < ring.difficulty.coverage]
        if len(taking_part) > 1:
            strand(taking_part)


def groups(fabric: Fabric, members: Ints, sizes: tuple[int, int]) -> Iterator[Ints]:
    """Cut the members into groups of such sizes; a single one that is left over joins nobody."""
    start = 0
    while start < len(members) - 1:
        size = int(fabric.rng.integers(sizes[0], sizes[1] + 1))
        size += len(members) - start - size == 1
        yield members[start : start + size]
        start += size


def has_second(fabric: Fabric, difficulty: Difficulty) -> bool:
    """Does the ring have its last strand of evidence too?"""
    return bool(fabric.rng.random() < difficulty.second)


def in_pairs(fabric: Fabric, ring: Ring) -> None:
    """Each member shares with a few others, with each of them one other thing, and never with three at once."""
    members = ring.members
    for step in range(1, min(ring.difficulty.neighbours, (len(members) - 1) // 2) + 1):
        for pair in np.stack([members, np.roll(members, -step)], axis=1):
            _join(fabric, pair)


def _join(fabric: Fabric, pair: Ints) -> None:
    if ways := fabric.discreet(pair):
        ways[int(fabric.rng.integers(len(ways)))](pair)
    else:
        run_round(fabric, pair, int(fabric.created[pair].max()), (6 * _HOUR, _SOON))


def acquaintances(fabric: Fabric, ring: Ring) -> None:
    """Some members name the next one as a contact."""
    for member, other in zip(ring.members, np.roll(ring.members, -1), strict=True):
        if fabric.rng.random() < ring.difficulty.tie:
            fabric.acquaintance(int(member), int(other))


def run_round(fabric: Fabric, members: Ints, start: int, pause: tuple[int, int]) -> None:
    """Money goes from each member to the next and back to the first, a little less each time."""
    sum_left = int(amounts(fabric.rng, 1)[0])
    time = start
    for source, target in zip(members, np.roll(members, -1), strict=True):
        time += int(fabric.rng.integers(*pause))
        fabric.payments.append((int(source), int(target), sum_left, time))
        sum_left = max(1, int(sum_left * fabric.rng.uniform(0.93, 0.99)))


def fan_in(fabric: Fabric, members: Ints) -> None:
    """Money of many reaches the first member through a few mules, who keep it for hours only."""
    mules = max(2, len(members) // 8)
    for payer in members[1 + mules :]:
        mule = int(fabric.rng.choice(members[1 : 1 + mules]))
        time = soon(fabric, int(fabric.created[payer]), fabric.end - 2 * DAY)
        cents = int(amounts(fabric.rng, 1)[0])
        fabric.payments.append((int(payer), mule, cents, time))
        held = int(fabric.rng.integers(_HOUR, 12 * _HOUR))
        passed_on = int(cents * fabric.rng.uniform(0.9, 0.97))
        fabric.payments.append((mule, int(members[0]), passed_on, time + held))


def soon(fabric: Fabric, after: int, latest: int) -> int:
    """A moment in the next three weeks, like most payments of people who have just joined."""
    begin = min(after, latest)
    return int(fabric.rng.integers(begin, min(begin + _SOON, latest) + 1))
