"""`detect --as-of` on everything says what it would have said on the day: the same rings, scores and reasons.

The files of a sample world are cut to what had been delivered by then: later rows dropped, `last_seen` and `sessions`
as they stood, applications without the status that they got later. The other store is given everything, and has even
published a run that knows it all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from app.cli.main import app
from app.detection import run_detection
from app.settings import Settings
from app.wiring import store_of
from graph.store.contract import Store
from ingest.options import Options
from ingest.pipeline import load_folder

KNOWN_FROM = {
    "applicants": "created_at", "applications": "submitted_at", "applicant_device": "first_seen",
    "applicant_wifi": "first_seen", "applicant_ip": "first_seen", "applicant_card": "bound_at", "transfers": "ts",
    "blacklist": "listed_at", "labels": "decided_at",
}  # fmt: skip
DESCRIBED = {"devices": "applicant_device", "wifi": "applicant_wifi", "ips": "applicant_ip", "cards": "applicant_card"}
"""Tables of things, and where somebody was seen with them."""


@dataclass(frozen=True)
class Said:
    """What a detection said, without the name of the run."""

    rings: list[dict[str, Any]]
    scores: dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def whole_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("point-in-time") / "world"
    made = CliRunner().invoke(app, ["world", str(folder), "--applicants", "2000", "--seed", "9"])
    assert made.exit_code == 0, made.output
    return folder


def cut(world: Path, day: str, target: Path) -> Path:
    """The world's files as they would have been delivered by that day."""
    target.mkdir()
    tables = {path.stem: pl.read_parquet(path) for path in world.glob("*.parquet")}
    for name, time in KNOWN_FROM.items():
        tables[name] = _as_of(tables[name], time, day)
    tables["contacts"] = tables["contacts"].join(tables["applicants"], on="applicant_id", how="semi")
    for name, observations in DESCRIBED.items():
        key = _bare(tables[name].columns[0])
        seen = tables[observations].select(_bare(tables[observations].columns[1]))
        tables[name] = tables[name].filter(key.is_in(seen.to_series().implode()))
    for name, table in tables.items():
        table.write_parquet(target / f"{name}.parquet")
    return target


def _as_of(table: pl.DataFrame, time: str, day: str) -> pl.DataFrame:
    unix = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    moment = f"{day}T00:00:00Z" if table[time].dtype == pl.String else unix
    rows = table.filter(pl.col(time) <= moment)
    if "last_seen" in rows.columns:
        later = pl.col("last_seen") > moment
        return rows.with_columns(
            last_seen=pl.when(later).then(pl.lit(moment)).otherwise("last_seen"),
            sessions=pl.when(later).then(1).otherwise("sessions"),
        )
    return rows.with_columns(status=pl.lit("pending")) if "status" in rows.columns else rows


def _bare(key: str) -> pl.Expr:
    """Without the ways in which a MAC address can be written."""
    return pl.col(key).str.to_lowercase().str.replace_all("-", ":", literal=True)


def loaded(url: str, folder: Path, work: Path) -> Store:
    store = store_of(Settings(store=url))
    outcome = load_folder(store, folder, Options(work_dir=work))
    assert not outcome.refused
    return store


def said(store: Store, day: str) -> Said:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    rings = run_detection(store, keep_runs=9, as_of=moment).rings
    ids = [one for chunk in store.runs.all_scores() for one in chunk["applicant_id"]]
    scores = store.runs.scores(ids)
    return Said(
        [ring.model_dump(exclude={"run_id"}) for ring in rings],
        {one: score.model_dump(exclude={"run_id"}) for one, score in scores.items() if score.score},
    )


def check(new_store: Callable[[], str], world: Path, day: str, folder: Path) -> None:
    with loaded(new_store(), cut(world, day, folder / "then"), folder / "work-then") as store:
        then = said(store, day)
    with loaded(new_store(), world, folder / "work-now") as store:
        now = run_detection(store, keep_runs=9).rings
        looking_back = said(store, day)
    assert then.rings
    assert then.scores
    assert looking_back == then
    assert {ring.ring_id for ring in now} != {ring["ring_id"] for ring in then.rings}


@pytest.mark.parametrize("day", ["2026-03-10", "2026-05-20"])
def test_looking_back_says_what_the_day_said_on_the_embedded_store(day, whole_world, tmp_path):
    check(lambda: f"sqlite:///{tmp_path}/{len(list(tmp_path.glob('*.db')))}.db", whole_world, day, tmp_path)


@pytest.mark.neo4j
def test_looking_back_says_what_the_day_said_on_neo4j(wiped_neo4j, whole_world, tmp_path):
    check(wiped_neo4j, whole_world, "2026-05-20", tmp_path)
