"""The truth tables: which rings there are, who cheats, and who shares honestly."""

import numpy as np
import polars as pl

from ingest.world.knobs import DAY, Knobs
from ingest.world.population import Population
from ingest.world.rings.plan import Ring
from ingest.world.texts import Texts


def truth_tables(knobs: Knobs, world: Population, texts: Texts) -> dict[str, pl.DataFrame]:
    """`rings`: a row for each member of each ring. `applicants`: a row for everybody.

    `sharing` names the kinds of honest sharing in which a person takes part, joined by `|`.
    """
    everybody = pl.DataFrame({
        "applicant_id": texts.accounts.head(len(world.people)),
        "is_fraud": world.fraud,
        "sharing": world.notes.names(),
    })  # fmt: skip
    return {"rings": _rings(knobs, world, texts), "applicants": everybody.sort("applicant_id")}


def _rings(knobs: Knobs, world: Population, texts: Texts) -> pl.DataFrame:
    frames = [
        pl.DataFrame({
            "ring_id": f"R{number:05}",
            "kind": ring.kind.value,
            "difficulty": ring.difficulty.name,
            "applicant_id": texts.accounts.gather(np.sort(ring.members)),
            "first_active": pl.from_epoch(pl.Series([_begin(knobs, world, ring)]), "s").dt.strftime("%Y-%m-%d").item(),
        })
        for number, ring in enumerate(world.rings, start=1)
    ]  # fmt: skip
    return pl.concat(frames)


def _begin(knobs: Knobs, world: Population, ring: Ring) -> int:
    """The day on which the ring has its second member, as unix time."""
    second = int(np.partition(world.people.created[ring.members], 1)[1])
    return knobs.start + second // DAY * DAY
