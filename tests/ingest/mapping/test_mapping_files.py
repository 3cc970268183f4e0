from pathlib import Path

import polars as pl
import pytest

from graph.errors import BadInputError, ConfigurationError
from ingest.mapping import check_sources, mapped, read_mapping
from ingest.reading.rows import RawRows, no_unreadable


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mapping.toml"


def columns(path: Path, text: str, source: dict[str, list[str | None]]) -> dict[str, list[str | None]]:
    """What the mapping of `transfers` makes of source columns."""
    path.write_text(f'[transfers]\nfile = "moves.csv"\n{text}')
    frame = pl.DataFrame(source, schema=dict.fromkeys(source, pl.String))
    rows = RawRows(pl.int_range(1, frame.height + 1, eager=True), frame, no_unreadable())
    return mapped(rows, read_mapping(path).tables["transfers"], "moves.csv").to_dict(as_series=False)


def test_columns_constants_and_formats(path):
    made = columns(
        path,
        """ignore = ["noise"]
        columns.from_id = "src"
        columns.to_id = { constant = 42 }
        columns.transfer_id = { format = "{file}:{row}-{src}/{dst of}{{}}" }
        columns.ts = { constant = 2017-01-01 }""",
        {"src": ["a", None], "dst of": ["x", "y"], "noise": ["1", "2"], "other": ["p", "q"], "amount": ["1.10", "2"]},
    )
    assert made == {
        "from_id": ["a", None],
        "to_id": ["42", "42"],
        "transfer_id": ["moves.csv:1-a/x{}", None],
        "ts": ["2017-01-01", "2017-01-01"],
        "other": ["p", "q"],
        "amount": ["1.10", "2"],
    }


def test_times_counted_from_an_origin(path):
    made = columns(
        path,
        'columns.ts = { column = "day", unit = "days", origin = 2017-01-01 }',
        {"day": ["0", " 1.5", "x", None, "inf"]},
    )
    assert made["ts"] == ["1483228800", "1483358400", "x", None, "inf"]


@pytest.mark.parametrize(
    ("how", "seconds"),
    [
        ('unit = "milliseconds"', "1700000000"),
        ('unit = "seconds", origin = 2001-01-01T00:00:00+08:00', "1700978278400"),
    ],
)
def test_units(path, how, seconds):
    assert columns(path, f'columns.ts = {{ column = "t", {how} }}', {"t": ["1700000000000"]})["ts"] == [seconds]


def test_values_are_translated_and_others_kept(path):
    made = columns(path, 'columns.ts = { column = "t", values = { a = 1, b = "2" } }', {"t": ["a", "b", "c", None]})
    assert made["ts"] == ["1", "2", "c", None]


def test_a_mapping_without_rows_keeps_its_columns(path):
    assert columns(path, 'columns.ts = { constant = "1" }\ncolumns.to_id = "b"', {"a": [], "b": []}) == {
        "ts": [],
        "to_id": [],
        "a": [],
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[transfer]\nfile = 'x'", "there is no table 'transfer': it is one of applicants, "),
        ("[transfers]\nfile = 'x'\ncolumns.form_id = 'a'", "transfers has no column 'form_id': it has transfer_id, "),
        ("[transfers]\n", "transfers.file: Field required"),
        ("[transfers]\nfile = '**.csv'", "** can only stand for whole folders"),
        ("[transfers]\nfile = 'x'\nfiel = 'y'", "transfers.fiel: Extra inputs are not permitted"),
        ("[transfers]\nfile = '../x'", "must be inside the source folder"),
        ("[transfers]\nfile = '/etc/passwd'", "must be inside the source folder"),
        ("[transfers]\nfile = 'x'\ncolumns.ts = {}", "exactly one of column, constant, format"),
        ("[transfers]\nfile = 'x'\ncolumns.ts = { column = 'a', constant = 'b' }", "exactly one of"),
        ("[transfers]\nfile = 'x'\ncolumns.ts = { column = 'a', colum = 'b' }", "columns.ts.colum: Extra inputs"),
        ("[transfers]\nfile = 'x'\ncolumns.ts = { constant = 'a', unit = 'days' }", "go with column"),
        ("[transfers]\nfile = 'x'\ncolumns.ts = { column = 'a', origin = 2017-01-01 }", "origin needs a unit"),
        ("[transfers]\nfile = 'x'\ncolumns.ts = { column = 'a', unit = 'weeks' }", "columns.ts.unit: Input should be"),
        ("[transfers]\nfile = 'x'\ncolumns.ts = { format = '{row!r:>9}' }", "only"),
        ("[transfers]\nfile = 'x'\ncolumns.ts = { format = '{' }", "columns.ts.format"),
        ("[transfers\n", "at line 1"),
    ],
)
def test_a_mapping_that_does_not_fit_says_where(path, text, message):
    path.write_text(text)
    with pytest.raises(ConfigurationError, match="does not fit") as error:
        read_mapping(path)
    assert message in str(error.value)


def test_there_is_no_mapping_file(path):
    with pytest.raises(ConfigurationError, match=r"cannot be read: No such file or directory .*mapping\.toml"):
        read_mapping(path)


def test_a_source_column_that_is_not_there(path):
    path.write_text("[transfers]\nfile = 'x'\ncolumns.ts = 'when'")
    with pytest.raises(BadInputError, match=r"not there: when .*The file has: a, b\."):
        check_sources(read_mapping(path).tables["transfers"], ["a", "b"], "x.csv")
