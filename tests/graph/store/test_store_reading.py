"""Columns of the whole graph, and one node with what it touches."""

import polars as pl
import pytest

from graph.ontology.nodes import ACCOUNT, APPLICANT, DEVICE, PHONE
from graph.ontology.relationships import HAS_PHONE, LISTS_CONTACT, ON_WIFI, TRANSFERRED, USED_DEVICE
from graph.store.contract import Relationship, Wanted

SEEN = "start end first_seen last_seen"


def test_nodes_come_as_columns_with_their_types(store, nodes):
    store.graph.merge(nodes(APPLICANT, "key name created_at", ("a", "Ann", 5), ("b", None, None)))
    [frame] = store.graph.nodes(APPLICANT, ("created_at", "name"))
    assert frame.schema == {"node_id": pl.Int64, "key": pl.String, "created_at": pl.Int64, "name": pl.String}
    assert sorted(frame.drop("node_id").rows()) == [("a", 5, "Ann"), ("b", None, None)]
    assert frame["node_id"].n_unique() == 2


def test_an_applicant_has_the_id_of_his_account(store, nodes):
    store.graph.merge(nodes(ACCOUNT, "key", ("shop",), ("a",)))
    store.graph.merge(nodes(APPLICANT, "key", ("b",), ("a",)))
    [accounts], [applicants] = store.graph.nodes(ACCOUNT), store.graph.nodes(APPLICANT)
    assert applicants.height == 2
    assert set(applicants.rows()) < set(accounts.rows())


def test_relationships_come_as_columns_with_the_ids_of_their_ends(store, links):
    store.graph.merge(links(USED_DEVICE, f"{SEEN} sessions", ("a", "d", 1, 2, None), ("b", "d", 3, 4, 5)))
    ids = {
        key: number
        for frame in (*store.graph.nodes(APPLICANT), *store.graph.nodes(DEVICE))
        for number, key in frame.rows()
    }
    [frame] = store.graph.relationships(USED_DEVICE, ("first_seen", "sessions"))
    assert frame.schema == dict.fromkeys(("start", "end", "first_seen", "sessions"), pl.Int64)
    assert sorted(frame.rows(), key=str) == sorted([(ids["a"], ids["d"], 1, None), (ids["b"], ids["d"], 3, 5)], key=str)


def test_keyed_relationships_have_their_key(store, links):
    store.graph.merge(links(TRANSFERRED, "key start end amount ts", ("t1", "a", "b", 100, 5)))
    [frame] = store.graph.relationships(TRANSFERRED, ("amount",))
    assert frame.columns == ["start", "end", "key", "amount"]
    assert frame.select("key", "amount").rows() == [("t1", 100)]


def test_what_was_not_known_yet_is_left_out(store, links):
    rows = ("a", "d1", 10, 90), ("a", "d2", 20, 20), ("a", "d3", 30, 30), ("a", "d4", None, None)
    store.graph.merge(links(USED_DEVICE, SEEN, *rows))
    [frame] = store.graph.relationships(USED_DEVICE, ("first_seen",), known_until=20)
    assert set(frame["first_seen"]) == {10, 20, None}
    store.graph.merge(links(LISTS_CONTACT, "start end", ("a", "1")))
    assert sum(frame.height for frame in store.graph.relationships(LISTS_CONTACT, known_until=0)) == 1


def test_what_takes_several_chunks_comes_once_and_whole(store, links):
    numbers = range(20_000)
    moved = ((f"t{number}", f"a{number}", "shop", number, None) for number in numbers)
    seen = ((f"a{number % 2}", f"d{number}", number, number) for number in numbers)
    store.graph.merge(links(TRANSFERRED, "key start end amount ts", *moved))
    store.graph.merge(links(USED_DEVICE, SEEN, *seen))
    devices = pl.concat(store.graph.nodes(DEVICE))
    assert sorted(devices["key"]) == sorted(f"d{number}" for number in numbers)
    money = pl.concat(store.graph.relationships(TRANSFERRED, ("amount",)))
    assert sorted(money.select("key", "amount").rows()) == sorted((f"t{number}", number) for number in numbers)
    users = pl.concat(store.graph.relationships(USED_DEVICE, ("first_seen",), known_until=18_000))
    known = users.join(devices, left_on="end", right_on="node_id").select("key", "first_seen")
    assert sorted(known.rows()) == sorted((f"d{number}", number) for number in range(18_001))


def test_texts_come_as_they_were_stored(store, nodes):
    texts = [
        ("d0", 'a "b" \\ c'),
        ("d1", "line\nline\ttab\x1f"),
        ("d2", "\U0001f600\u2028"),
        ("d3", "null"),
        ("d4", "[1]"),
    ]
    store.graph.merge(nodes(DEVICE, "key model", *texts))
    [frame] = store.graph.nodes(DEVICE, ("model",))
    assert sorted(frame.drop("node_id").rows()) == texts


def test_an_empty_graph_has_no_columns_to_give(store):
    assert list(store.graph.nodes(APPLICANT, ("name",))) == []
    assert list(store.graph.relationships(USED_DEVICE, ("first_seen",))) == []
    assert set(store.graph.counts().values()) == {0}
    assert store.graph.neighbourhood(APPLICANT, "a") is None
    assert store.graph.users(DEVICE, "d") == []


def test_a_property_that_the_kind_does_not_have_is_an_error(store):
    with pytest.raises(KeyError):
        list(store.graph.nodes(APPLICANT, ("name) FROM x --",)))


def test_a_reading_left_half_way_does_not_hold_anything(store, nodes):
    store.graph.merge(nodes(DEVICE, "key", *((f"d{number}",) for number in range(10))))
    reading = store.graph.nodes(DEVICE)
    next(reading)
    store.graph.merge(nodes(DEVICE, "key", ("new",)))
    reading.close()
    assert store.graph.counts()["Device"] == 11


def test_a_neighbourhood_says_what_it_left_out(store, nodes, links):
    store.graph.merge(links(USED_DEVICE, SEEN, *((f"a{number:02}", "d", number, 100 + number) for number in range(30))))
    store.graph.merge(nodes(DEVICE, "key model", ("d", "X1")))
    around = store.graph.neighbourhood(DEVICE, "d", per_type=3)
    assert (around.centre.kind, around.centre.key, around.centre.properties) == ("Device", "d", {"model": "X1"})
    assert [item.start for item in around.relationships] == [("Applicant", f"a{number}") for number in (29, 28, 27)]
    assert around.relationships[0] == Relationship(
        "USED_DEVICE", ("Applicant", "a29"), ("Device", "d"), {"first_seen": 29, "last_seen": 129}
    )
    assert {(node.kind, node.key) for node in around.nodes} == {("Applicant", f"a{number}") for number in (29, 28, 27)}
    assert around.left_out == {"USED_DEVICE": 27}


def test_a_neighbourhood_has_every_type_and_both_directions(store, nodes, links):
    store.graph.merge(nodes(APPLICANT, "key name created_at", ("a", "Ann", 1), ("b", "Bob", 1)))
    store.graph.merge(
        links(TRANSFERRED, "key start end amount ts", ("t1", "a", "b", 1, 10), ("t2", "shop", "a", 2, 20))
    )
    store.graph.merge(links(HAS_PHONE, "start end", ("a", "1")))
    store.graph.merge(links(ON_WIFI, SEEN, ("a", "w", 1, 2)))
    around = store.graph.neighbourhood(APPLICANT, "a")
    assert [item.kind for item in around.relationships] == ["ON_WIFI", "HAS_PHONE", "TRANSFERRED", "TRANSFERRED"]
    received, sent = around.relationships[2:]
    assert (received.start, received.end) == (("Account", "shop"), ("Applicant", "a"))
    assert (sent.start, sent.end) == (("Applicant", "a"), ("Applicant", "b"))
    assert received.properties == {"transfer_id": "t2", "amount": 2, "ts": 20}
    assert {node.key: node.properties for node in around.nodes} == {
        "b": {"name": "Bob", "created_at": 1}, "shop": {}, "1": {}, "w": {},
    }  # fmt: skip
    assert around.left_out == {}


def test_transfers_to_oneself_count_once(store, links):
    rows = [(f"t{number}", "a", "a", 1, number) for number in range(5)]
    store.graph.merge(links(TRANSFERRED, "key start end amount ts", *rows))
    around = store.graph.neighbourhood(ACCOUNT, "a", per_type=2)
    assert [item.properties["transfer_id"] for item in around.relationships] == ["t4", "t3"]
    assert (around.nodes, around.left_out) == ((), {"TRANSFERRED": 3})


def test_of_a_neighbourhood_a_part_is_read_and_the_rest_is_counted(store, links):
    rows = [(f"a{number:02}", "d", number, number + 50) for number in range(30)]
    unfinished = [("early", "d", 3, None), ("late", "d", 25, None), ("unknown", "d", None, None)]
    store.graph.merge(links(USED_DEVICE, SEEN, *rows, *unfinished))
    store.graph.merge(links(ON_WIFI, SEEN, ("a00", "d", 1, 1)))

    def around(per_type, **wanted):
        found = store.graph.neighbourhood(DEVICE, "d", per_type=per_type, wanted=Wanted(**wanted))
        return [item.start[1] for item in found.relationships], found.left_out

    assert around(0) == ([], {"USED_DEVICE": 33})
    assert around(0, known_until=9) == ([], {"USED_DEVICE": 12}), "ten, an early one, and one without a time"
    assert around(2, known_until=9) == (["a09", "a08"], {"USED_DEVICE": 10})
    assert around(20, known_until=9)[1] == {}
    assert around(30, known_until=9, earliest=True)[0][-2:] == ["a08", "a09"]
    assert around(5, types=frozenset({"ON_WIFI"})) == ([], {})
    assert around(0, types=frozenset({"USED_DEVICE"}), known_until=0) == ([], {"USED_DEVICE": 2})


def test_users_come_the_most_recent_first(store, links):
    rows = ("a", "1", 5, 50), ("b", "1", 1, 90), ("c", "2", 1, 99)
    store.graph.merge(links(HAS_PHONE, SEEN, *rows))
    store.graph.merge(links(LISTS_CONTACT, "start end", ("d", "1"), ("a", "1")))
    assert store.graph.users(PHONE, "1") == ["b", "a", "d"]
    assert store.graph.users(PHONE, "1", limit=1) == ["b"]
    assert store.graph.users(PHONE, "unknown") == []
    assert store.graph.users(APPLICANT, "a") == []


def test_keys_are_found_by_their_beginning(store, nodes):
    store.graph.merge(nodes(APPLICANT, "key", ("A-1",), ("A-12",), ("A_3",), ("B-1",)))
    assert store.graph.keys(APPLICANT, "A-") == ["A-1", "A-12"]
    assert store.graph.keys(APPLICANT, "A-", limit=1) == ["A-1"]
    assert store.graph.keys(APPLICANT, "A%") == []
    assert store.graph.keys(DEVICE, "A") == []


def test_of_a_hub_of_many_users_the_first_are_read(store, nodes, links):
    many = 20_000
    store.graph.merge(links(USED_DEVICE, SEEN, *((f"a{number}", "hub", number, number) for number in range(many))))
    around = store.graph.neighbourhood(DEVICE, "hub")
    users = store.graph.users(DEVICE, "hub", limit=100)
    assert around.left_out == {"USED_DEVICE": many - 20}
    assert users[0] == f"a{many - 1}"
    assert len(users) == 100
