"""Family names: relatives bear the same one, in Chinese characters or in Latin letters, in front or behind."""

import numpy as np
import polars as pl

from detectors.likeness.latin import HAN, in_latin
from graph.projection import Index, Ints, Mask

_FIRST, _LAST = r"^\P{L}*([\p{L}'-]+)", r"([\p{L}'-]+)\P{L}*$"


def family_names(names: pl.Series) -> Index:
    """Two numbers for each name, of the words that may be its family name: same number, same word; -1 for none."""
    text = names.str.to_lowercase()
    chinese = in_latin(text.str.slice(0, 1).str.extract(f"({HAN})"))
    others = text.set(chinese.is_not_null(), None)
    columns = [chinese.fill_null(others.str.extract(word)) for word in (_FIRST, _LAST)]
    number = pl.concat([one.alias("word") for one in columns]).cast(pl.Categorical).to_physical()
    return np.asarray(number.cast(pl.Int32).fill_null(-1).to_numpy().reshape(2, -1).T, np.int32)


def alike(words: Index, one: Index | Ints, other: Index | Ints) -> Mask:
    """Of each pair of places in `words` (see `family_names`) whether they may be of one family."""
    mine, theirs = words[one], words[other]
    same = [(mine[:, i] == theirs[:, j]) & (mine[:, i] >= 0) for i in (0, 1) for j in (0, 1)]
    return np.asarray(np.any(same, axis=0))
