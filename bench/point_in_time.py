"""`python -m bench.point_in_time WORLD DAY...`: how much what a store cannot know changes a look back.

Three things leave no trace of when they became known: that somebody was seen again, so that an interval went on (it is
cut at the day, but nothing says when within it he was seen); a contact that was named later; an address, an employer or
a number that was changed under the same `created_at`. Each is played through on a sample world: what was known on the
day, and beside it what the store holds in the end and shows as of the day.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl

from app.backtest.plan import FLAGGED
from app.settings import Settings
from app.wiring import store_of
from bench.detect.methods.ringfence import NO_RUN_BEFORE
from detectors.detection import Detection, detect
from graph.projecting import project
from ingest.options import Options
from ingest.pipeline import load_folder

SEEN = ("applicant_device", "applicant_wifi", "applicant_ip")
LATER_CONTACTS = 0.1
MOVED = 0.05
Tables = dict[str, pl.DataFrame]


def seen_again(tables: Tables, moment: int) -> Tables:
    """Observations that go on after the moment end with the latest session before it; sessions come at random times."""
    rng = np.random.default_rng(1)
    return tables | {name: _until_last_session(tables[name], moment, rng) for name in SEEN}


def _until_last_session(rows: pl.DataFrame, moment: int, rng: np.random.Generator) -> pl.DataFrame:
    first, last = (_unix(rows[name]) for name in ("first_seen", "last_seen"))
    between = np.maximum(rows["sessions"].to_numpy() - 2, 0)
    before = rng.binomial(between, np.clip((moment - first) / np.maximum(last - first, 1), 0, 1))
    latest = first + (moment - first) * np.where(before, rng.random(len(rows)) ** (1 / np.maximum(before, 1)), 0)
    cut = (first <= moment) & (last > moment)
    return rows.with_columns(
        first_seen=pl.Series(first), last_seen=pl.Series(np.where(cut, latest.astype(np.int64), last))
    )


def _unix(times: pl.Series) -> np.ndarray:
    return (times.str.to_datetime().dt.epoch("s") if times.dtype == pl.String else times).to_numpy()


def without_later_contacts(tables: Tables) -> Tables:
    """A share of the contacts is not named yet."""
    contacts = tables["contacts"]
    kept = np.random.default_rng(2).random(len(contacts)) >= LATER_CONTACTS
    return tables | {"contacts": contacts.filter(pl.Series(kept))}


def with_later_changes(tables: Tables) -> Tables:
    """A share of the people takes over address, employer and number of another, in a second row."""
    people = tables["applicants"]
    rng = np.random.default_rng(3)
    movers = people.filter(pl.Series(rng.random(len(people)) < MOVED))
    other = movers.select("address", "employer", "phone")[rng.permutation(len(movers))]
    return tables | {"applicants": pl.concat([people, movers.with_columns(other)])}


def detected(tables: Tables, moment: int) -> Detection:
    """What detection says of these tables as of the moment."""
    with tempfile.TemporaryDirectory(prefix="ringfence-point-in-time-") as name:
        folder = Path(name)
        (folder / "tables").mkdir()
        for table, rows in tables.items():
            rows.write_parquet(folder / "tables" / f"{table}.parquet")
        with store_of(Settings(store=f"sqlite:///{folder}/graph.db")) as store:
            load_folder(store, folder / "tables", Options(work_dir=folder))
            return detect(project(store.graph, moment), NO_RUN_BEFORE, "bench")


def compared(then: Detection, shown: Detection) -> str:
    """How far the two agree."""
    flagged = [set(one.scores.filter(pl.col("score") >= FLAGGED)["applicant_id"]) for one in (then, shown)]
    rings = [{frozenset(member.applicant_id for member in ring.members) for ring in one.rings} for one in (then, shown)]
    both = then.scores.join(shown.scores, on="applicant_id", how="full", coalesce=True)
    apart = (both["score"].fill_null(0) - both["score_right"].fill_null(0)).abs().to_numpy()
    return (
        f"{len(flagged[0])} flagged then, {len(flagged[1])} in the look back, {len(flagged[0] & flagged[1])} in both; "
        f"{len(rings[0] & rings[1])} of {len(rings[0])} rings the same to the last member; "
        f"scores differ by {apart.mean():.3f} in the mean, {apart.max():.3f} at most"
    )


def main() -> None:
    """Print how far a look back differs from the day, for each day and each thing that leaves no trace."""
    world, *days = sys.argv[1:]
    tables = {path.stem: pl.read_parquet(path) for path in Path(world).glob("*.parquet")}
    for day in days:
        moment = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
        stored = detected(tables, moment)
        print(f"{day}, nothing changed: {compared(stored, detected(tables, moment))}")
        print(f"{day}, seen again: {compared(detected(seen_again(tables, moment), moment), stored)}")
        print(f"{day}, contacts: {compared(detected(without_later_contacts(tables), moment), stored)}")
        print(f"{day}, addresses: {compared(stored, detected(with_later_changes(tables), moment))}")


if __name__ == "__main__":
    main()
