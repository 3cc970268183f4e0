"""What is known when: the world in an initial folder and a folder for each of the last nights."""

import numpy as np

from ingest.world.knobs import DAY, Knobs
from ingest.world.randomness import Ints, first_of_each
from ingest.world.seen import Seen, joined


def night_of(time: Ints, knobs: Knobs, nights: int) -> Ints:
    """The delivery that a moment falls into: 0 is the initial one, then one a night, the last `nights` days long."""
    return np.clip(time // DAY - (knobs.days - nights) + 1, 0, nights)


def snapshots(seen: Seen, knobs: Knobs, nights: int) -> tuple[Seen, Ints]:
    """Each observation as it is known the first night, and again when its last night has shown how long it went on.

    Returns the rows and when each is known.
    """
    began, ended = night_of(seen.first, knobs, nights), night_of(seen.last, knobs, nights)
    lasting = np.flatnonzero(ended > began)
    so_far = seen.rows(np.arange(len(seen)))
    so_far.last[lasting] = (knobs.days - nights + began[lasting]) * DAY - 1
    so_far.sessions[lasting] = (1 + seen.sessions[lasting]) // 2
    return joined([so_far, seen.rows(lasting)]), np.concatenate([seen.first, seen.last[lasting]])


def first_times(seen: Seen) -> tuple[Ints, Ints]:
    """Everything that was seen at all, in order, and when it was first seen."""
    order = np.lexsort((seen.first, seen.what))
    first = order[first_of_each(seen.what[order])]
    return seen.what[first], seen.first[first]
