"""The latest tables of a store, for the price of what has changed since they were last read."""

import logging

from graph.errors import ForgottenError
from graph.kept_tables import KeptTables
from graph.numbered_tables import NumberedTables, nothing
from graph.reading import read_tables
from graph.store.contract import GraphStore

MUCH = 0.02
"""Share of rows beyond which tables are kept anew: to write all of them costs as much as to read this share again."""

log = logging.getLogger("ringfence.detect")


def latest_tables(graph: GraphStore, kept: KeptTables) -> tuple[NumberedTables, str | None]:
    """What is in the store now, and the position under which to keep it; None for not at all.

    The tables are the same whatever was kept: where the store cannot say what was written since, all are read. While
    little has changed, what was kept stays, and the little is read again the next time.
    """
    position = graph.position()  # first of all: what is written meanwhile is read again next time
    before = kept.load() if position is not None else None
    if before is not None:
        since, tables = before
        try:
            newer = read_tables(graph, None, since=since)
            much = newer.rows > MUCH * tables.rows
            return tables.updated(newer), position if much else None
        except ForgottenError:
            log.info("The store does not know what was written since %s: everything is read anew.", kept.file)
    return nothing().updated(read_tables(graph, None)), position
