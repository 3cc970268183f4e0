from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.errors import BadInputError
from ingest.reading.parquet import BATCH, read_parquet

CHINA = timezone(timedelta(hours=8))


def test_typed_columns_become_exact_text(tmp_path):
    path = tmp_path / "t.parquet"
    table = pa.table(
        {
            "id": pa.array([2**62 + 1, None]),
            "money": pa.array([Decimal("12345678901234567.10"), None]),
            "float": pa.array([0.1, 1001.0]),
            "naive": pa.array([datetime(2024, 1, 1, 12, 0, 0, 5000), None]),
            "zoned": pa.array([datetime(2024, 1, 1, 12, tzinfo=CHINA), None], pa.timestamp("ms", "Asia/Shanghai")),
            "day": pa.array([date(2024, 1, 1), None]),
            "flag": pa.array([True, None]),
            "word": pa.array(["x", None]).dictionary_encode(),
            "list": pa.array([[1, 2], None]),
            "bytes": pa.array([b"abc", None]),
        }
    )
    pq.write_table(table, path)
    *_, part = read_parquet(path)
    assert part.columns.row(0, named=True) == {
        "id": "4611686018427387905",
        "money": "12345678901234567.10",
        "float": "0.1",
        "naive": "2024-01-01T12:00:00.005Z",
        "zoned": "2024-01-01T04:00:00Z",
        "day": "2024-01-01",
        "flag": "true",
        "word": "x",
        "list": '{"value":[1,2]}',
        "bytes": "abc",
    }
    assert part.columns["float"][1] == "1001"
    assert all(value is None for name, value in part.columns.row(1, named=True).items() if name != "float")


def test_lines_go_on_from_batch_to_batch(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"n": range(1, BATCH * 2 + 2)}).write_parquet(path)
    lines = [
        (line, int(text))
        for part in read_parquet(path)
        for line, text in zip(part.lines, part.columns["n"], strict=True)
    ]
    assert len(lines) == BATCH * 2 + 1
    assert all(line == number for line, number in lines)


@pytest.mark.parametrize("keep", [0.5, 0.0])
def test_a_cut_file_is_refused(tmp_path: Path, keep: float):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"t": [datetime(2024, 1, 1, tzinfo=UTC)] * 100}).write_parquet(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(BadInputError, match="cannot be read to its end"):
        list(read_parquet(path))


def test_columns_of_one_name_and_bytes_that_are_no_text_are_refused(tmp_path: Path):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": ["1"], " a": ["2"]}), path)
    with pytest.raises(BadInputError, match="Columns of the same name: 'a'"):
        list(read_parquet(path))
    pq.write_table(pa.table({"a": [b"\xff"]}), path)
    with pytest.raises(BadInputError, match=r"cannot be read to its end: .*UTF8"):
        list(read_parquet(path))
