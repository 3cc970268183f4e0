"""The tables are those of the contract, and messy in the ways that it names."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from graph.ontology import INPUT_TABLES, InputTable
from graph.values import KeyType, MacType
from ingest.sources import find_sources

Read = Callable[[str], pl.DataFrame]


@pytest.mark.parametrize("table", INPUT_TABLES, ids=lambda table: table.name)
def test_values_are_usable(read: Read, table: InputTable) -> None:
    rows = read(table.name)
    assert rows.columns == [column.name for column in table.columns]
    for column in table.columns:
        normal = column.type.normalise(rows[column.name].cast(pl.String), "CN")
        assert normal.bad.count() <= len(rows) * 0.001
        if isinstance(column.type, KeyType):
            assert normal.value.null_count() == 0


def test_truth_is_no_input_table(world: Path) -> None:
    found = find_sources(world)
    assert len(found.tables) == len(INPUT_TABLES)
    assert found.unknown == ("truth",)


def test_a_third_of_macs_stands_for_nobody(read: Read) -> None:
    macs = MacType().normalise(read("devices")["mac"], "CN")
    assert 0.3 < (macs.value == "02:00:00:00:00:00").mean() < 0.36


def test_spellings_differ(read: Read) -> None:
    bssids, phones = read("applicant_wifi")["bssid"], read("contacts")["contact_phone"]
    for pattern in ("^[0-9a-f:]+$", "^[0-9A-F:]*[A-F]", "-"):
        assert bssids.str.contains(pattern).any()
    for pattern in (r"^\+86 1", "^1", "^N/A$", "^13800000000$"):
        assert phones.str.contains(pattern).any()


def test_some_rows_come_twice_and_some_never(read: Read) -> None:
    used, known = read("applicant_device"), read("devices")
    assert used.is_duplicated().any()
    missing = used.join(known, on="fingerprint", how="anti").filter(pl.col("fingerprint") != "")
    assert 0 < missing["fingerprint"].n_unique() < len(known) * 0.005


def test_unroutable_addresses_are_in_the_raw_data(read: Read) -> None:
    ips = read("applicant_ip")["ip"]
    for beginning in ("192.168.", "100.6", "0.0.0.0"):
        assert ips.str.starts_with(beginning).any()


def test_nothing_is_seen_after_the_end_or_backwards(read: Read) -> None:
    for table in ("applicant_device", "applicant_wifi", "applicant_ip"):
        assert (read(table)["first_seen"] <= read(table)["last_seen"]).all()
