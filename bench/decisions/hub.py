"""The heaviest hub: a device of 100,000 users."""

import polars as pl

from graph.chunk import Chunk, RelationshipRows
from graph.ontology.relationships import USED_DEVICE
from graph.store.contract import Store

HUB = "bench-hub-of-100000"
USERS = 100_000
_STEP = 10_000
_FIRST = 1_780_000_000


def with_hub(store: Store) -> None:
    """Put it into the graph, if it is not there."""
    for first in range(0, USERS, _STEP):
        numbers = pl.int_range(first, first + _STEP, eager=True)
        rows = pl.DataFrame({"start": "H-" + numbers.cast(pl.String), "first_seen": _FIRST + numbers}).with_columns(
            end=pl.lit(HUB), last_seen=pl.col("first_seen") + 60
        )
        store.graph.merge(Chunk(relationships=(RelationshipRows(USED_DEVICE, rows),)))
