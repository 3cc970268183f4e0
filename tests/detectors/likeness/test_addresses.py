"""One place, written in many ways."""

import polars as pl
import pytest

from detectors.likeness.addresses import same_place

PLACE = "879 xingfu st bldg 26 unit 2305 shanghai"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("上海市幸福街879号26栋2305室", True),
        ("879 xinfu st bldg 26 unit 2305 shanghai", True),
        ("shanghai xingfu st 879 bldg 26 unit 2305", True),
        ("879 xingfu st bldg 26 unit 2306 shanghai", False),
        ("879 changjiang rd bldg 26 unit 2305 beijing", False),
        ("xingfu st shanghai", False),
    ],
)
def test_same_place(other, same):
    first, second = same_place(pl.Series([PLACE, other]))
    assert (first == second) == same


def test_chains_of_spellings_are_one_place_under_the_first():
    spellings = pl.Series(
        ["1 main st 1203 lyon", "880 oak rd 77 lyon", "1 maine st 1203 lyon", "1 mainee st 1203 lyon"]
    )
    assert same_place(spellings).tolist() == [0, 1, 0, 0]


def test_few_digits_are_not_compared():
    assert same_place(pl.Series(["5 oak lane lyon", "5 oakk lane lyon"])).tolist() == [0, 1]


def test_nothing():
    assert same_place(pl.Series([], dtype=pl.String)).tolist() == []
