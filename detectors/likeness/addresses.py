"""Places: addresses that mean the same though one is in Chinese and one in Latin letters, or a letter is wrong.

Only addresses with the same numbers (house, building, flat) are compared, so the work stays near-linear: blocking, as
in record linkage. Within a block the words decide, by RapidFuzz's token set ratio, which ignores their order.
"""

import numpy as np
import polars as pl
from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.process import cpdist

from detectors.grouping import components
from detectors.likeness.latin import in_latin
from graph.projection import Index

ALIKE = 88.0
"""Of 100: a wrong letter in a word or two, or a part that one of them leaves out."""

LEAST_DIGITS = 4
"""Addresses whose numbers have fewer digits in all are too many in a block, and not compared."""

LARGEST_BLOCK = 40
"""A number that so many different texts have in common says nothing; only neighbours in such a block are compared."""

_PARTS = r"[省市区县镇乡村街路道巷弄号栋幢座楼层室]|单元"
"""Between what these characters end there are words."""

_GENERIC = r"\b(?:st|rd|ave|blvd|dr|ln|ct|sq|hwy|bldg|fl|unit|no|room|block|city|province|district|china)\b"


def same_place(addresses: pl.Series) -> Index:
    """A number for each of these different addresses: same number, same place; it is that of the first one of them."""
    frame = _described(addresses)
    one, other = _candidates(frame)
    words = frame["words"]
    score = cpdist(words.gather(one).to_list(), words.gather(other).to_list(), scorer=token_set_ratio, workers=-1)
    same = score >= ALIKE
    number = frame["number"].to_numpy()
    place = np.arange(len(addresses), dtype=np.int32)
    if same.any():
        group, member = components(number[one[same]], number[other[same]])
        first = np.full(int(group.max()) + 1, len(addresses), np.int32)
        np.minimum.at(first, group, member)
        place[member] = first[group]
    return place


def _described(addresses: pl.Series) -> pl.DataFrame:
    """Those worth comparing: `number` (place in the series), `block` (their numbers, sorted), `words`; by block."""
    number = pl.int_range(len(addresses), dtype=pl.Int32, eager=True)
    frame = pl.DataFrame({"number": number, "text": addresses, "block": addresses.str.extract_all(r"\d+")})
    # Sorting takes long list by list, so those whose numbers, in whatever order, nobody else has go first of all.
    in_any_order = pl.col("block").list.eval(pl.element().hash() // 4096).list.sum()
    frame = frame.filter(in_any_order.is_duplicated()).with_columns(pl.col("block").list.sort().list.join(" "))
    digits = pl.col("block").str.count_matches(r"\d") >= LEAST_DIGITS
    shared = pl.len().over("block") > 1
    frame = frame.filter(digits).filter(shared)
    words = in_latin(frame["text"].str.replace_all(_PARTS, " ").str.replace_all(r"[^\p{L}]+", " "))
    frame = frame.select("number", "block", words.str.replace_all(_GENERIC, " ").alias("words"))
    return frame.filter(pl.col("words").str.strip_chars() != "").filter(shared).sort("block", "words", "number")


def _candidates(frame: pl.DataFrame) -> tuple[Index, Index]:
    """Rows of the frame to be compared: all pairs of a small block, each with the next ones of a large one."""
    block = frame["block"].rle_id().to_numpy()
    rows = np.arange(len(block), dtype=np.int32)
    found = [np.empty((2, 0), np.int32)]
    for step in range(1, LARGEST_BLOCK):
        one = rows[:-step][block[:-step] == block[step:]] if step < len(rows) else rows[:0]
        if not len(one):
            break
        found.append(np.stack([one, one + step]))
    one, other = np.concatenate(found, axis=1).astype(np.int32)
    return one, other
