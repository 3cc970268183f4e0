"""Bytes of a text file in whatever encoding, as UTF-8: detected from its beginning, and checked to its end."""

import codecs
from typing import Protocol

from graph.errors import BadInputError

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_DETECTED = ("utf-8", "gb18030")


class Readable(Protocol):
    """Anything with `read`."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class Utf8Stream:
    """A readable file of valid UTF-8 without a byte order mark, whatever the encoding of its source.

    Without a set `encoding`, the file is UTF-8 or GB18030: plain ASCII is both, the first other bytes decide.
    A byte that does not fit the encoding is a `BadInputError`, wherever it stands.
    """

    def __init__(self, source: Readable, where: str, encoding: str | None = None) -> None:
        self._source = source
        self._where = where
        self._encoding = codecs.lookup(encoding).name if encoding else None
        self._decoder: codecs.IncrementalDecoder | None = None
        self._ready = bytearray()
        self._position = 0
        self._ended = False
        self.closed = False

    def read(self, size: int) -> bytes:
        """`size` bytes of UTF-8, fewer only at the end."""
        while len(self._ready) < size and not self._ended:
            self._fill(size)
        piece = bytes(self._ready[:size])
        del self._ready[:size]
        return piece

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, without taking them."""
        piece = self.read(size)
        self._ready[:0] = piece
        return piece

    def readable(self) -> bool:
        """Always true (part of the file protocol)."""
        return True

    def close(self) -> None:
        """Forget what was read ahead."""
        self.closed = True
        self._ready.clear()

    def _fill(self, size: int) -> None:
        data = self._source.read(size)
        self._ended = not data
        if self._position == 0:
            data = self._without_mark(data)
        self._ready += self._utf8(data)
        self._position += len(data)

    def _without_mark(self, data: bytes) -> bytes:
        if self._encoding in {None, "utf-8"} and data.startswith(_UTF8_BOM):
            self._encoding = "utf-8"
            return data[len(_UTF8_BOM) :]
        if self._encoding is None and data.startswith(_UTF16_BOMS):
            raise BadInputError("The file is in UTF-16", where=self._where, do="Say so: --encoding utf-16.")
        return data

    def _utf8(self, data: bytes) -> bytes:
        if self._encoding is None:
            if data.isascii():
                return data
            self._encoding = self._detect(data)
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder(self._encoding)()
        try:
            text = self._decoder.decode(data, self._ended)
        except UnicodeDecodeError as error:
            raise self._misfit(self._encoding, error) from error
        return data if self._encoding == "utf-8" else text.encode()

    def _detect(self, data: bytes) -> str:
        """The first encoding that the bytes fit; they may end in the middle of a character."""
        for encoding in _DETECTED:
            try:
                codecs.getincrementaldecoder(encoding)().decode(data)
            except UnicodeDecodeError as error:
                misfit = error
            else:
                return encoding
        raise self._misfit("utf-8 nor gb18030", misfit)

    def _misfit(self, encoding: str, error: UnicodeDecodeError) -> BadInputError:
        at = self._position + error.start
        return BadInputError(
            f"The file is not valid {encoding}: it breaks near byte {at:,}",
            where=self._where,
            do="Set the encoding that it has with --encoding, or have it delivered again.",
        )
