"""Loads a folder of tables into a store: the way in for every program.

Each file passes twice. First it is read and checked to its end, and its rows are spooled; only a table of which every
file came through, with few enough bad rows, goes on. Then its chunks are merged, one transaction each, and the ledger
knows how many are in; meanwhile the next table is checked. Whoever is killed runs again: what is done is skipped, what
is half done goes on.
"""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from graph.ledger import Load, LoadStatus
from graph.store.contract import Store
from ingest.ahead import work_ahead
from ingest.options import Options, Report, silent
from ingest.refusing import Superseded
from ingest.sources import find_sources
from ingest.spool import spool_root
from ingest.tables import check_table, load_table


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a folder's files: loads made now, files that were loaded before, files of no known table."""

    loads: tuple[Load, ...] = ()
    already: tuple[Load, ...] = ()
    unknown_files: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[Load, ...]:
        """Loads of which nothing is in the graph, each with its reason."""
        return tuple(load for load in self.loads if load.status is LoadStatus.REFUSED)


def load_folder(store: Store, folder: Path, options: Options, report: Report = silent) -> Outcome:
    """Load what is new in the folder, table by table; a refused table does not stop the others.

    `BadInputError` where the folder holds no table, `BusyError` where somebody else loads into the store,
    `OutputError` where the disk is full, `StoreUnavailableError` where the store went away: then run again.
    """
    sources = find_sources(folder, options.mapping)
    loads: list[Load] = []
    already: list[Load] = []
    with store.exclusive("ingest"):
        superseded = Superseded(store)
        checking = work_ahead(lambda files, told: check_table(store, files, options, told), sources.tables, report)
        with closing(checking):
            for table in checking:
                already += table.already
                made = load_table(store, table, options, report)
                superseded.release(made)
                loads += made
        shutil.rmtree(spool_root(options.work_dir, store.address), ignore_errors=True)
    return Outcome(tuple(loads), tuple(already), sources.unknown)
