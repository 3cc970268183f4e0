"""Who is linked, by how much, and whether that holds."""

import pytest

from decisions.linking.known import Known
from decisions.linking.velocity import Recent
from decisions.log.sightings import Recent as Came
from decisions.log.sightings import Seen as Accepted

DAY, NOW = 86_400, 1_700_000_000
CARD, ID, PHONE, OTHER = "9f3c" * 10, "1b7e" * 16, "+8613871520946", "+8613971520946"
WIFI, ADDRESS = "aa:bb:cc:00:11:22", "12 long st"


def test_one_piece_makes_a_link_that_does_not_hold(check, told, seen):
    link = check(told(device="d-1"), {("USED_DEVICE", "d-1"): [seen("x")]}).link("x")
    assert (link.weight, link.held) == (3.0, False)


def test_two_pieces_hold(check, told, seen):
    users = {("USED_DEVICE", "d-1"): [seen("x")], ("HAS_PHONE", PHONE): [seen("x")]}
    link = check(told(device="d-1", phone=PHONE), users).link("x")
    assert (link.weight, link.held) == (7.0, True)
    assert [one.worth for one in link.shared] == [4000, 3000]


def test_a_very_strong_one_holds_alone(check, told, seen):
    link = check(told(id_hash=ID), {("HAS_ID", ID): [seen("x")]}).link("x")
    assert (link.weight, link.held) == (6.0, True)


def test_wifi_and_ip_are_one_fact(check, told, seen):
    users = {("ON_WIFI", WIFI): [seen("x")], ("FROM_IP", "9.9.9.9"): [seen("x")], ("USED_DEVICE", "d-1"): [seen("x")]}
    assert check(told(wifi=WIFI, ip="9.9.9.9"), users).link("x") is None
    link = check(told(wifi=WIFI, ip="9.9.9.9", device="d-1"), users).link("x")
    assert (link.weight, link.held, len(link.shared)) == (5.0, True, 3)


@pytest.mark.parametrize(("days", "weight"), [(0, 5.0), (10, 3.968), (21, 3.077), (23, None)])
def test_a_device_and_a_place_fade_with_the_time_between(check, told, seen, run, days, weight):
    run.knows("device", "d-1", kind="public")
    users = {("USED_DEVICE", "d-1"): [seen("x", days + 1, days)], ("ON_WIFI", WIFI): [seen("x", days + 1, days)]}
    link = check(told(device="d-1", wifi=WIFI), users).link("x")
    assert (link and link.weight) == weight


def test_a_card_does_not_fade(check, told, seen):
    assert check(told(card=CARD), {("HAS_CARD", CARD): [seen("x", 900, 900)]}).link("x").weight == 5.0


def test_no_gap_where_he_was_there_himself_then(check, told, seen):
    own = {"USED_DEVICE": (seen("d-1", 40, 35),)}
    users = {("USED_DEVICE", "d-1"): [seen("x", 45, 38), seen("me", 40, 35)]}
    assert check(told(device="d-1"), users, uses=own).link("x").weight == 3.0


def test_a_family_at_one_address_is_one_roof(check, told, seen):
    users = {
        ("LIVES_AT", ADDRESS): [seen("mother"), seen("father")],
        ("HAS_CARD", CARD): [seen("mother"), seen("stranger")],
    }
    found = check(told(card=CARD, address="12 Long Street"), users)
    assert [link.applicant_id for link in found.look.links] == ["stranger"]
    assert (found.hub("card").roofs, found.hub("address").kind) == (2, "household")


def test_more_than_a_family_at_an_address_are_strangers(check, told, seen):
    users = {("LIVES_AT", ADDRESS): [seen(f"x{at}") for at in range(7)], ("HAS_CARD", CARD): [seen("x0")]}
    assert check(told(card=CARD, address="12 Long Street"), users).link("x0").held


def test_a_judged_household_is_one_roof(check, told, seen):
    users = {("HAS_CARD", CARD): [seen("x"), seen("z")]}
    known = Known(home={"me": 3, "x": 3, "z": 4})
    found = check(told(card=CARD), users, known=known)
    assert [link.applicant_id for link in found.look.links] == ["z"]


def test_a_roof_that_the_run_saw_is_no_link(check, told, seen, run):
    run.person("me", roof=5)
    run.person("x", roof=5)
    assert check(told(card=CARD), {("HAS_CARD", CARD): [seen("x"), seen("z")]}).link("x") is None


def test_a_contact_that_nobody_has_joins_all_who_list_it(check, told, seen):
    users = {("LISTS_CONTACT", OTHER): [seen("x")], ("HAS_CARD", CARD): [seen("x")]}
    link = check(told(card=CARD, contacts=[OTHER]), users).link("x")
    assert [(one.hub.given.learned, one.worth) for one in link.shared] == [("card", 5000), ("contact", 2200)]


def test_a_contact_that_is_anothers_own_phone_makes_friends_only(check, told, seen):
    users = {
        ("LISTS_CONTACT", OTHER): [seen("x")],
        ("HAS_PHONE", OTHER): [seen("owner")],
        ("HAS_CARD", CARD): [seen("x"), seen("owner")],
    }
    found = check(told(card=CARD, contacts=[OTHER]), users)
    for who in ("x", "owner"):
        assert [(one.hub.given.learned, one.worth) for one in found.link(who).shared] == [
            ("card", 5000),
            ("friend", 900),
        ]


def test_who_lists_his_own_phone_is_a_friend_and_so_is_who_has_it_too(check, told, seen):
    users = {
        ("HAS_PHONE", PHONE): [seen("twin")],
        ("LISTS_CONTACT", PHONE): [seen("friend")],
        ("HAS_CARD", CARD): [seen("twin"), seen("friend")],
    }
    found = check(told(card=CARD, phone=PHONE), users)
    facts = {who: [one.hub.given.learned for one in found.link(who).shared] for who in ("twin", "friend")}
    assert facts == {"twin": ["card", "phone", "friend"], "friend": ["card", "friend"]}
    assert "friend" not in {hub.given.source for hub in found.look.hubs}


def test_who_was_accepted_a_moment_ago_is_linked_before_the_graph_has_him(check, told, seen):
    came = Came((Accepted("x", "P-x", NOW - 5),), {}, {}, capped=False)
    found = check(told(card=CARD), recent=Recent({("card", CARD): came}))
    link = found.link("x")
    assert (link.held, link.shared[0].seen.first) == (True, NOW - 5)
    both = check(told(card=CARD), {("HAS_CARD", CARD): [seen("x", 50, 40)]}, recent=found.recent)
    assert both.hub("card").users == 2
    assert (both.link("x").shared[0].seen.first, both.link("x").shared[0].seen.last) == (NOW - 50 * DAY, NOW - 5)


def test_graph_and_log_together_may_be_a_crowd(check, told, seen):
    came = Came(tuple(Accepted(f"y{at}", f"P{at}", NOW - at) for at in range(31)), {}, {}, capped=False)
    users = {("HAS_CARD", CARD): [seen(f"x{at}") for at in range(30)]}
    found = check(told(card=CARD), users, recent=Recent({("card", CARD): came}))
    assert found.hub("card").crowd
    assert found.look.links == ()


def test_the_strongest_comes_first_and_equals_by_id(check, told, seen):
    users = {("HAS_CARD", CARD): [seen("z"), seen("b"), seen("a")], ("HAS_PHONE", PHONE): [seen("z")]}
    found = check(told(card=CARD, phone=PHONE), users)
    assert [link.applicant_id for link in found.look.links] == ["z", "a", "b"]
