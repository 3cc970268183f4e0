"""Small helpers on groups of accounts and on columns."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graph.projection import Index, Ints, Mask


def distinct(values: Ints) -> Ints:
    """The distinct values, sorted. (NumPy's own goes through a hash table, which is slow for millions.)"""
    ordered = np.sort(values)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def in_order(*numbers: Index | Ints) -> Ints:
    """Places in order of the first of these columns (0 to 2**31 - 1), then of the next; equal rows as they stand.

    The same as `np.lexsort`. To sort values is many times as fast as to sort places by them, so each takes its place
    along, and as many columns as there is room for in 64 bits.
    """
    rows = len(numbers[0])
    bits = [int(one.max(initial=0)).bit_length() for one in numbers]
    if len(numbers) > 1 and sum(bits) + rows.bit_length() > 63:
        order = in_order(numbers[-1])
        return order[in_order(*(one[order] for one in numbers[:-1]))]
    packed = np.zeros(rows, np.int64)
    for one, width in zip(numbers, bits, strict=True):
        packed = packed << width | one
    packed = packed << rows.bit_length() | np.arange(rows)
    packed.sort()
    return packed & (1 << rows.bit_length()) - 1


def searched(ordered: Ints, wanted: Ints, side: Literal["left", "right"] = "left") -> Ints:
    """As `np.searchsorted`, but in order: looking for millions in no order waits for memory at every step."""
    if (wanted[1:] >= wanted[:-1]).all():
        return np.searchsorted(ordered, wanted, side=side)
    order = np.argsort(wanted)
    found = np.empty(len(wanted), np.int64)
    found[order] = np.searchsorted(ordered, wanted[order], side=side)
    return found


def among(wanted: Ints, present: Ints) -> Mask:
    """Which of the wanted values are present; those are sorted."""
    return np.asarray(np.append(present, -1)[searched(present, wanted)] == wanted)


def ranges(begin: Ints, count: Ints) -> Ints:
    """So many places from each beginning on, one range after the other."""
    return np.asarray(np.arange(int(count.sum())) + np.repeat(begin - (np.cumsum(count) - count), count))


def by_group(group: Index, member: Index) -> Iterator[tuple[int, Index]]:
    """Each group with its members, sorted; groups in order of their smallest member."""
    order = np.lexsort((member, group))
    parts = np.split(member[order], np.flatnonzero(np.diff(group[order])) + 1)
    numbers = np.unique(group)
    found = [(int(number), part) for number, part in zip(numbers, parts, strict=False)]
    yield from sorted(found, key=lambda one: tuple(one[1][:2]))


def components(low: Index, high: Index) -> tuple[Index, Index]:
    """Group number and member of the connected components of these edges."""
    nodes, ends = np.unique(np.concatenate([low, high]), return_inverse=True)
    graph = coo_array((np.ones(len(low), np.int8), (ends[: len(low)], ends[len(low) :])), shape=(len(nodes),) * 2)
    return np.asarray(connected_components(graph, directed=False)[1], np.int32), nodes.astype(np.int32)
