"""What an identifier is at this second, and what sharing it is worth."""

import pytest

CARD = "9f3c" * 10


def test_what_nobody_else_uses_is_no_hub(check, told):
    hub = check(told(device="d-1")).hub("device")
    assert (hub.kind, hub.users, hub.worth, hub.crowd) == ("", 1, 0, False)


def test_what_two_share_who_were_strangers_is_worth_what_the_run_has_learned(check, told, seen):
    hub = check(told(card=CARD), {("HAS_CARD", CARD): [seen("x")]}).hub("card")
    assert (hub.kind, hub.users, hub.roofs, hub.worth) == ("ordinary", 2, 2, 5000)


def test_the_runs_own_worth_holds_while_nobody_came(check, told, seen, run):
    run.knows("card", CARD, users=3, roofs=3, worth=6100)
    hub = check(told(card=CARD), {("HAS_CARD", CARD): [seen("x"), seen("y"), seen("me")]}).hub("card")
    assert (hub.users, hub.roofs, hub.worth) == (3, 3, 6100)


def test_with_one_more_the_rush_of_the_run_stays_on_top(check, told, seen, run):
    run.knows("card", CARD, users=2, roofs=2, worth=6100)
    hub = check(told(card=CARD), {("HAS_CARD", CARD): [seen("x"), seen("y")]}).hub("card")
    assert (hub.roofs, hub.worth) == (3, 5000 + 1100)


def test_what_the_users_milieu_explains_is_worth_little(check, told, seen, run):
    run.knows("card", CARD, worth=1000, explained=True)
    assert check(told(card=CARD), {("HAS_CARD", CARD): [seen("x"), seen("y")]}).hub("card").worth == 1000


def test_a_second_hand_phone_handed_on_is_worth_little(check, told, seen):
    users = {("USED_DEVICE", "d-1"): [seen("x", 200, 30)]}
    hub = check(told(device="d-1"), users).hub("device")
    assert (hub.kind, hub.worth) == ("second_hand", 300)


@pytest.mark.parametrize(
    "others",
    [
        [(200, 0)],  # both at once
        [(33, 30)],  # nobody had it for long
        [(200, 150), (140, 100), (90, 30)],  # four owners
    ],
)
def test_what_goes_from_hand_to_hand_was_not_sold(check, told, seen, others):
    users = {("USED_DEVICE", "d-1"): [seen(f"x{at}", *when) for at, when in enumerate(others)]}
    assert check(told(device="d-1"), users).hub("device").kind == "ordinary"


def test_who_sold_his_phone_and_comes_with_it_again_has_not_sold_it(check, told, seen):
    own = {"USED_DEVICE": (seen("d-1", 300, 250),)}
    users = {("USED_DEVICE", "d-1"): [seen("x", 200, 30), seen("me", 300, 250)]}
    assert check(told(device="d-1"), users, uses=own).hub("device").kind == "ordinary"


def test_a_recycled_number_is_worth_little_and_a_fresh_one_is_not(check, told, seen):
    phone = "+8613871520946"
    for days, kind, worth in ((61, "second_hand", 400), (59, "ordinary", 4000)):
        hub = check(told(phone=phone), {("HAS_PHONE", phone): [seen("x", days, days)]}).hub("phone")
        assert (hub.kind, hub.worth) == (kind, worth)


def test_one_roof_is_a_household_worth_nothing(check, told, seen, run):
    run.person("me", roof=7)
    run.person("x", roof=7)
    hub = check(told(card=CARD), {("HAS_CARD", CARD): [seen("x")]}).hub("card")
    assert (hub.kind, hub.roofs, hub.worth) == ("household", 1, 0)


def test_a_stranger_in_what_was_a_household_makes_it_ordinary(check, told, seen, run):
    run.person("x", roof=7)
    run.person("y", roof=7)
    run.knows("card", CARD, kind="household", roofs=1, worth=0)
    hub = check(told(card=CARD), {("HAS_CARD", CARD): [seen("x"), seen("y")]}).hub("card")
    assert (hub.kind, hub.roofs, hub.worth) == ("ordinary", 2, 5000)


def test_a_home_network_of_several_roofs_stays_one(check, told, seen, run):
    run.knows("wifi", "aa:bb:cc:00:11:22", kind="household", roofs=2, worth=1700)
    users = {("ON_WIFI", "aa:bb:cc:00:11:22"): [seen("x"), seen("me")]}
    hub = check(told(wifi="aa-bb-cc-00-11-22"), users).hub("wifi")
    assert (hub.kind, hub.worth) == ("household", 1700)


def test_of_a_crowd_nobody_is_read(check, told, run):
    run.knows("wifi", "aa:bb:cc:00:11:22", kind="public", users=400, roofs=390, worth=0)
    found = check(told(wifi="aa:bb:cc:00:11:22"), {("ON_WIFI", "aa:bb:cc:00:11:22"): None})
    hub = found.hub("wifi")
    assert (hub.kind, hub.users, hub.worth, hub.others, hub.crowd, hub.new) == ("public", 400, 0, (), True, False)
    assert found.look.links == ()


def test_a_crowd_that_the_run_did_not_know_is_new(check, told, run):
    users = {("USED_DEVICE", "d-1"): None, ("HAS_CARD", CARD): None}
    run.knows("card", CARD, users=60)
    found = check(told(device="d-1", card=CARD), users)
    assert (found.hub("device").new, found.hub("device").users) == (True, 0)
    assert (found.hub("card").new, found.hub("card").users) == (True, 60)
    assert not check(told(device="d-1"), users, learned=False).hub("device").new


def test_without_a_run_users_are_counted_and_worth_nothing(check, told, seen):
    found = check(told(card=CARD), {("HAS_CARD", CARD): [seen("x")]}, learned=False)
    assert (found.hub("card").users, found.hub("card").worth, found.look.links) == (2, 0, ())
