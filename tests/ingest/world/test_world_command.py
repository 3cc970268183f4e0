"""`ringfence world`."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from app.cli.main import app
from graph.errors import OutputError, UsageError
from ingest.world import Format, Knobs, generate


def test_answers_a_program(tmp_path: Path) -> None:
    out = tmp_path / "world"
    result = CliRunner().invoke(app, ["world", str(out), "--applicants", "1000", "--format", "csv", "--json"])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["rows"]["applicants"] == len(pl.read_csv(out / "applicants.csv"))
    assert answer["fraudsters"] == pl.read_csv(out / "truth" / "applicants.csv")["is_fraud"].sum()


def test_refuses_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    with pytest.raises(UsageError, match="not empty"):
        generate(tmp_path, Knobs(applicants=1_000), Format.CSV, 0, lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="Cannot write"):
        generate(tmp_path / "file" / "world", Knobs(applicants=1_000), Format.CSV, 0, lambda _: None)


def test_more_nights_than_days_is_a_wrong_call(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["world", str(tmp_path / "world"), "--nights", "180"])
    assert result.exit_code == 2
    assert not (tmp_path / "world").exists()
