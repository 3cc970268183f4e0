"""Names and ids that were chosen to do harm: loaded or in quarantine as they are, never lost and never executed."""

import pytest

NAMES = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "x" * 10_000,
    "Robert'); DROP TABLE applicant;--",
    "{}`$",
]
IDS = ["a'b", 'a"b', "a`b", "a😀b", "a{b}", "a\\b", "' OR 1=1 --", "..", "a|b", "=1+1", "${x}"]


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@pytest.mark.parametrize("name", NAMES)
def test_names_are_stored_as_they_are(load, store, graph_of, name):
    load({"applicants.csv": f"applicant_id,name,created_at\na1,{quoted(name)},1\n"})
    assert graph_of(store)["nodes"]["Applicant", "a1"]["name"] == name


@pytest.mark.parametrize("key", IDS)
def test_ids_are_kept_exactly(load, store, graph_of, key):
    load(
        {
            "applicants.csv": f"applicant_id,created_at\n{quoted(key)},1\n",
            "applicant_device.csv": "applicant_id,fingerprint,first_seen,last_seen\n"
            f"{quoted(key)},{quoted('d-' + key)},1,2\n",
        }
    )
    graph = graph_of(store)
    assert ("Applicant", key) in graph["nodes"]
    assert ("USED_DEVICE", key, "d-" + key, None) in graph["relationships"]


def test_an_id_with_a_nul_is_in_quarantine_whole(load, store):
    load({"applicants.csv": "applicant_id,created_at\na\0b,1\na2,1\n"})
    [row] = store.ledger.quarantine()
    assert (row.line, row.column, row.raw) == (1, "applicant_id", '{"applicant_id":"a\\u0000b","created_at":"1"}')
    assert store.graph.counts()["Applicant"] == 1


def test_a_name_that_is_too_long_is_in_quarantine_whole(load, store):
    load({"applicants.csv": f"applicant_id,name,created_at\na1,{'x' * 10_001},1\n"})
    [row] = store.ledger.quarantine()
    assert row.column == "name"
    assert len(row.value) <= 80
    assert "x" * 10_001 in row.raw


def test_column_names_are_only_names(load, store, graph_of):
    load({"applicants.csv": "applicant_id,created_at,*,^a$,line\na1,1,x,y,z\n"})
    assert graph_of(store)["nodes"]["Applicant", "a1"]["extras"] == '{"(*)":"x","(^a$)":"y","line":"z"}'


def test_keys_of_several_parts_cannot_be_made_to_collide(load, store, graph_of):
    pairs = [("x", "y|z"), ("x|y", "z"), ("x\\", "y|z"), ("x\\|y", "z"), ("x", "y\\|z")]
    rows = "".join(f"applicant,{value},{source},fraud,1\n" for value, source in pairs)
    labels = "".join(f"{applicant},fraud,{source},1\n" for applicant, source in pairs)
    load(
        {
            "blacklist.csv": f"kind,value,source,reason,listed_at\n{rows}",
            "labels.csv": f"applicant_id,label,source,decided_at\n{labels}",
        }
    )
    nodes = graph_of(store)["nodes"]
    listed = {key: (row["value"], row["source"]) for (label, key), row in nodes.items() if label == "BlacklistEntry"}
    told = {key: (row["applicant_id"], row["source"]) for (label, key), row in nodes.items() if label == "Label"}
    assert sorted(listed.values()) == sorted(told.values()) == sorted(pairs)
    assert listed["applicant|x|y\\|z"] == told["x|y\\|z|1"] == ("x", "y|z")
