"""Refuses a table: says why in the ledger, with a sample of its bad rows in quarantine, and loads nothing of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice

import polars as pl

from graph.ledger import Load, LoadStatus
from graph.store.contract import Store
from ingest.loading import quarantined
from ingest.spool import Spool, Staged

SAMPLE = 1_000
"""Bad rows of a refused file that go to quarantine: enough to see what is wrong, however many there are."""

_REASONS = 3


def too_bad(staged: Sequence[Staged], max_bad_share: float) -> str:
    """Why the files of a table together cannot be loaded; empty where they can.

    A last line that was cut off does not count beside good rows: it says nothing about them.
    """
    swallowed = sum(one.swallowed for one in staged)
    rows = sum(one.rows_read for one in staged) + swallowed
    bad = sum(one.quarantined for one in staged) + swallowed
    if bad < rows:
        bad -= sum(one.cut for one in staged)
    if not rows or bad / rows <= max_bad_share:
        return ""
    return f"{bad:,} of {rows:,} rows are bad ({bad / rows:.1%}), more than {max_bad_share:.1%}"


class Superseded:
    """Earlier loads that did not come to their end, and do not matter any more when their file is loaded after all.

    What they left in quarantine is out of date, and nobody will ever go on with one that had stopped half-way.
    """

    def __init__(self, store: Store) -> None:
        self._ledger = store.ledger
        self._open: dict[tuple[str, str], list[Load]] = {}
        for load in store.ledger.loads():
            if load.status in {LoadStatus.REFUSED, LoadStatus.LOADING}:
                self._open.setdefault((load.table, load.file), []).append(load)

    def release(self, loads: Sequence[Load]) -> None:
        """Settle the earlier loads of files that had the name and table of a load that is done now."""
        done = [load for load in loads if load.status is LoadStatus.DONE]
        ids = {load.load_id for load in done}
        for load in done:
            for earlier in self._open.pop((load.table, load.file), []):
                if earlier.load_id not in ids:
                    self._settle(earlier)

    def _settle(self, earlier: Load) -> None:
        self._ledger.release(list(self._ledger.quarantine(load_id=earlier.load_id)))
        if earlier.status is LoadStatus.LOADING:
            why = "stopped half-way, then the file was replaced by another; what was loaded of it stays"
            now = datetime.now(UTC)
            self._ledger.record(
                earlier.model_copy(update={"status": LoadStatus.SUPERSEDED, "reason": why, "finished_at": now})
            )


def refuse(store: Store, load: Load, spool: Spool, reason: str) -> Load:
    """Record the refusal and give the spool back."""
    bad = sample(spool)
    staged = spool.staged() or Staged()
    refused = load.model_copy(
        update={
            "reason": reason + _most_frequent(bad),
            "finished_at": datetime.now(UTC),
            "rows_read": staged.rows_read,
            "quarantined": staged.quarantined,
        }
    )
    store.ledger.record(refused, quarantined(bad, refused))
    spool.remove()
    return refused


def sample(spool: Spool) -> pl.DataFrame:
    """The first bad rows of a spool, whole or not."""
    parts = (spool.bad(number) for number in range(spool.written))
    return pl.concat(islice(parts, SAMPLE)).head(SAMPLE) if spool.written else spool.bad(0)


def _most_frequent(bad: pl.DataFrame) -> str:
    counted = bad["reason"].value_counts(sort=True).head(_REASONS)["reason"].to_list()
    return f": {'; '.join(sorted(counted))}"[:500] if counted else ""
