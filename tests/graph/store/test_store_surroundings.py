"""What is around an applicant and the identifiers that he brings: one question, on both stores."""

import pytest

from graph.ontology.nodes import APPLICANT, DEVICE
from graph.ontology.relationships import HAS_PHONE, LISTS_CONTACT, SUBMITTED, USED_DEVICE
from graph.store.contract import Seen, Surroundings

SEEN = "start end first_seen last_seen"


def test_nothing_is_around_somebody_unknown_with_things_unknown(store):
    found = store.graph.surroundings("a", [(USED_DEVICE, "d"), (HAS_PHONE, "1")], most=5)
    assert found == Surroundings(None, {}, ((), ()), ({}, {}))


def test_who_was_seen_with_an_identifier_comes_the_latest_first(store, links, nodes):
    store.graph.merge(nodes(DEVICE, "key model", ("d", "M1")))
    store.graph.merge(links(USED_DEVICE, SEEN, ("a", "d", 1, 5), ("b", "d", 2, 9), ("c", "d", 3, 7), ("a", "e", 1, 1)))
    store.graph.merge(links(LISTS_CONTACT, "start end", ("b", "1")))
    found = store.graph.surroundings("x", [(LISTS_CONTACT, "1"), (USED_DEVICE, "d"), (HAS_PHONE, "1")], most=5)
    assert found.users == ((Seen("b", None, None),), (Seen("b", 2, 9), Seen("c", 3, 7), Seen("a", 1, 5)), ())
    assert found.described == ({}, {"model": "M1"}, {})
    assert found.properties is None


@pytest.mark.parametrize(("most", "users"), [(3, 3), (2, None)])
def test_of_what_more_use_nobody_is_read(store, links, most, users):
    store.graph.merge(links(USED_DEVICE, SEEN, *((name, "d", 1, 2) for name in "abc")))
    [found] = store.graph.surroundings("a", [(USED_DEVICE, "d")], most=most).users
    assert (found if found is None else len(found)) == users


def test_an_applicant_comes_with_his_properties_and_the_latest_of_what_he_uses(store, links, nodes):
    store.graph.merge(nodes(APPLICANT, "key name id_hash", ("a", "Ann", "i1"), ("b", "Bob", "i2")))
    store.graph.merge(links(USED_DEVICE, SEEN, *(("a", f"d{day}", day, day) for day in range(1, 6)), ("b", "d9", 9, 9)))
    store.graph.merge(links(SUBMITTED, "start end submitted_at", ("a", "p1", 70)))
    found = store.graph.surroundings("a", [], most=3)
    assert found.properties == {"name": "Ann", "id_hash": "i1"}
    assert found.uses[USED_DEVICE.type] == (Seen("d5", 5, 5), Seen("d4", 4, 4), Seen("d3", 3, 3))
    assert found.uses[SUBMITTED.type] == (Seen("p1", 70, 70),)
    assert found.uses[HAS_PHONE.type] == ()


def test_the_same_identifier_asked_twice_is_answered_twice(store, links):
    store.graph.merge(links(HAS_PHONE, SEEN, ("a", "1", 1, 2)))
    found = store.graph.surroundings("x", [(HAS_PHONE, "1"), (HAS_PHONE, "1")], most=5)
    assert found.users == ((Seen("a", 1, 2),), (Seen("a", 1, 2),))


def test_hostile_keys_are_only_keys(store, links):
    key = "'}) DETACH DELETE n //\" ; DROP TABLE applicant; \\"
    store.graph.merge(links(USED_DEVICE, SEEN, (key, key, 1, 2)))
    found = store.graph.surroundings(key, [(USED_DEVICE, key)], most=5)
    assert found.users == ((Seen(key, 1, 2),),)
    assert found.uses[USED_DEVICE.type] == (Seen(key, 1, 2),)
