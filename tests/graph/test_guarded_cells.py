import csv
import io

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from graph.cells import guarded, unguarded

CELLS = st.lists(st.none() | st.text(alphabet=st.sampled_from("=+-@\t\r'ab\n\"，,\x00")), min_size=1)


@given(CELLS)
def test_no_cell_tempts_a_spreadsheet_and_every_cell_comes_back(cells):
    rows = pl.DataFrame({"a": pl.Series(cells, dtype=pl.String), "b": pl.Series(["x"] * len(cells), dtype=pl.String)})
    safe = guarded(rows)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in safe["a"].drop_nulls())
    assert unguarded(safe).equals(rows)
    _, *written = csv.reader(io.StringIO(safe.write_csv(), newline=""))
    assert written == [[cell or "", "x"] for cell in safe["a"]]
