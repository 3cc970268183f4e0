from pathlib import Path

import pytest

from graph.errors import BadInputError
from ingest.mapping import read_mapping
from ingest.options import Options


@pytest.fixture
def with_mapping(tmp_path: Path, options: Options):
    def make(text: str) -> Options:
        path = tmp_path / "mapping.toml"
        path.write_text(text)
        return Options(work_dir=options.work_dir, mapping=read_mapping(path))

    return make


DAILY = """[applicants]
file = "people-*.jsonl"
columns.applicant_id = "id"
columns.created_at = { column = "since", unit = "milliseconds" }
columns.phone = "mobile"
"""


def test_files_by_pattern_and_columns_that_appear_later(load, store, graph_of, with_mapping):
    files = {
        "people-1.jsonl": '{"id": 7, "since": 1700000000000}\n',
        "people-2.jsonl": '{"id": 8, "since": 1700000000000, "mobile": "13911112345"}\n',
    }
    outcome = load(files, with_mapping(DAILY))
    assert [load.file for load in outcome.loads] == ["people-1.jsonl", "people-2.jsonl"]
    assert graph_of(store)["nodes"]["Applicant", "8"] == {"phone": "+8613911112345", "created_at": 1_700_000_000}


def test_lines_without_any_column_are_bad_not_a_crash(load, store, with_mapping):
    [refused] = load({"people-1.jsonl": "{}\n[]\nx\n"}, with_mapping(DAILY)).refused
    assert (refused.rows_read, refused.quarantined) == (3, 3)


def test_another_mapping_is_another_load(load, with_mapping):
    files = {"people-1.jsonl": '{"id": 7, "since": 1700000000000}\n'}
    assert load(files, with_mapping(DAILY)).loads
    assert load(files, with_mapping(DAILY.replace("milliseconds", "seconds"))).loads
    assert not load(files, with_mapping(DAILY)).loads


def test_a_mapping_that_fits_no_file(load, with_mapping):
    with pytest.raises(BadInputError, match=r"No file fits 'people-\*.jsonl' of table applicants"):
        load({"other.csv": "a\n"}, with_mapping(DAILY))


def test_a_source_column_that_is_missing_refuses_the_table(load, with_mapping):
    mapping = DAILY.replace("jsonl", "csv")
    [refused] = load({"people-1.csv": "id,mobile\n1,2\n"}, with_mapping(mapping)).refused
    assert "columns that are not there: since" in refused.reason
