from graph.ledger import LoadStatus
from ingest.options import Options

APPLICANTS = "applicant_id,name,phone,created_at\n"


def test_a_bad_row_says_file_line_column_value_and_reason(load, store):
    load({"applicants.csv": APPLICANTS + "a1,Li,13911112345,2024-01-01\na2,Wu,call me maybe,yesterday\n"})
    [row] = store.ledger.quarantine()
    assert (row.file, row.table, row.line, row.column) == ("applicants.csv", "applicants", 2, "phone")
    assert row.reason.startswith("phone: not a valid phone number; created_at: ")
    assert "call me" not in row.value
    assert row.raw == '{"applicant_id":"a2","name":"Wu","phone":"call me maybe","created_at":"yesterday"}'


def test_nothing_of_a_bad_row_is_loaded(load, store):
    load({"applicants.csv": APPLICANTS + "a2,Wu,13911112345,yesterday\n"})
    assert set(store.graph.counts().values()) == {0}


def test_required_values(load, store):
    load({"transfers.csv": "transfer_id,from_id,to_id,amount,ts\nt1,,b,1,1\nt2,a,b,,1\nt3,a,b,1,1\n"})
    assert [(row.line, row.column, row.reason) for row in store.ledger.quarantine()] == [
        (1, "from_id", "from_id: missing"),
        (2, "amount", "amount: missing"),
    ]


def test_rows_are_bad_in_different_columns_far_into_a_file(load, store, options):
    good = "".join(f"a{n},x,,1\n" for n in range(40))
    load(
        {"applicants.csv": APPLICANTS + good + "b1,x,,never\n,x,,1\n"},
        Options(work_dir=options.work_dir, max_bad_share=0.5),
    )
    assert [row.reason.split(":")[0] for row in store.ledger.quarantine()] == ["created_at", "applicant_id"]


def test_a_period_that_ends_before_it_begins(load, store):
    load({"applicant_device.csv": "applicant_id,fingerprint,first_seen,last_seen\na1,abcd1234,2024-02-01,2024-01-01\n"})
    [row] = store.ledger.quarantine()
    assert (row.column, row.reason) == ("last_seen", "last_seen: before first_seen")


def test_a_table_with_too_many_bad_rows_is_refused_before_anything_is_loaded(load, store, options):
    text = APPLICANTS + "".join(f"a{n},x,,{'1' if n % 10 else 'bad'}\n" for n in range(1, 101))
    outcome = load({"applicants.csv": text}, Options(work_dir=options.work_dir, max_bad_share=0.09))
    [refused] = outcome.refused
    assert refused.status is LoadStatus.REFUSED
    assert refused.reason.startswith("10 of 100 rows are bad (10.0%), more than 9.0%: created_at: ")
    assert (refused.rows_read, refused.loaded, refused.quarantined) == (100, 0, 10)
    assert set(store.graph.counts().values()) == {0}
    assert store.ledger.load(refused.load_id) == refused
    assert len(list(store.ledger.quarantine())) == 10


def test_a_file_of_nothing_but_a_cut_line_is_refused(load, options):
    text = '[{"applicant_id": "a1", "created_at": 1}]'
    outcome = load({"applicants.jsonl": text}, Options(work_dir=options.work_dir))
    assert outcome.refused[0].reason.startswith("1 of 1 rows are bad")


def test_exactly_the_share_is_accepted(load, options):
    text = APPLICANTS + "".join(f"a{n},x,,{'1' if n % 10 else 'bad'}\n" for n in range(1, 101))
    outcome = load({"applicants.csv": text}, Options(work_dir=options.work_dir, max_bad_share=0.1))
    assert not outcome.refused


def test_parts_of_a_table_are_refused_together_and_other_tables_are_loaded(load, store, options):
    good = APPLICANTS + "a1,x,,1\n"
    files = {
        "applicants/1.csv": good,
        "applicants/2.csv": APPLICANTS + "a2,x,,bad\n",
        "cards.csv": "card_hash\nabcd1234\n",
    }
    outcome = load(files, Options(work_dir=options.work_dir))
    assert [load.file for load in outcome.refused] == ["applicants/1.csv", "applicants/2.csv"]
    counts = store.graph.counts()
    assert (counts["Applicant"], counts["Card"]) == (0, 1)


def test_a_refused_table_is_loaded_when_it_was_corrected_and_its_quarantine_is_cleared(load, store, options):
    strict = Options(work_dir=options.work_dir)
    load({"applicants.csv": APPLICANTS + "a1,x,,bad\n"}, strict)
    assert len(list(store.ledger.quarantine())) == 1
    outcome = load({"applicants.csv": APPLICANTS + "a1,x,,1\n"}, strict)
    assert outcome.loads[0].status is LoadStatus.DONE
    assert list(store.ledger.quarantine()) == []


def test_a_refused_table_is_tried_again_with_another_share(load, store, options):
    files = {"applicants.csv": APPLICANTS + "a1,x,,bad\na2,x,,1\n"}
    assert load(files, Options(work_dir=options.work_dir)).refused
    outcome = load(files, Options(work_dir=options.work_dir, max_bad_share=0.5))
    assert (outcome.loads[0].loaded, outcome.loads[0].quarantined) == (1, 1)
    assert len(list(store.ledger.quarantine())) == 1


def test_lines_that_an_open_quote_swallowed_count_as_bad(load, options):
    rows = "".join(f"a{n},x,,1\n" for n in range(100))
    text = APPLICANTS + 'b1,"x,,1\n' + rows
    outcome = load({"applicants.csv": text}, Options(work_dir=options.work_dir))
    assert "101 of 101 rows are bad" in outcome.refused[0].reason
