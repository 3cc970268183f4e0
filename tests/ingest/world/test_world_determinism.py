"""The same seed makes the same world, byte by byte."""

from hashlib import sha256
from pathlib import Path

import pytest

from ingest.world import DifficultyChoice, Format, Knobs, generate


def _digests(folder: Path, knobs: Knobs, file_format: Format = Format.PARQUET) -> dict[str, str]:
    generate(folder, knobs, file_format, 0, lambda _: None)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("file_format", list(Format))
def test_same_seed_same_bytes(tmp_path: Path, file_format: Format) -> None:
    knobs = Knobs(applicants=2_000, seed=3)
    assert _digests(tmp_path / "one", knobs, file_format) == _digests(tmp_path / "two", knobs, file_format)


def test_other_seed_other_tables(tmp_path: Path) -> None:
    one = _digests(tmp_path / "one", Knobs(applicants=2_000, seed=3))
    two = _digests(tmp_path / "two", Knobs(applicants=2_000, seed=4))
    assert one.keys() == two.keys()
    assert not set(one.values()) & set(two.values())


def test_difficulty_leaves_ordinary_lives_alone(tmp_path: Path) -> None:
    easy = _digests(tmp_path / "one", Knobs(applicants=2_000, difficulty=DifficultyChoice.EASY))
    hard = _digests(tmp_path / "two", Knobs(applicants=2_000, difficulty=DifficultyChoice.HARD))
    assert easy["applications.parquet"] == hard["applications.parquet"]
    assert easy["truth/rings.parquet"] != hard["truth/rings.parquet"]
    assert easy["applicant_device.parquet"] != hard["applicant_device.parquet"]
