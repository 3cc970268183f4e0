"""JSON lines: one object a line, numbers kept as the text that stands there, lines that are no object set aside."""

import json
from collections.abc import Iterator
from pathlib import Path

import orjson
import polars as pl

from ingest.encoding import Utf8Stream
from ingest.reading.bytes import open_bytes
from ingest.reading.rows import UNREADABLE, RawRows, check_names, column_name, too_long

BLOCK = 1 << 20
"""Bytes read at once; no line may be longer, which bounds memory whatever the file."""

# A number must not pass through a float: 12.10 is money, and a long id would lose digits.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def read_jsonl(path: Path, encoding: str | None = None, block: int = BLOCK) -> Iterator[RawRows]:
    """The rows of a file of JSON objects, one a line. `BadInputError` where the file as a whole cannot be read."""
    done = 0
    with open_bytes(path) as source:
        for lines in _blocks(Utf8Stream(source, str(path), encoding), path, block):
            yield _rows(lines, done + 1, path)
            done += len(lines)


def _blocks(stream: Utf8Stream, path: Path, block: int) -> Iterator[list[str]]:
    """The file's lines, blank ones left out, as many at once as end in one block."""
    rest, done = b"", 0
    while piece := stream.read(block):
        whole, newline, tail = piece.rpartition(b"\n")
        if newline:
            lines = _lines(rest + whole)
            done += len(lines)
            yield lines
            rest = tail
        else:
            rest += piece
        if len(rest) > block:
            raise too_long(path, done, block)
    if rest.strip():
        yield _lines(rest)


def _lines(data: bytes) -> list[str]:
    return [line for line in data.decode().split("\n") if line.strip()]


def _rows(lines: list[str], first: int, path: Path) -> RawRows:
    objects = [_object(line) for line in lines]
    good = [number for number, value in enumerate(objects) if isinstance(value, dict)]
    bad = [(first + number, value, lines[number]) for number, value in enumerate(objects) if isinstance(value, str)]
    return RawRows(
        pl.Series("line", [first + number for number in good], pl.Int64),
        _frame([value for value in objects if isinstance(value, dict)], path),
        pl.DataFrame(bad, schema=UNREADABLE, orient="row"),
    )


def _object(line: str) -> dict[str, object] | str:
    """The line's object, or why there is none."""
    try:
        value = _DECODER.decode(line)
        # What cannot be written as UTF-8 (half of a surrogate pair) cannot be stored either.
        line.isascii() and "\\u" in line and json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        return "the JSON is nested too deeply"
    except ValueError as error:
        return f"not a JSON object: {error}"[:200]
    return value if isinstance(value, dict) and value else "not a JSON object with values"


def _frame(objects: list[dict[str, object]], path: Path) -> pl.DataFrame:
    names = list(dict.fromkeys(name for value in objects for name in value))
    check_names([column_name(name) for name in names], str(path))
    return pl.DataFrame(
        {column_name(name): pl.Series("", [_text(value.get(name)) for value in objects], pl.String) for name in names}
    )


def _text(value: object) -> str | None:
    """A JSON value as text; a list or an object stays JSON."""
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()
