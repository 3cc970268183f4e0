"""The commands, as a scheduler or an operator runs them."""

import pytest

APPLICANTS = "applicant_id,name,created_at\na1,Li,1\na2,<script>,yesterday\n"


def test_from_bad_rows_to_a_clean_quarantine(ringfence, folder, tmp_path):
    (folder / "applicants.csv").write_text(APPLICANTS)
    (folder / "notes.txt").touch()

    refused = ringfence("ingest", folder)
    assert refused.code == 65
    assert "applicants.csv: refused: 1 of 2 rows are bad (50.0%), more than 5.0%" in refused.err
    assert "'notes.txt': belongs to no known table" in refused.err
    assert "Traceback" not in refused.err

    loaded = ringfence("ingest", folder, "--max-bad-share", "0.5", "--json")
    assert loaded.code == 0
    [load] = loaded.json["loads"]
    assert (load["table"], load["status"], load["rows_read"], load["loaded"], load["quarantined"]) == (
        "applicants", "done", 2, 1, 1,
    )  # fmt: skip
    assert "already loaded" in ringfence("ingest", folder).out

    listed = ringfence("quarantine", "list")
    assert "neither unix seconds nor an ISO 8601 date" in listed.out
    assert "yesterday" not in listed.out
    [row] = ringfence("quarantine", "list", "--json").json
    assert (row["file"], row["line"], row["column"]) == ("applicants.csv", 2, "created_at")
    assert "raw" not in row

    out = tmp_path / "out.csv"
    assert ringfence("quarantine", "export", out).code == 0
    still = ringfence("quarantine", "load", out)
    assert (still.code, "1 rows are still bad" in still.err) == (65, True)
    out.write_text(out.read_text().replace("yesterday", "2024-01-01"))
    assert ringfence("quarantine", "load", out).out == "1 rows left quarantine\n"
    assert ringfence("quarantine", "list", "--json").json == []

    ledger = ringfence("ledger", "--json").json
    assert {(load["file"], load["status"]) for load in ledger} == {("applicants.csv", "done"), ("out.csv", "done")}
    listed = ringfence("ledger").out
    assert "applicants.csv" in listed
    assert all(name in listed for name in ("rows read", "rows bad", "graph new", "graph merged"))


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["ingest", "nowhere"], 65, "There is no such folder (nowhere)"),
        (["ingest", "."], 65, "The folder holds no known table"),
        (["ingest", "file"], 65, "This is no folder (file)"),
        (["ingest", ".", "--mapping", "none.toml"], 78, "The mapping file cannot be read: No such file"),
        (["ingest", ".", "--encoding", "klingon"], 64, "There is no encoding 'klingon'"),
        (["ingest", ".", "--region", "XX"], 64, "There is no country 'XX'"),
        (["quarantine", "load", "none.csv"], 65, "There is no such file (none.csv)"),
    ],
)
def test_every_error_is_a_line_and_an_exit_code(ringfence, tmp_path, arguments, code, message):
    (tmp_path / "file").touch()
    done = ringfence(*arguments)
    assert done.code == code
    assert message in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("source", ["nowhere", "empty"])
def test_a_wrong_folder_makes_no_store(ringfence, tmp_path, source):
    (tmp_path / "empty").mkdir()
    assert ringfence("ingest", source).code == 65
    assert not list(tmp_path.glob("ringfence.db*"))


def test_the_quarantine_is_named_only_where_something_is_in_it(ringfence, folder):
    (folder / "applicants.csv").write_text("applicant_id,name\na1,Li\n")
    refused = ringfence("ingest", folder)
    assert (refused.code, "quarantine" in refused.err) == (65, False)
    assert ringfence("quarantine", "list", "--json").json == []
    (folder / "applicants.csv").write_text(APPLICANTS)
    refused = ringfence("ingest", folder)
    assert (refused.code, "`ringfence quarantine list`" in refused.err) == (65, True)
    assert len(ringfence("quarantine", "list", "--json").json) == 1
