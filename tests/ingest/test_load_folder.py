import gzip

import polars as pl
import pytest

from graph.errors import BadInputError, BusyError, OutputError
from graph.ledger import LoadStatus
from ingest.options import Options, Phase
from ingest.pipeline import load_folder

APPLICANTS = "applicant_id,name,created_at\na1,Li,2024-01-01\na2,Wu,2024-01-02\n"


def test_the_same_file_twice_changes_nothing(load, store, graph_of):
    first = load({"applicants.csv": APPLICANTS})
    before = graph_of(store)
    second = load({})
    assert (len(first.loads), first.already) == (1, ())
    assert (second.loads, [load.load_id for load in second.already]) == ((), [first.loads[0].load_id])
    assert graph_of(store) == before
    assert len(store.ledger.loads()) == 1


def test_the_same_content_under_another_name_is_known(load, folder):
    first = load({"applicants.csv": APPLICANTS})
    (folder / "applicants.csv").unlink()
    second = load({"applicants/again.csv": APPLICANTS, "applicants/and_again.csv": APPLICANTS})
    assert second.loads == ()
    assert {load.load_id for load in second.already} == {first.loads[0].load_id}


def test_every_format_and_parts_give_the_same_graph(tmp_path, load, store, graph_of, folder):
    load({"applicants.csv": APPLICANTS})
    before = graph_of(store)
    (folder / "applicants.csv").unlink()
    parts = folder / "applicants"
    parts.mkdir()
    frame = pl.read_csv(APPLICANTS.encode(), try_parse_dates=True)
    frame.write_parquet(parts / "1.parquet")
    frame.write_ndjson(parts / "2.jsonl")
    (parts / "3.csv.gz").write_bytes(gzip.compress(APPLICANTS.encode()))
    (parts / "_SUCCESS").touch()
    outcome = load({})
    assert [load.file for load in outcome.loads] == [
        "applicants/1.parquet",
        "applicants/2.jsonl",
        "applicants/3.csv.gz",
    ]
    assert all((load.rows_read, load.loaded, load.merged) == (2, 0, 2) for load in outcome.loads)
    assert outcome.unknown_files == ()
    assert graph_of(store) == before


def test_a_done_load_says_what_it_did_and_leaves_no_work_files(load, store, options):
    [done] = load({"applicants.csv": APPLICANTS}).loads
    assert done.status is LoadStatus.DONE
    assert (done.rows_read, done.loaded, done.merged, done.quarantined, done.chunks_done) == (2, 2, 0, 0, 1)
    assert done.finished_at >= done.started_at
    assert store.ledger.load(done.load_id) == done
    assert [path for path in options.work_dir.rglob("*") if path.is_file()] == []


def test_files_of_no_table_are_reported_once_and_left_alone(load):
    outcome = load({"applicants.csv": APPLICANTS, "notes.txt": "x", "applicants.xlsx": "x", "truth/rings.csv": "x"})
    assert outcome.unknown_files == ("applicants.xlsx", "notes.txt", "truth")


def test_a_folder_without_a_known_table_says_which_names_it_knows(folder, store, options):
    (folder / "people.csv").write_text(APPLICANTS)
    with pytest.raises(BadInputError, match=r"holds no known table.*NAME is one of applicants, applications, "):
        load_folder(store, folder, options)
    with pytest.raises(BadInputError, match="no such folder"):
        load_folder(store, folder / "nowhere", options)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"applicant_id,name\na1,Li\n", "lacks required columns: created_at"),
        (b"applicant_id;created_at\na1;1\n", "separated by ';'"),
        (b"applicant,created\na1,1\n", "lacks required columns: applicant_id, created_at"),
        (b"", "The file is empty"),
        (b"applicant_id,created_at\n" + b"a" * (3 << 20), "A line is longer than 1,048,576 bytes"),
        (b"applicant_id,created_at\na1,1\n\xff\xff\n", "not valid utf-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(load, store, content, reason):
    [refused] = load({"applicants.csv": content}).refused
    assert reason in refused.reason
    assert "applicants.csv" in refused.reason
    assert set(store.graph.counts().values()) == {0}


@pytest.mark.parametrize("size", [200_000, 100])
def test_a_cut_gzip_is_refused_before_anything_is_loaded(load, store, options, size):
    text = "applicant_id,created_at\n" + "".join(f"a{n * 7919 % 1_000_003},1\n" for n in range(size))
    content = gzip.compress(text.encode())
    [refused] = load({"applicants.csv.gz": content[: len(content) - 20]}).refused
    assert "cannot be read to its end" in refused.reason
    assert set(store.graph.counts().values()) == {0}
    assert [path for path in options.work_dir.rglob("*") if path.is_file()] == []


def test_the_wrong_encoding_is_refused(load, options):
    content = "applicant_id,name,created_at\na1,张三,1\n".encode("gb18030")
    wrong = Options(work_dir=options.work_dir, encoding="utf-8")
    [refused] = load({"applicants.csv": content}, wrong).refused
    assert "not valid utf-8" in refused.reason


def test_progress_is_reported_for_every_chunk(store, folder, options):
    (folder / "applicants.csv").write_text(APPLICANTS)
    seen = []
    load_folder(store, folder, options, seen.append)
    assert [(step.file, step.phase, step.done, step.total) for step in seen] == [
        ("applicants.csv", Phase.CHECKING, 2, None),
        ("applicants.csv", Phase.LOADING, 1, 1),
    ]


def test_two_at_once_are_refused(load, store):
    with store.exclusive("ingest"), pytest.raises(BusyError):
        load({"applicants.csv": APPLICANTS})


def test_work_files_that_cannot_be_written_are_an_output_error(load, store, tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(OutputError, match="nothing of the file was loaded"):
        load({"applicants.csv": APPLICANTS}, Options(work_dir=tmp_path / "taken"))
    assert set(store.graph.counts().values()) == {0}


def test_work_files_are_for_their_owner_alone(store, folder, options):
    def look(progress):
        modes.update(path.parent.stat().st_mode & 0o777 for path in options.work_dir.rglob("*.parquet"))

    modes = set()
    (folder / "applicants.csv").write_text(APPLICANTS)
    load_folder(store, folder, options, look)
    assert modes == {0o700}


def test_work_files_that_vanish_while_loading_are_an_error_and_nothing_is_lost(load, store, folder, options):
    def vanish(progress):
        for path in options.work_dir.rglob("*.parquet"):
            path.unlink()

    (folder / "applicants.csv").write_text(APPLICANTS)
    with pytest.raises(OutputError, match="gone or damaged"):
        load_folder(store, folder, options, vanish)
    assert [load.status for load in store.ledger.loads()] == [LoadStatus.LOADING]
    assert [load.status for load in load_folder(store, folder, options).loads] == [LoadStatus.DONE]
    assert store.graph.counts()["Applicant"] == 2
