"""What real exports look like, each survived: the last part of the data contract."""

import gzip
from itertools import permutations

import pytest

from graph.ledger import LoadStatus
from graph.store.opening import open_store
from ingest.options import Options
from ingest.pipeline import load_folder

DEVICE = "abcdef0123456789"
SEEN = "applicant_id,fingerprint,first_seen,last_seen,sessions\n"


def test_a_relationship_row_may_name_nodes_that_no_table_has(load, store, graph_of):
    load({"applicant_device.csv": SEEN + f"a1,{DEVICE},2024-01-01,2024-01-02,3\n"})
    graph = graph_of(store)
    assert graph["nodes"]["Applicant", "a1"] == {}
    assert graph["nodes"]["Device", DEVICE] == {}
    assert graph["relationships"]["USED_DEVICE", "a1", DEVICE, None]["sessions"] == 3


def test_rows_of_one_thing_may_come_in_any_order_on_any_day(tmp_path, graph_of):
    days = {
        "one": {"applicants.csv": "applicant_id,name,created_at\na1,Li,2024-01-01\n"},
        "two": {"devices.csv": f"fingerprint,model\n{DEVICE},X1\n"},
        "three": {"applicant_device.csv": SEEN + f"a1,{DEVICE},2024-01-05,2024-01-06,1\n"},
    }
    for day, files in days.items():
        (tmp_path / day).mkdir()
        for name, text in files.items():
            (tmp_path / day / name).write_text(text)
    graphs = []
    for number, order in enumerate(permutations(days)):
        with open_store(f"sqlite:///{tmp_path / f'{number}.db'}") as store:
            for day in order:
                load_folder(store, tmp_path / day, Options(work_dir=tmp_path / "work"))
            graphs.append(graph_of(store))
    assert graphs[0]["nodes"]["Applicant", "a1"]["name"] == "Li"
    assert all(graph == graphs[0] for graph in graphs)


def test_the_same_row_twice_is_one(load, store, graph_of):
    row = f"a1,{DEVICE},2024-01-01,2024-01-02,3\n"
    outcome = load({"applicant_device.csv": SEEN + row + row})
    assert (outcome.loads[0].rows_read, outcome.loads[0].loaded, outcome.loads[0].merged) == (2, 1, 1)
    assert len(graph_of(store)["relationships"]) == 1


def test_the_later_observation_wins_and_periods_only_grow(load, store, graph_of):
    load({"applicant_device.csv": SEEN + f"a1,{DEVICE},2024-03-01,2024-03-09,9\n"})
    load({"applicant_device.csv": SEEN + f"a1,{DEVICE},2024-02-01,2024-03-05,5\n"})
    found = graph_of(store)["relationships"]["USED_DEVICE", "a1", DEVICE, None]
    assert found == {"first_seen": 1706745600, "last_seen": 1709942400, "sessions": 9}


@pytest.mark.parametrize(
    ("table", "end", "value", "kept"),
    [
        ("applicant_wifi", "bssid", "02:00:00:00:00:00", "02:00:00:00:00:00"),
        ("applicant_wifi", "bssid", "00:00:00:00", "00:00:00:00"),
        ("applicant_device", "fingerprint", "", None),
        ("applicant_device", "fingerprint", "N/A", "N/A"),
        ("applicant_ip", "ip", "0.0.0.0", "0.0.0.0"),
        ("applicant_ip", "ip", "192.168.1.7", "192.168.1.7"),
    ],
)
def test_a_placeholder_is_kept_but_never_shared(load, store, graph_of, table, end, value, kept):
    text = f"applicant_id,{end},first_seen,last_seen\n" + "".join(f"a{n},{value},1,2\n" for n in range(5))
    outcome = load({f"{table}.csv": text})
    graph = graph_of(store)
    assert graph["relationships"] == {}
    assert {label for label, _ in graph["nodes"]} == {"Account", "Applicant"}
    prop = f"{table.removeprefix('applicant_')}_placeholder"
    assert graph["nodes"]["Applicant", "a1"].get(prop) == kept
    assert (outcome.loads[0].placeholders, outcome.loads[0].quarantined) == (5, 0)


def test_a_placeholder_phone_stays_a_property(load, store, graph_of):
    text = "applicant_id,phone,created_at\na1,13800000000,1\na2,13800000000,2\n"
    outcome = load({"applicants.csv": text})
    graph = graph_of(store)
    assert graph["nodes"]["Applicant", "a1"]["phone"] == "+8613800000000"
    assert graph["relationships"] == {}
    assert outcome.loads[0].placeholders == 2


def test_an_entity_that_is_a_placeholder_is_counted_not_loaded(load, store):
    outcome = load({"devices.csv": f"fingerprint,model\n,X\nN/A,Y\n{DEVICE},Z\n"})
    assert store.graph.counts()["Device"] == 1
    assert (outcome.loads[0].placeholders, outcome.loads[0].loaded) == (2, 1)


def test_spellings_of_one_value_meet(load, store):
    load(
        {
            "applicant_wifi.csv": "applicant_id,bssid,first_seen,last_seen\n"
            "a1,AC-DE-48-00-11-22,1,2\na2,ac:de:48:00:11:22,1,2\na3,ACDE48001122,1,2\n",
            "contacts.csv": "applicant_id,contact_phone\n"
            "a1,+86 139 1111 2345\na2,13911112345\na3,1３９１１１１２３４５\na4,008613911112345\n",
        }
    )
    counts = store.graph.counts()
    assert (counts["Wifi"], counts["ON_WIFI"], counts["Phone"], counts["LISTS_CONTACT"]) == (1, 3, 1, 4)


@pytest.mark.parametrize("name", ["applicants.csv", "applicants.jsonl"])
def test_a_cut_last_line_goes_to_quarantine(load, store, name, options):
    text = {
        "applicants.csv": "applicant_id,name,created_at\na1,x,1\na2,y,2\na3,z",
        "applicants.jsonl": '{"applicant_id":"a1","created_at":1}\n{"applicant_id":"a2","created_at":2}\n{"applicant_i',
    }[name]
    strict = Options(work_dir=options.work_dir, max_bad_share=0.0)
    outcome = load({name: text}, strict)
    assert (outcome.loads[0].status, outcome.loads[0].quarantined) == (LoadStatus.DONE, 1)
    assert [row.line for row in store.ledger.quarantine()] == [3]
    assert store.graph.counts()["Applicant"] == 2


def test_a_file_in_gb18030(load, store, graph_of):
    text = "applicant_id,name,created_at\n甲1,欧阳 娜,2024-01-01\n"
    load({"applicants.csv.gz": gzip.compress(text.encode("gb18030"))})
    assert graph_of(store)["nodes"]["Applicant", "甲1"]["name"] == "欧阳 娜"


def test_leading_zeros_matter(load, store):
    load({"applicants.csv": "applicant_id,created_at\n007,1\n7,1\n"})
    assert store.graph.counts()["Applicant"] == 2


def test_unknown_columns_are_kept_and_reported(load, store, graph_of):
    outcome = load({"applicants.csv": 'applicant_id,"shoe ""size""",created_at\na1,"4,2",1\na2,,1\n'})
    assert outcome.loads[0].unknown_columns == ('shoe "size"',)
    nodes = graph_of(store)["nodes"]
    assert nodes["Applicant", "a1"]["extras"] == '{"shoe \\"size\\"":"4,2"}'
    assert "extras" not in nodes["Applicant", "a2"]


def test_a_transfer_to_oneself_is_kept(load, store, graph_of):
    load({"transfers.csv": "transfer_id,from_id,to_id,amount,ts\nt1,a1,a1,12.10,1\n"})
    assert graph_of(store)["relationships"]["TRANSFERRED", "a1", "a1", "t1"] == {"amount": 1210, "ts": 1}


def test_blacklisted_values_are_normalised_as_what_they_are(load, store, graph_of):
    rows = "phone,139 1111 2345,bureau\nwifi,AC-DE-48-00-11-22,bureau\napplicant,A-1,own\nip,10.0.0.1,own\n"
    listed = "".join(f"{row},1\n" for row in rows.splitlines())
    outcome = load({"blacklist.csv": "kind,value,source,listed_at\n" + listed})
    assert {key for _, key in graph_of(store)["nodes"]} == {
        "phone|+8613911112345|bureau",
        "wifi|ac:de:48:00:11:22|bureau",
        "applicant|A-1|own",
    }
    assert outcome.loads[0].placeholders == 1


def test_json_lines_may_leave_out_what_they_do_not_know(load, store):
    lines = ['{"kind": "applicant", "value": "a1", "source": "own", "listed_at": 1}']
    lines += ['{"value": "a2", "source": "own", "listed_at": 1}']
    outcome = load({"blacklist/1.jsonl": lines[0], "blacklist/2.jsonl": "\n".join(lines[::-1])})
    assert [load.quarantined for load in outcome.loads] == [0, 1]
    assert [row.reason for row in store.ledger.quarantine()] == ["kind: missing"]
