from pathlib import Path

import pytest

from graph.errors import BadInputError
from ingest.reading.jsonl import read_jsonl


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "t.jsonl"


def test_numbers_keep_every_digit(path):
    path.write_text('{"amount": 12.10, "id": 12345678901234567890123}\n{"id": "007", "amount": 1e-7}\n')
    [part] = read_jsonl(path)
    assert part.columns.to_dicts() == [
        {"amount": "12.10", "id": "12345678901234567890123"},
        {"amount": "1e-7", "id": "007"},
    ]


def test_other_values_become_text(path):
    path.write_text('{"a": true, "b": null, "c": [1, "x"], "d": {"e": "\\u5f20"}}\n')
    [part] = read_jsonl(path)
    assert part.columns.to_dicts() == [{"a": "true", "b": None, "c": '["1","x"]', "d": '{"e":"张"}'}]


def test_bad_lines_are_set_aside_with_their_line(path):
    path.write_text('{"a": 1}\n[1]\n{"a": "\\ud800"}\n{}\n\n{"a": 2}\n{"a": 3')
    [part, last] = read_jsonl(path, None, 48)
    lines = [*part.lines, *last.lines]
    bad = [*part.unreadable["line"], *last.unreadable["line"]]
    assert (lines, bad) == ([1, 5], [2, 3, 4, 6])
    assert last.unreadable["text"].to_list() == ['{"a": 3']


def test_deep_nesting_is_a_bad_line_not_a_crash(path):
    path.write_text("[" * 100_000 + "\n")
    [part] = read_jsonl(path)
    assert part.unreadable.height == 1


def test_one_endless_line_is_refused(path):
    path.write_bytes(b'{"a": 1}\n{"a": 2}\n{"a": "' + b"x" * 5000)
    with pytest.raises(BadInputError, match=r"longer than 1,000 bytes .*after row 2"):
        list(read_jsonl(path, None, 1000))
