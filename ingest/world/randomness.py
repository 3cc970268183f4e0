"""Seeded random numbers in columns."""

from typing import Any
from zlib import crc32

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Tokens = NDArray[np.uint64]


def stream(seed: int, name: str) -> Generator:
    """The random numbers of one part of the world: changing one part leaves the others as they are."""
    return np.random.default_rng([seed, crc32(name.encode())])


def some(rng: Generator, share: float, count: int) -> Ints:
    """The indices, out of `count`, that fall into a random share."""
    return np.flatnonzero(rng.random(count) < share)


def number_of(rng: Generator, chances: tuple[float, ...], count: int) -> Ints:
    """`count` draws of 1, 2, 3... with these chances."""
    edges = np.cumsum(chances) / sum(chances)
    return np.searchsorted(edges, rng.random(count), side="right") + 1


def between(rng: Generator, low: Ints, high: Ints) -> Ints:
    """A moment in each span, low and high included."""
    return low + (rng.random(len(low)) * (high - low + 1)).astype(np.int64)


def log_normal(rng: Generator, median: float, sigma: float, count: int) -> NDArray[np.float64]:
    """`count` draws of a log-normal distribution."""
    return median * np.exp(sigma * rng.standard_normal(count))


def popular(rng: Generator, things: int, count: int) -> Ints:
    """`count` choices out of things of which some are much more popular than others."""
    return (things * rng.random(count) ** 2).astype(np.int64)


def fill(rng: Generator, total: int, low: int, high: int) -> Ints:
    """Group sizes between low and high (uniform in logarithm) that add up to `total`; the last may be smaller."""
    count = max(1, total // low + 1)
    sizes = np.exp(rng.uniform(np.log(low), np.log(high + 1), count)).astype(np.int64)
    return cut(sizes, total)


def cut(sizes: Ints, total: int) -> Ints:
    """The first sizes, cut so that they add up to `total` (which they reach)."""
    ends = np.minimum(np.cumsum(sizes), total)
    sizes = np.diff(ends, prepend=0)
    return sizes[sizes > 0]


def scatter(index: Ints, bits: int, rng: Generator) -> Ints:
    """Distinct numbers below 2**bits for distinct indices, in no visible order."""
    multiplier = np.uint64(rng.integers(1 << (bits - 1)) * 2 + 1)
    offset = np.uint64(rng.integers(1 << bits))
    mixed = index.astype(np.uint64) * multiplier + offset
    return (mixed & np.uint64((1 << bits) - 1)).astype(np.int64)


def tokens(index: Ints, rng: Generator) -> Tokens:
    """A 64-bit hash of each index (splitmix64), other for every generator."""
    mixed: Tokens = index.astype(np.uint64) + rng.integers(1 << 63, dtype=np.uint64)
    mixed = mixed * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def first_of_each(values: NDArray[Any]) -> Bools:
    """Where a value of a sorted column stands for the first time."""
    return np.concatenate([[True], values[1:] != values[:-1]]) if len(values) else np.zeros(0, dtype=bool)
