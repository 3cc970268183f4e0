import csv
import io

import pytest

from graph.errors import BadInputError
from graph.ledger import LoadStatus
from ingest.quarantine import export_quarantine, load_corrected

BAD = (
    "applicant_id,name,phone,shoe,created_at\n"
    "a1,=HYPERLINK(1),+8613911112345,41,yesterday\n"
    "a2,'quoted,,42,never\n"
    "a3,x\n"
    "a4,ok,,43,2024-01-01\n"
)


@pytest.fixture
def exported(load, store, tmp_path):
    """A quarantine of three rows as a spreadsheet would see it, and where it was written."""
    load({"applicants.csv": BAD})
    path = tmp_path / "out.csv"
    assert export_quarantine(store, path) == 3
    return path


def read(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def write(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_an_export_has_every_column_and_where_the_row_comes_from(exported):
    rows = read(exported)
    assert list(rows[0]) == [
        "_table", "_file", "_line", "_column", "_reason", "_load",
        "applicant_id", "name", "phone", "id_hash", "address", "employer", "created_at", "shoe", "_row",
    ]  # fmt: skip
    assert [(row["_file"], row["_line"], row["_column"]) for row in rows] == [
        ("applicants.csv", "1", "created_at"),
        ("applicants.csv", "2", "created_at"),
        ("applicants.csv", "3", ""),
    ]
    assert rows[2]["_row"] == "a3,x"


def test_a_spreadsheet_can_tell_the_encoding(exported):
    assert exported.read_bytes().startswith(b"\xef\xbb\xbf_table,")


def test_no_cell_is_a_formula(exported):
    rows = read(exported)
    assert rows[0]["name"] == "'=HYPERLINK(1)"
    assert rows[0]["phone"] == "'+8613911112345"
    assert rows[1]["name"] == "''quoted"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_corrected_rows_are_loaded_and_released_and_the_others_stay(exported, store, graph_of, options):
    rows = read(exported)
    rows[0]["created_at"] = rows[1]["created_at"] = "2024-01-01"
    write(exported, rows)
    done = load_corrected(store, exported, options)
    assert done.released == 2
    assert [(row.line, row.column) for row in done.still_bad] == [(3, "applicant_id")]
    assert [row.line for row in store.ledger.quarantine()] == [3]
    nodes = graph_of(store)["nodes"]
    assert nodes["Applicant", "a1"] == {
        "name": "=HYPERLINK(1)",
        "phone": "+8613911112345",
        "created_at": 1704067200,
        "extras": '{"shoe":"41"}',
    }
    assert nodes["Applicant", "a2"]["name"] == "'quoted"
    assert [(load.table, load.status, load.rows_read, load.quarantined) for load in done.loads] == [
        ("applicants", LoadStatus.DONE, 3, 1)
    ]


def test_a_row_that_was_torn_can_be_filled_in(exported, store, options):
    rows = read(exported)
    for row in rows:
        row.update(applicant_id=row["applicant_id"] or "a3", created_at="1")
    write(exported, rows)
    assert load_corrected(store, exported, options).still_bad == ()
    assert list(store.ledger.quarantine()) == []
    assert store.graph.counts()["Applicant"] == 4


def test_the_same_correction_twice_changes_nothing(exported, store, graph_of, options):
    rows = read(exported)[:2]
    for row in rows:
        row["created_at"] = "1"
    write(exported, rows)
    first = load_corrected(store, exported, options)
    before = graph_of(store)
    again = load_corrected(store, exported, options)
    assert (first.released, again.released) == (2, 0)
    assert again.loads == first.loads
    assert graph_of(store) == before


def test_a_correction_that_was_stopped_before_the_release_goes_on(exported, store, monkeypatch, options):
    rows = read(exported)[:2]
    for row in rows:
        row["created_at"] = "1"
    write(exported, rows)
    with monkeypatch.context() as patch:
        patch.setattr(store.ledger, "release", lambda rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load_corrected(store, exported, options)
    done = load_corrected(store, exported, options)
    assert (done.released, done.loads[0].loaded, done.loads[0].rows_read) == (2, done.loads[0].loaded, 2)
    assert [row.line for row in store.ledger.quarantine()] == [3]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("applicant_id,created_at\na1,1\n", "no export of the quarantine: it lacks _table, _file"),
        ("_table,_file,_line,_column,_reason,_load\nnothing,f,1,,,x\n", "names no known table"),
    ],
)
def test_a_file_that_is_no_export(store, tmp_path, options, text, message):
    path = tmp_path / "wrong.csv"
    path.write_text(text)
    with pytest.raises(BadInputError, match=message):
        load_corrected(store, path, options)
    with pytest.raises(BadInputError, match="no such file"):
        load_corrected(store, tmp_path / "nowhere.csv", options)


def test_only_one_table_is_exported_when_asked(load, store, tmp_path):
    load({"applicants.csv": BAD, "cards.csv": "card_hash,bank\na\0b,x\n"})
    assert export_quarantine(store, tmp_path / "cards.csv", "cards") == 1
    assert [row["_table"] for row in read(tmp_path / "cards.csv")] == ["cards"]


def test_an_empty_quarantine_is_an_empty_export(store, tmp_path):
    assert export_quarantine(store, tmp_path / "none.csv") == 0
    assert read(tmp_path / "none.csv") == []


def test_a_torn_row_that_was_not_filled_in_stays_where_an_empty_key_is_a_placeholder(load, store, tmp_path, options):
    load({"devices.jsonl": '{"fingerprint":"abcd1234"}\n{"fingerprint":"abcd12'})
    path = tmp_path / "out.csv"
    assert export_quarantine(store, path) == 1
    done = load_corrected(store, path, options)
    assert (done.released, [row.reason for row in done.still_bad]) == (0, ["fingerprint: missing"])
    assert [row.line for row in store.ledger.quarantine()] == [2]
