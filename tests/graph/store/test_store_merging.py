"""What a graph looks like after merges, whatever their order."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.chunk import Chunk, MergeCounts
from graph.ontology.nodes import ACCOUNT, APPLICANT, APPLICATION, DEVICE, PHONE
from graph.ontology.relationships import HAS_PHONE, LISTS_CONTACT, SUBMITTED, TRANSFERRED, USED_DEVICE

SEEN = "start end first_seen last_seen sessions"


def test_the_later_observation_wins_in_any_order(store, nodes):
    rows = [("x", "old", "1", 10), ("x", None, "2", 20), ("x", "new", None, 30)]
    for number, order in enumerate(permutations(rows)):
        for _, *values in order:
            store.graph.merge(nodes(APPLICANT, "key name phone created_at", (f"x{number}", *values)))
        found = store.graph.node(APPLICANT, f"x{number}")
        assert found.properties == {"name": "new", "phone": "2", "created_at": 10}


def test_of_equal_times_the_later_loaded_wins(store, nodes):
    store.graph.merge(nodes(APPLICANT, "key name created_at", ("a", "first", 5)))
    store.graph.merge(nodes(APPLICANT, "key name created_at", ("a", "second", 5)))
    assert store.graph.node(APPLICANT, "a").properties["name"] == "second"


def test_without_time_the_later_loaded_wins_and_a_missing_value_erases_nothing(store, nodes):
    store.graph.merge(nodes(DEVICE, "key model os extras", ("d", "X1", "14", '{"imei":"1"}')))
    store.graph.merge(nodes(DEVICE, "key model os", ("d", "X2", None)))
    assert store.graph.node(DEVICE, "d").properties == {"model": "X2", "os": "14", "extras": '{"imei":"1"}'}


def test_first_seen_only_moves_back_and_last_seen_only_forward(store, links, contents):
    for first, last, sessions in ((50, 60, 1), (40, 55, 2), (45, 90, 3), (None, 70, 4)):
        store.graph.merge(links(USED_DEVICE, SEEN, ("a", "d", first, last, sessions)))
    [row] = contents(store)["USED_DEVICE"]
    assert (row["first_seen"], row["last_seen"], row["sessions"]) == (40, 90, 3)


def test_ends_that_do_not_exist_yet_are_bare_until_their_row_arrives(store, nodes, links):
    store.graph.merge(links(USED_DEVICE, SEEN, ("a", "d", 1, 2, 3)))
    assert store.graph.node(APPLICANT, "a").properties == {}
    assert store.graph.node(DEVICE, "d").properties == {}
    store.graph.merge(nodes(APPLICANT, "key name created_at", ("a", "Ann", 7)))
    store.graph.merge(nodes(DEVICE, "key model", ("d", "X1")))
    assert store.graph.node(APPLICANT, "a").properties == {"name": "Ann", "created_at": 7}
    assert store.graph.node(DEVICE, "d").properties == {"model": "X1"}
    assert store.graph.counts()["USED_DEVICE"] == 1


def test_the_order_of_tables_does_not_matter(store, nodes, links, contents):
    parts = [
        lambda key: nodes(APPLICANT, "key name created_at", (f"a{key}", "Ann", 7)),
        lambda key: links(USED_DEVICE, SEEN, (f"a{key}", f"d{key}", 1, 2, 3)),
        lambda key: nodes(DEVICE, "key model", (f"d{key}", "X1")),
        lambda key: links(TRANSFERRED, "key start end amount ts", (f"t{key}", f"a{key}", f"b{key}", 5, 6)),
    ]
    for number, order in enumerate(permutations(parts)):
        for part in order:
            store.graph.merge(part(number))
    found = contents(store)
    assert {row["name"] for row in found["Applicant"]} == {"Ann"}
    assert {row["model"] for row in found["Device"]} == {"X1"}
    assert store.graph.counts() | {"Account": 48, "Applicant": 24, "Device": 24} == store.graph.counts()
    assert len(found["TRANSFERRED"]) == len(found["USED_DEVICE"]) == 24


def test_an_applicant_is_always_an_account_of_the_same_key(store, nodes, links):
    store.graph.merge(links(TRANSFERRED, "key start end amount ts", ("t1", "a", "shop", 100, 5)))
    assert store.graph.counts()["Applicant"] == 0
    assert store.graph.node(APPLICANT, "a") is None
    assert store.graph.node(ACCOUNT, "a").kind == "Account"
    store.graph.merge(nodes(APPLICANT, "key name created_at", ("a", "Ann", 1)))
    assert store.graph.node(ACCOUNT, "a") == store.graph.node(APPLICANT, "a")
    assert store.graph.node(ACCOUNT, "a").kind == "Applicant"
    assert store.graph.node(APPLICANT, "shop") is None
    [accounts], [applicants] = store.graph.nodes(ACCOUNT), store.graph.nodes(APPLICANT)
    assert (
        dict(applicants.select("key", "node_id").rows()).items()
        <= dict(accounts.select("key", "node_id").rows()).items()
    )
    assert sorted(accounts["key"]) == ["a", "shop"]


def test_the_ends_of_a_keyed_relationship_stay_those_loaded_first(store, links, contents):
    store.graph.merge(links(TRANSFERRED, "key start end amount ts", ("t", "a", "b", 1, 5)))
    store.graph.merge(links(TRANSFERRED, "key start end amount ts", ("t", "a", "c", 2, 6)))
    [row] = contents(store)["TRANSFERRED"]
    assert (row["key"], row["start"], row["end"], row["amount"], row["ts"]) == ("t", "a", "b", 2, 5)


def test_two_transfers_between_the_same_accounts_are_two(store, links):
    rows = ("t1", "a", "b", 1, 5), ("t2", "a", "b", 1, 5), ("t3", "a", "a", 1, 5)
    store.graph.merge(links(TRANSFERRED, "key start end amount ts", *rows))
    assert store.graph.counts()["TRANSFERRED"] == 3


def test_merging_again_changes_nothing(store, nodes, links, contents):
    chunks = [
        nodes(APPLICANT, "key name created_at extras", ("a", "Ann", 5, '{"vip":"1"}'), ("b", "Bob", None, None)),
        links(USED_DEVICE, SEEN, ("a", "d", 1, 9, 3), ("b", "d", 2, None, None)),
        links(LISTS_CONTACT, "start end relation", ("a", "+861", "friend")),
        links(SUBMITTED, "start end submitted_at", ("a", "p1", 5)),
        nodes(APPLICATION, "key amount submitted_at", ("p1", 500, 5)),
    ]
    first = [store.graph.merge(chunk) for chunk in chunks]
    before = contents(store)
    again = [store.graph.merge(chunk) for chunk in chunks]
    assert contents(store) == before
    assert first == [MergeCounts(2, 0), MergeCounts(2, 0), MergeCounts(1, 0), MergeCounts(1, 0), MergeCounts(0, 1)]
    assert again == [MergeCounts(0, counts.loaded + counts.merged) for counts in first]


def test_rows_of_one_chunk_that_say_the_same_count_as_merged(store, links):
    counts = store.graph.merge(links(HAS_PHONE, "start end first_seen", ("a", "1", 5), ("a", "1", 4), ("b", "1", 4)))
    assert counts == MergeCounts(loaded=2, merged=1)
    assert store.graph.counts()["Phone"] == 1


def test_a_chunk_may_hold_many_kinds_or_nothing(store, nodes, links):
    chunk = Chunk(
        nodes=nodes(PHONE, "key", ("1",)).nodes + nodes(DEVICE, "key").nodes,
        relationships=links(HAS_PHONE, "start end", ("a", "1")).relationships,
    )
    assert store.graph.merge(chunk) == MergeCounts(2, 0)
    assert store.graph.merge(Chunk()) == MergeCounts(0, 0)


_values = st.one_of(st.none(), st.sampled_from(["p", "q", "r"]))
_observations = st.lists(
    st.tuples(st.integers(1, 10**9), _values, st.one_of(st.none(), st.integers(0, 5))),
    min_size=1, max_size=6, unique_by=lambda item: item[0],
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(observations=_observations, data=st.data())
def test_any_order_of_observations_with_different_times_gives_the_same_graph(store, links, observations, data):
    """The reference is the definition itself: for each property, the value of the latest row that has one."""
    place = str(sum(store.graph.counts().values()))
    order = data.draw(st.permutations(observations))
    cut = data.draw(st.integers(0, len(order)))
    for part in (order[:cut], order[cut:]):
        rows = [(f"a{place}", f"d{place}", last - 1, last, sessions, extras) for last, extras, sessions in part]
        store.graph.merge(links(USED_DEVICE, f"{SEEN} extras", *rows))
    in_time = sorted(observations, key=lambda item: item[0])
    expected = {"first_seen": in_time[0][0] - 1, "last_seen": in_time[-1][0]}
    for _, extras, sessions in in_time:
        present = {"extras": extras, "sessions": sessions}
        expected |= {name: value for name, value in present.items() if value is not None}
    [found] = store.graph.neighbourhood(DEVICE, f"d{place}").relationships
    assert found.properties == expected


@pytest.mark.parametrize(
    "hostile",
    [
        "O'Brien\"; DROP TABLE account; --",
        "'}) DETACH DELETE n //",
        "张伟 👩‍👩‍👧",
        "\\u0000\\",
        "漢" * 2_000,
        " ",
        "$a {b} `c`",
    ],
)
def test_hostile_strings_are_kept_as_they_are(store, nodes, links, contents, hostile):
    long = hostile * (10_000 // len(hostile))
    store.graph.merge(nodes(APPLICANT, "key name extras", (hostile, hostile, long), ("b", None, None)))
    store.graph.merge(links(USED_DEVICE, "start end extras", (hostile, hostile, hostile)))
    store.graph.merge(links(TRANSFERRED, "key start end", (hostile, hostile, "b")))
    assert store.graph.node(APPLICANT, hostile).properties == {"name": hostile, "extras": long}
    assert store.graph.users(DEVICE, hostile) == [hostile]
    found = contents(store)
    assert found["TRANSFERRED"][0]["key"] == found["TRANSFERRED"][0]["start"] == hostile
    assert {row["key"] for row in found["Applicant"]} == {"b", hostile}
