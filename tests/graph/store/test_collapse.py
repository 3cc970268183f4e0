"""Rules by which observations of the same thing become one."""

import polars as pl

from graph.ontology import RELATIONSHIP_KINDS
from graph.ontology.nodes import APPLICANT, DEVICE, PHONE
from graph.ontology.relationships import SUBMITTED, TRANSFERRED, USED_DEVICE
from graph.store.collapse import collapse, dated_properties, observed_at


def test_the_latest_value_wins_and_missing_ones_erase_nothing():
    rows = pl.DataFrame(
        {"key": ["a"] * 3, "name": ["new", None, "old"], "phone": [None, "2", "1"], "created_at": [30, 20, 10]}
    )
    [row] = collapse(APPLICANT, rows).to_dicts()
    assert (row["name"], row["name_at"]) == ("new", 30)
    assert (row["phone"], row["phone_at"]) == ("2", 20)
    assert (row["created_at"], row["address"], row["address_at"]) == (10, None, None)


def test_of_equal_times_the_later_row_wins():
    rows = pl.DataFrame({"key": ["a", "a"], "name": ["first", "second"], "created_at": [5, 5]})
    assert collapse(APPLICANT, rows)["name"].to_list() == ["second"]


def test_a_row_without_time_counts_as_the_oldest():
    rows = pl.DataFrame({"key": ["a", "a"], "name": ["dated", "undated"], "created_at": [5, None]})
    assert collapse(APPLICANT, rows).select("name", "created_at").rows() == [("dated", 5)]


def test_kinds_without_time_go_by_load_order():
    rows = pl.DataFrame({"key": ["d", "d", "d"], "model": ["first", "last", None]})
    collapsed = collapse(DEVICE, rows)
    assert collapsed["model"].to_list() == ["last"]
    assert "model_at" not in collapsed.columns


def test_first_seen_only_moves_back_and_last_seen_only_forward():
    rows = pl.DataFrame(
        {
            "start": ["a"] * 3,
            "end": ["d"] * 3,
            "first_seen": [5, 3, None],
            "last_seen": [7, 9, 8],
            "sessions": [1, 2, 3],
        }
    )
    [row] = collapse(USED_DEVICE, rows).to_dicts()
    assert (row["first_seen"], row["last_seen"], row["sessions"], row["sessions_at"]) == (3, 9, 2, 9)


def test_a_keyed_relationship_keeps_the_ends_of_its_first_row():
    rows = pl.DataFrame({"key": ["t", "t"], "start": ["a", "x"], "end": ["b", "y"], "amount": [1, 2], "ts": [5, 6]})
    [row] = collapse(TRANSFERRED, rows).to_dicts()
    assert (row["start"], row["end"], row["amount"], row["ts"]) == ("a", "b", 2, 5)


def test_rows_come_out_sorted_with_every_column_of_the_kind():
    rows = pl.DataFrame({"start": ["b", "a", "a"], "end": ["d", "e", "d"]})
    for kind in RELATIONSHIP_KINDS:
        if kind.key is None:
            collapsed = collapse(kind, rows.with_columns(pl.lit(1).alias(kind.time or "ignored")))
            assert collapsed.select("start", "end").rows() == [("a", "d"), ("a", "e"), ("b", "d")]
            assert {item.name for item in kind.properties} <= set(collapsed.columns)


def test_kinds_without_values_have_just_their_identity():
    assert collapse(PHONE, pl.DataFrame({"key": ["2", "1", "2"]})).rows() == [("1",), ("2",)]
    assert dated_properties(SUBMITTED) == ()


def test_no_rows_collapse_to_none():
    empty = pl.DataFrame(schema={"key": pl.String, "name": pl.String, "created_at": pl.Int64})
    assert collapse(APPLICANT, empty).height == 0
    assert observed_at("name") in collapse(APPLICANT, empty).columns
