"""Sorting by numbers, however many bits they take."""

import numpy as np
import pytest

from detectors.grouping import in_order


@pytest.mark.parametrize("most", [1, 300, 1 << 20, (1 << 31) - 1])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_rows_come_in_order_and_equal_ones_as_they_stand(most, columns):
    numbers = [one.astype(np.int32) for one in np.random.default_rng(most).integers(0, most, (columns, 5_000))]
    assert np.array_equal(in_order(*numbers), np.lexsort(numbers[::-1]))


def test_nothing_is_in_order():
    assert in_order(np.empty(0, np.int32), np.empty(0, np.int32)).tolist() == []
