"""A world in deliveries holds what the world in one folder holds, and nothing from the future."""

from pathlib import Path

import polars as pl
import pytest

from ingest.world import Format, Knobs, generate
from ingest.world.knobs import DAY

_KNOBS = Knobs(applicants=3_000, seed=5, days=90)
_NIGHTS = 4
_FOLDERS = ("initial", *(f"night-{night:02}" for night in range(1, _NIGHTS + 1)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _generated(tmp_path_factory.mktemp("whole"), 0)


@pytest.fixture(scope="module")
def nightly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _generated(tmp_path_factory.mktemp("nightly"), _NIGHTS)


def _generated(folder: Path, nights: int) -> Path:
    generate(folder, _KNOBS, Format.PARQUET, nights, lambda _: None)
    return folder


def _deliveries(nightly: Path, table: str) -> pl.DataFrame:
    return pl.concat(pl.read_parquet(nightly / folder / f"{table}.parquet") for folder in _FOLDERS)


def test_no_row_is_lost_and_the_truth_is_the_same(whole: Path, nightly: Path) -> None:
    for table in ("applicants", "applications", "contacts", "transfers", "cards"):
        assert len(_deliveries(nightly, table)) == pytest.approx(
            len(pl.read_parquet(whole / f"{table}.parquet")), rel=0.01
        )
    for table in ("rings", "applicants"):
        name = f"truth/{table}.parquet"
        assert pl.read_parquet(nightly / name).equals(pl.read_parquet(whole / name))


def test_a_lasting_observation_is_told_in_two_parts(whole: Path, nightly: Path) -> None:
    told = _deliveries(nightly, "applicant_device").filter(pl.col("fingerprint") != "")
    pairs = ("applicant_id", "fingerprint", "first_seen")
    merged = told.group_by(pairs).agg(pl.col("last_seen").max())
    at_once = pl.read_parquet(whole / "applicant_device.parquet").select(*pairs, "last_seen").unique()
    assert len(told) > len(merged)
    same = merged.join(at_once, on=[*pairs, "last_seen"], how="semi")
    assert len(same) > 0.99 * len(merged)


@pytest.mark.parametrize("night", range(_NIGHTS))
def test_nothing_from_the_future(nightly: Path, night: int) -> None:
    end = _KNOBS.start + (_KNOBS.days - _NIGHTS + night) * DAY
    for table, time in (("applicant_wifi", "last_seen"), ("applicant_ip", "last_seen"), ("transfers", "ts")):
        assert pl.read_parquet(nightly / _FOLDERS[night] / f"{table}.parquet")[time].max() < end
