"""Arrays and what is said about them as one run of bytes, which is read without copying.

    8 bytes     "RFPACKED"
    4 bytes     version of what is packed
    4 bytes     length of the header
    header      JSON: {"said": ..., "arrays": {name: [type, shape]}}
    arrays      in the order of the header, each at a multiple of 64 bytes

All numbers are little-endian.
"""

import math
import struct
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from graph.errors import BadInputError, ConfigurationError

Array = npt.NDArray[Any]

_MAGIC = b"RFPACKED"
_PREFIX = struct.Struct("<8sII")
_ALIGNED = 64
_AGAIN = "Detect again: `ringfence detect`."


def pack(version: int, said: object, arrays: Mapping[str, Array]) -> bytes:
    """The bytes. `said`: anything that JSON can hold. The same values give the same bytes."""
    parts = {name: np.ascontiguousarray(each, each.dtype.newbyteorder("<")) for name, each in arrays.items()}
    layout = {name: (part.dtype.str, part.shape) for name, part in parts.items()}
    header = orjson.dumps({"said": said, "arrays": layout})
    pieces = [_PREFIX.pack(_MAGIC, version, len(header)) + header, *(part.tobytes() for part in parts.values())]
    return b"".join(filled for piece in pieces for filled in (piece, bytes(-len(piece) % _ALIGNED)))


def unpack(version: int, packed: bytes | memoryview) -> tuple[Any, dict[str, Array]]:
    """What was said, and the arrays, which read from `packed` and cannot be written to.

    Raises `ConfigurationError` for bytes of another version, `BadInputError` for bytes that are not whole.
    """
    if len(packed) < _PREFIX.size or bytes(packed[: len(_MAGIC)]) != _MAGIC:
        raise BadInputError("What the run has learned is damaged", do=_AGAIN)
    _, written, length = _PREFIX.unpack_from(packed)
    if written != version:
        raise ConfigurationError(
            f"What the run has learned is of format {written}, this program reads format {version}", do=_AGAIN
        )
    try:
        header = orjson.loads(bytes(packed[_PREFIX.size : _PREFIX.size + length]))
        return header["said"], dict(_arrays(header["arrays"], packed, _PREFIX.size + length))
    except (ValueError, TypeError, KeyError) as error:
        raise BadInputError("What the run has learned is damaged", do=_AGAIN) from error


def _arrays(
    layout: Mapping[str, tuple[str, list[int]]], packed: bytes | memoryview, end: int
) -> Iterator[tuple[str, Array]]:
    """The arrays after the header, which ends there."""
    for name, (type_, shape) in layout.items():
        start, count = end + -end % _ALIGNED, math.prod(shape)
        yield name, np.frombuffer(packed, np.dtype(type_), count, start).reshape(shape)
        end = start + count * np.dtype(type_).itemsize
