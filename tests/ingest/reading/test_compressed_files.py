import errno
import gzip
from pathlib import Path

import pyarrow as pa
import pytest

from graph.errors import BadInputError
from ingest.reading import format_of, read_rows
from ingest.reading.bytes import reading_errors

TEXT = b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * 7919 % 65_537) for n in range(20_000))


def compressed(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.compress(TEXT)
    return pa.Codec("zstd").compress(TEXT, asbytes=True)


@pytest.mark.parametrize("name", ["t.csv.gz", "t.csv.zst"])
def test_compressed_text_is_read_whole(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(compressed(path))
    assert sum(part.height for part in read_rows(path)) == 20_000


def test_joined_gzip_files_are_read_whole(tmp_path):
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(TEXT[:50_000]) + gzip.compress(TEXT[50_000:]))
    assert sum(part.height for part in read_rows(path)) == 20_000


@pytest.mark.parametrize("name", ["t.csv.gz", "t.csv.zst"])
@pytest.mark.parametrize(
    "damage", [lambda data: data[: len(data) // 2], lambda data: data[:-3], lambda data: b"no" + data]
)
def test_a_cut_or_damaged_file_is_refused(tmp_path, name, damage):
    path = tmp_path / name
    path.write_bytes(damage(compressed(path)))
    with pytest.raises(BadInputError, match="cannot be read to its end"):
        list(read_rows(path))


def test_a_file_that_may_not_be_read_is_not_called_damaged(tmp_path):
    with pytest.raises(BadInputError, match=r"may not be read .*right to read it"), reading_errors(tmp_path / "t.csv"):
        raise PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.csv", ".csv"), ("a.CSV.GZ", ".csv"), ("a.jsonl.zst", ".jsonl"), ("a.parquet", ".parquet"),
        ("a.parquet.gz", None), ("a.xlsx", None), ("a.gz", None), ("csv", None), (".csv", None),
    ],
)  # fmt: skip
def test_formats_by_name(name, suffix):
    assert format_of(Path(name)) == suffix
