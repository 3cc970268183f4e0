"""Identifiers as text, whole columns at a time."""

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from ingest.world.randomness import Ints, Tokens, scatter, tokens

_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_PHONE_PREFIXES = np.array(
    [130, 131, 132, 133, 135, 136, 137, 138, 139, 150, 151, 152, 153, 155, 156, 157, 158, 159, 180, 181, 182, 183]
)
_MAKERS = np.array(
    [0x001A11, 0x3C5AB4, 0x001D0F, 0x50C7BF, 0x14CF92, 0x88C397, 0x00259E, 0xE0191D,
     0x5C0E8B, 0x9C28EF, 0xF4F5D8, 0x2C5D34, 0x6C5C14, 0x40A108, 0xD0C7C0, 0x8CBEBE],
    dtype=np.uint64,
)  # fmt: skip
_NETWORKS = np.array([36, 39, 42, 49, 58, 59, 60, 61, 101, 106, 111, 113, 114, 115, 116, 117,
                      118, 119, 120, 121, 122, 123, 124, 125, 175, 180, 182, 183, 202, 210, 218, 222])  # fmt: skip


def _column(characters: NDArray[np.uint8]) -> pl.Series:
    """Rows of ASCII characters, all of one width, as strings."""
    count, width = characters.shape
    buffer = pa.py_buffer(np.ascontiguousarray(characters))
    array = pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), count, [None, buffer])
    return pl.Series(pl.from_arrow(array.cast(pa.binary()).cast(pa.string())))


def _hexadecimal(values: Tokens) -> NDArray[np.uint8]:
    """The 16 hexadecimal digits of each value."""
    octets = values.astype(">u8").view(np.uint8).reshape(-1, 8)
    digits: NDArray[np.uint8] = np.stack([_DIGITS[octets >> 4], _DIGITS[octets & 15]], axis=2).reshape(-1, 16)
    return digits


def token_text(index: Ints, rng: Generator) -> pl.Series:
    """Tokens such as device fingerprints and card hashes."""
    return _column(_hexadecimal(tokens(index, rng)))


def mac_text(values: Tokens, separator: bytes = b":") -> pl.Series:
    """48-bit values as MAC addresses."""
    digits = _hexadecimal(values)[:, 4:].reshape(-1, 6, 2)
    marks = np.full((len(values), 6, 1), separator[0], dtype=np.uint8)
    return _column(np.concatenate([digits, marks], axis=2).reshape(-1, 18)[:, :17])


def maker_macs(index: Ints, rng: Generator) -> Tokens:
    """Distinct universally administered MAC addresses."""
    values = scatter(index, 28, rng).astype(np.uint64)
    macs: Tokens = (_MAKERS[values >> np.uint64(24)] << np.uint64(24)) | (values & np.uint64(0xFFFFFF))
    return macs


def random_macs(index: Ints, rng: Generator) -> Tokens:
    """Locally administered unicast addresses, as phones invent them."""
    values = tokens(index, rng) & np.uint64(0xFCFFFFFFFFFF)
    return values | np.uint64(0x020000000000)


def phone_text(index: Ints, rng: Generator) -> pl.Series:
    """Distinct mobile numbers of eleven digits."""
    values = scatter(index, 31, rng)
    numbers = _PHONE_PREFIXES[values // 100_000_000] * 100_000_000 + values % 100_000_000
    return pl.Series(numbers).cast(pl.String)


def ip_text(index: Ints, rng: Generator) -> pl.Series:
    """Distinct public IPv4 addresses."""
    values = scatter(index, 29, rng)
    return dotted(_NETWORKS[values >> 24], values)


def dotted(network: Ints, values: Ints) -> pl.Series:
    """IPv4 addresses of a first octet and the low 24 bits of a value."""
    octets = pl.DataFrame({"a": network, "b": (values >> 16) & 255, "c": (values >> 8) & 255, "d": values & 255})
    return octets.select(pl.format("{}.{}.{}.{}", "a", "b", "c", "d")).to_series()


def numbered(prefix: str, values: Ints) -> pl.Series:
    """Ids such as A00000017."""
    frame = pl.DataFrame({"number": values})
    return frame.select(pl.lit(prefix) + pl.col("number").cast(pl.String).str.zfill(8)).to_series()


def iso_time(seconds: pl.Expr) -> pl.Expr:
    """Unix seconds as ISO 8601, UTC."""
    return pl.from_epoch(seconds, time_unit="s").dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def money(cents: pl.Expr) -> pl.Expr:
    """Minor units as an exact decimal."""
    return pl.format("{}.{}", cents // 100, (cents % 100).cast(pl.String).str.zfill(2))
