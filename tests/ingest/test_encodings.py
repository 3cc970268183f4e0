import io

import pytest

from graph.errors import BadInputError
from ingest.encoding import Utf8Stream

TEXT = "编号,姓名\n" + "甲1,张三\n乙2,\U00020bb7\n" * 500


def decoded(content: bytes, encoding: str | None = None, size: int = 64) -> str:
    stream = Utf8Stream(io.BytesIO(content), "t.csv", encoding)
    return b"".join(iter(lambda: stream.read(size), b"")).decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("size", [7, 64, 1 << 20])
def test_detected_whatever_the_pieces(encoding, size):
    assert decoded(TEXT.encode(encoding), size=size) == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_first_other_bytes_decide_after_any_amount_of_ascii(encoding):
    text = "a,b\n" * 10_000 + TEXT
    assert decoded(text.encode(encoding)) == text


def test_a_set_encoding_is_used():
    assert decoded(TEXT.encode("utf-16"), "utf-16") == TEXT
    assert decoded("José".encode("latin-1"), "latin-1") == "José"


@pytest.mark.parametrize(
    ("content", "encoding", "message"),
    [
        (TEXT.encode() + b"\xff", None, r"not valid utf-8.*near byte 1[0-9],"),
        (TEXT.encode()[:-2], None, "not valid utf-8"),
        (TEXT.encode("gb18030"), "utf-8", "not valid utf-8: it breaks near byte 0"),
        (TEXT.encode("gb18030") + b"\xff\xff", None, "not valid gb18030"),
        (b"a\xe9,b\n", None, "not valid utf-8 nor gb18030"),
        (TEXT.encode("utf-16"), None, "UTF-16"),
    ],
)
def test_bytes_that_do_not_fit_are_refused(content, encoding, message):
    with pytest.raises(BadInputError, match=message):
        decoded(content, encoding)


def test_looking_ahead_takes_nothing():
    stream = Utf8Stream(io.BytesIO(TEXT.encode("gb18030")), "t.csv")
    assert stream.peek(20) == stream.peek(20) == TEXT.encode()[:20]
    assert stream.read(1 << 20).decode() == TEXT
