"""The truth from outside: read in any format, refused where it is unclear."""

from pathlib import Path

import polars as pl
import pytest

from app.backtest.truth import read_truth
from graph.errors import BadInputError, UsageError


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def by_id(truth: pl.DataFrame) -> dict[str, tuple]:
    return {who: (fraud, lost) for who, fraud, lost in truth.iter_rows()}


def test_every_format_says_the_same(tmp_path):
    csv = written(tmp_path / "t.csv", "applicant_id,is_fraud,lost_at\n007,1,2026-03-01\nb,FALSE,\n")
    lines = [
        '{"applicant_id":"007","is_fraud":true,"lost_at":"2026-03-01T00:00Z"}',
        '{"applicant_id":"b","is_fraud":0}',
    ]
    jsonl = written(tmp_path / "t.jsonl", "\n".join(lines))
    parquet = tmp_path / "t.parquet"
    fraud = {"applicant_id": ["007", "b"], "is_fraud": [True, False], "lost_at": [1_772_323_200, None]}
    pl.DataFrame(fraud | {"sharing": ["", "x"]}).write_parquet(parquet)
    expected = {"007": (True, 1_772_323_200), "b": (False, None)}
    assert [by_id(read_truth(path)) for path in (csv, jsonl, parquet)] == [expected] * 3


def test_the_loss_date_may_be_left_out_and_a_row_be_there_twice(tmp_path):
    truth = read_truth(written(tmp_path / "t.csv", "is_fraud,applicant_id\ntrue,a\ntrue,a\n"))
    assert by_id(truth) == {"a": (True, None)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("applicant_id,is_fraud\na,perhaps\n", "row 1"),
        ("applicant_id,is_fraud\na,true\n,true\n", "row 2"),
        ("applicant_id,is_fraud,lost_at\na,true,soon\n", "ISO 8601"),
        ("applicant_id,fraud\na,true\n", "is_fraud"),
        ("applicant_id,is_fraud\na,true\na,false\n", "differ"),
    ],
)
def test_what_is_unclear_is_refused(tmp_path, text, said):
    with pytest.raises(BadInputError, match=said):
        read_truth(written(tmp_path / "t.csv", text))


def test_an_unknown_format_and_a_missing_file_are_told(tmp_path):
    with pytest.raises(UsageError):
        read_truth(tmp_path / "truth.xlsx")
    with pytest.raises(BadInputError):
        read_truth(tmp_path / "truth.csv")
