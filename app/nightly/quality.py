"""Data quality: what became of each table's new files."""

from collections.abc import Sequence
from itertools import groupby

from app.nightly.report import TableQuality
from graph.ledger import Load, LoadStatus


def quality_of(loads: Sequence[Load]) -> tuple[TableQuality, ...]:
    """One line for each table, in order of their names."""
    by_table = sorted(loads, key=lambda load: load.table)
    return tuple(_table(name, list(group)) for name, group in groupby(by_table, key=lambda load: load.table))


def _table(name: str, loads: Sequence[Load]) -> TableQuality:
    columns = dict.fromkeys(column for load in loads for column in load.unknown_columns)
    return TableQuality(
        table=name,
        files=len(loads),
        rows_read=sum(load.rows_read for load in loads),
        loaded=sum(load.loaded for load in loads),
        merged=sum(load.merged for load in loads),
        quarantined=sum(load.quarantined for load in loads),
        placeholders=sum(load.placeholders for load in loads),
        unknown_columns=tuple(columns),
        refused=tuple(f"{load.file}: {load.reason}" for load in loads if load.status is LoadStatus.REFUSED),
    )
