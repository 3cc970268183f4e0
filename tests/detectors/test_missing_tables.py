"""Whatever table a lender does not have: rings are still found, and honest people are spared."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from detectors.detection import detect
from graph.ontology.nodes import NODE_KINDS, PHONE
from graph.projection import Applications, Observations, Projection, Transfers

NONE, NEVER = np.empty(0, np.int32), np.empty(0, np.int64)
LABELS = [kind.label for kind in NODE_KINDS if kind.identifier]
TABLES = [*LABELS, "contacts", "transfers", "applications"]
FOUND = dict.fromkeys(TABLES, 8) | {"Device": 5, "transfers": 3}
"""Of eight rings: three share devices, five are tied by money and, three of these, by cards and a contact besides."""

MOST_KILLED = 0.001
PREVIOUS = pl.DataFrame(schema={"ring_id": pl.String, "applicant_id": pl.String})


def emptied(rows: Observations, keys: pl.Series) -> Observations:
    return Observations(rows.label, keys, NONE, NONE, NEVER, NEVER)


def without(projection: Projection, table: str) -> Projection:
    if table == "contacts":
        return replace(projection, contacts=emptied(projection.contacts, projection.contacts.keys))
    if table == "transfers":
        none = pl.Series("id", [], pl.String)
        return replace(projection, transfers=Transfers(none, NONE, NONE, NEVER, NEVER))
    if table == "applications":
        return replace(projection, applications=Applications(NONE, NEVER, NEVER))
    rows = projection.observations[table]
    kept = emptied(rows, rows.keys if table == PHONE.label else rows.keys[:0])
    types = projection.ip_types[:0] if table == "Ip" else projection.ip_types
    return replace(projection, observations=projection.observations | {table: kept}, ip_types=types)


@pytest.mark.parametrize("table", TABLES)
def test_rings_are_found_and_the_honest_spared_without_a_table(small_world, table):
    found = detect(without(small_world.projection, table), PREVIOUS, "run").rings
    groups = [{member.applicant_id for member in ring.members} for ring in found]
    recovered = [
        ring for ring in small_world.rings if any(2 * len(one & {*ring}) >= len(one | {*ring}) for one in groups)
    ]
    held = set[str]().union(*groups[: len(recovered)])
    assert len(recovered) >= FOUND[table]
    assert len(held & {*small_world.honest}) <= MOST_KILLED * len(small_world.honest)
