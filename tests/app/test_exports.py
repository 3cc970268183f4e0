import csv
import secrets
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from app.exports import export_rings, export_scores
from app.settings import Settings
from app.wiring import store_of
from graph.cells import unguarded
from graph.errors import NotFoundError, OutputError, UsageError


def read(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    return unguarded(pl.read_csv(path, infer_schema=False)).with_columns(pl.col("score").cast(pl.Float64))


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".CSV"])
def test_rings_are_exported_as_they_are(published: Settings, world, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"rings{suffix}"
    with store_of(published) as store:
        assert export_rings(store, target) == len(world.members) + 2
        expected = store.runs.members()
    assert read(target).equals(expected.select("ring_id", "applicant_id", "score"))


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_scores_are_exported_with_all_digits(published: Settings, world, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"scores{suffix}"
    with store_of(published) as store:
        world.publish(store, "run-2", 1 / 3)
        assert export_scores(store, target) == len(world.members) + 1
    found = dict(read(target).iter_rows())
    assert found == {**dict.fromkeys(world.members, 1 / 3), "clean": 0.0}


def test_no_id_in_a_csv_file_is_a_formula(published: Settings, world, tmp_path: Path) -> None:
    with store_of(published) as store:
        export_scores(store, tmp_path / "scores.csv")
    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["applicant_id", "score"]
    assert {row[0].removeprefix("'") for row in rows} == {*world.members, "clean"}
    assert any(row[0].startswith("'=") for row in rows)
    assert not any(row[0].startswith("=") for row in rows)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_run_without_rings_gives_a_file_with_columns(published: Settings, world, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"rings{suffix}"
    with store_of(published) as store:
        store.runs.publish(world.run_of("empty"), [], world.no_scores, keep=3)
        assert export_rings(store, target) == 0
    assert read(target).columns == ["ring_id", "applicant_id", "score"]


@pytest.mark.parametrize("name", ["rings.xlsx", "rings", "rings.csv.gz"])
def test_another_suffix_is_refused(published: Settings, tmp_path: Path, name: str) -> None:
    with store_of(published) as store, pytest.raises(UsageError, match=r"\.csv or \.parquet"):
        export_rings(store, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_before_the_first_run_the_earlier_file_stays(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "scores.csv"
    target.write_text("yesterday")
    with store_of(settings) as store, pytest.raises(NotFoundError, match="No run is published yet"):
        export_scores(store, target)
    assert target.read_text() == "yesterday"


def test_a_folder_that_is_not_there_is_said_so(published: Settings, tmp_path: Path) -> None:
    with store_of(published) as store, pytest.raises(OutputError, match="No such file or directory"):
        export_scores(store, tmp_path / "nowhere" / "scores.csv")


FULL_DISK = """
import resource, signal, sys
from app.cli.main import run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2**17, 2**17))
run()
"""


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_on_a_full_disk_the_earlier_file_stays_whole(published: Settings, world, tmp_path: Path, suffix: str) -> None:
    with store_of(published) as store:
        world.add_applicants(store, tuple(secrets.token_hex(32) for _ in range(10_000)))
    target = tmp_path / "out" / f"scores{suffix}"
    target.parent.mkdir()
    target.write_text("yesterday")
    command = [sys.executable, "-c", FULL_DISK, "export", "scores", target, "--store", published.store]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 74, done.stderr
    assert "Cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert [each.name for each in target.parent.iterdir()] == [target.name]
    assert target.read_text() == "yesterday"


def test_files_with_personal_data_are_for_their_owner_alone(
    published: Settings, ringfence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGFENCE_STORE", published.store)
    for command, *what in (
        ("export", "rings", tmp_path / "rings.csv"),
        ("export", "scores", tmp_path / "scores.parquet"),
        ("export", "graph", "R-1", tmp_path / "ring.gexf", "--unmasked"),
        ("quarantine", "export", tmp_path / "bad.csv"),
    ):
        assert ringfence(command, *what).code == 0
    written = [path for path in tmp_path.iterdir() if path.suffix in {".csv", ".parquet", ".gexf"}]
    assert len(written) == 4
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
