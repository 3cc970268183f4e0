from pathlib import Path

import pytest

from graph.errors import BadInputError
from ingest.reading.csv import read_csv


def rows(path: Path, content: bytes, block: int = 1 << 20) -> tuple[list[tuple], list[tuple]]:
    """(line, values) of readable rows, (line, reason, text) of the others."""
    path.write_bytes(content)
    good, bad = [], []
    for part in read_csv(path, None, block):
        good += zip(part.lines, part.columns.rows(), strict=True)
        bad += part.unreadable.rows()
    return good, bad


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


def test_ragged_rows_are_set_aside_with_their_line_and_the_others_keep_theirs(path):
    good, bad = rows(path, b"a,b,c\n1,2,3\n1,2\n4,5,6\n7,8,9,10\n7,8,9\n7,8")
    assert good == [(1, ("1", "2", "3")), (3, ("4", "5", "6")), (5, ("7", "8", "9"))]
    assert bad == [
        (2, "2 values in 3 columns", "1,2"),
        (4, "4 values in 3 columns", "7,8,9,10"),
        (6, "2 values in 3 columns", "7,8"),
    ]


def test_lines_are_right_across_many_blocks(path):
    expected = [number for number in range(1, 501) if number % 7]
    content = b"a,b\n" + b"".join(b"%d,x\n" % n if n % 7 else b"%d\n" % n for n in range(1, 501))
    good, bad = rows(path, content, block=64)
    assert [(line, int(values[0])) for line, values in good] == [(number, number) for number in expected]
    assert [line for line, _, _ in bad] == list(range(7, 501, 7))


def test_quotes_line_breaks_and_blanks_in_values(path):
    good, _ = rows(path, b'a,b\r\n"x, ""y""","two\nlines"\r\n00012,\r\nO"Brien,"\xe5\xbc\xa0"\r\n')
    assert good == [(1, ('x, "y"', "two\nlines")), (2, ("00012", None)), (3, ('O"Brien', "张"))]


def test_a_quote_that_is_never_closed_does_not_swallow_rows_silently(path):
    good, bad = rows(path, b'a,b,c\n1,2,3\n4,5,"x\n7,8,9\n7,8,9\n')
    assert good == [(1, ("1", "2", "3"))]
    [(line, reason, text)] = bad
    assert line == 2
    assert "quote is not closed" in reason
    assert "7,8,9" in text


def test_a_ragged_row_on_several_lines_hints_at_its_quote(path):
    _, [(line, reason, text)] = rows(path, b'a,b,c\n1,2,3\n4,"5,6\n7,8,9\n')
    assert (line, reason) == (2, "2 values in 3 columns, on several lines: perhaps a quote is not closed")
    assert "7,8,9" in text


def test_a_line_that_is_too_long_says_after_which_row(path):
    content = b"a,b\n" + b"1,2\n" * 600 + b"3," + b"x" * 3000 + b"\n"
    with pytest.raises(BadInputError) as refused:
        rows(path, content, block=1000)
    assert 250 < int(refused.value.where.rpartition(" ")[2]) <= 600


def test_nul_byte_order_mark_and_emoji(path):
    good, _ = rows(path, b"\xef\xbb\xbfa,b\nx\x00y,\xf0\x9f\x98\x80\n")
    assert good == [(1, ("x\x00y", "😀"))]


def test_header_only_has_no_rows_but_columns(path):
    path.write_bytes(b"a,b\n")
    assert [(part.columns.columns, part.height) for part in read_csv(path)] == [(["a", "b"], 0)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"a,b,a\n1,2,3\n", "Columns of the same name: 'a'"),
        (b"a,b\n1," + b"x" * 3000 + b"\n", "longer than 1,000 bytes"),
        (b"x" * 3000, "longer than 1,000 bytes"),
        (b"a;b\n1;2\n", "separated by ';', not by commas"),
        (b"a\tb\n1\t2\n", r"separated by '\\t', not by commas"),
    ],
)
def test_files_that_are_no_table(path, content, message):
    with pytest.raises(BadInputError, match=message):
        rows(path, content, block=1000)


def test_a_file_of_nothing_but_ragged_rows_does_not_fill_memory(path):
    with pytest.raises(BadInputError, match="More than 100,000 rows"):
        rows(path, b"a,b\n" + b"1\n" * 100_002)
