"""Family names in two scripts, in front and behind."""

import numpy as np
import polars as pl
import pytest

from detectors.likeness.names import alike, family_names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("朱雪华", "Zhu Hongxia", True),
        ("朱雪华", "Hongxia ZHU", True),
        ("朱雪华", "郑小涛", False),
        ("Anna Maria Schmidt", "Schmidt, Karl", True),
        ("Anna Schmidt", "Karl Braun", False),
        ("O'Neill Sean", "Mary O'Neill", True),
        (None, None, False),
        ("Anna Schmidt", None, False),
        ("***", "***", False),
        ("", "", False),
    ],
)
def test_alike(one, other, same):
    words = family_names(pl.Series([one, other], dtype=pl.String))
    assert alike(words, np.array([0]), np.array([1])).tolist() == [same]


def test_nobody():
    assert family_names(pl.Series([], dtype=pl.String)).shape == (0, 2)
