"""Files in, rings out, by the console command alone: on the embedded store and on a real Neo4j, with one answer."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

RINGFENCE = Path(sys.executable).parent / "ringfence"
APPLICANTS = 3_000


@dataclass(frozen=True)
class Job:
    """What the commands answered on one store."""

    store: str
    folder: Path
    rings: Any
    exported: dict[str, pl.DataFrame]


def ringfence(*arguments: str | Path, store: str, folder: Path) -> str:
    env = os.environ | {"RINGFENCE_STORE": store, "RINGFENCE_WORK_DIR": str(folder / "work")}
    done = subprocess.run(
        [RINGFENCE, *map(str, arguments)], env=env, capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def whole_job(world: Path, store: str, folder: Path) -> Job:
    ringfence("ingest", world, store=store, folder=folder)
    ringfence("detect", store=store, folder=folder)
    rings = json.loads(ringfence("rings", "--top", "1000", "--json", store=store, folder=folder))
    exported = {}
    for what in ("rings", "scores"):
        file = folder / f"{what}.parquet"
        ringfence("export", what, file, store=store, folder=folder)
        exported[what] = pl.read_parquet(file)
    return Job(store, folder, rings, exported)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole-job") / "world"
    ringfence("world", folder, "--applicants", str(APPLICANTS), "--seed", "5", store="", folder=folder.parent)
    return folder


@pytest.fixture(scope="session")
def on_sqlite(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Job:
    folder = tmp_path_factory.mktemp("on-sqlite")
    return whole_job(world, f"sqlite:///{folder}/ringfence.db", folder)


@pytest.fixture
def on_neo4j(world: Path, empty_neo4j: str, tmp_path: Path) -> Job:
    return whole_job(world, empty_neo4j, tmp_path)


def groups(exported: pl.DataFrame) -> set[tuple[float, tuple[str, ...]]]:
    """Each ring as its score and its members."""
    rows = exported.sort("applicant_id").group_by("ring_id").agg("applicant_id", pl.col("score").first().round(9))
    return {(score, tuple(members)) for _, members, score in rows.iter_rows()}


def test_most_members_of_the_first_rings_are_fraudsters(on_sqlite: Job, world: Path) -> None:
    truth = pl.read_parquet(world / "truth" / "applicants.parquet")
    fraud = set(truth.filter("is_fraud")["applicant_id"])
    top = (
        on_sqlite.exported["rings"]
        .sort("score", "ring_id", descending=True)["applicant_id"]
        .unique(maintain_order=True)
    )
    assert sum(each in fraud for each in top.head(10)) > 5


def test_every_applicant_has_a_score_and_none_is_certain(on_sqlite: Job) -> None:
    scores = on_sqlite.exported["scores"]
    assert scores["applicant_id"].n_unique() == scores.height >= APPLICANTS
    assert scores["score"].is_between(0, 1, closed="left").all()
    assert scores.filter(pl.col("score") > 0)["score"].n_unique() > 10


@pytest.mark.neo4j
def test_both_stores_give_the_same_rings_and_scores(on_sqlite: Job, on_neo4j: Job) -> None:
    assert groups(on_neo4j.exported["rings"]) == groups(on_sqlite.exported["rings"])
    ours, theirs = (job.exported["scores"].sort("applicant_id") for job in (on_sqlite, on_neo4j))
    assert ours["applicant_id"].equals(theirs["applicant_id"])
    assert (ours["score"] - theirs["score"]).abs().max() == pytest.approx(0, abs=1e-9)
    assert len(on_neo4j.rings["rings"]) == len(on_sqlite.rings["rings"])


def test_the_same_files_again_change_nothing(on_sqlite: Job, world: Path) -> None:
    again = whole_job(world, on_sqlite.store, on_sqlite.folder)
    assert groups(again.exported["rings"]) == groups(on_sqlite.exported["rings"])
    assert {ring["change"] for ring in again.rings["rings"]} == {"same"}
    assert {ring["ring_id"] for ring in again.rings["rings"]} == {ring["ring_id"] for ring in on_sqlite.rings["rings"]}
