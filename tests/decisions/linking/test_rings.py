"""Rings that the applicant is in, would join, or would form."""

CARD = "9f3c" * 10


def users(seen, *others):
    return {("HAS_CARD", CARD): [seen(one) for one in others]}


def test_a_held_link_leads_into_the_highest_ring(check, told, seen, run):
    run.rings = [("R-1", 0.9, 12), ("R-2", 0.5, 4)]
    run.person("x", ring=1, score=0.25)
    run.person("y", ring=0)
    found = check(told(card=CARD), users(seen, "x", "y"))
    assert (found.look.rings.own, found.look.rings.forms) == (None, 0)
    assert (found.look.rings.joins.ring_id, found.look.rings.joins.score, found.look.rings.joins.size) == (
        "R-1",
        0.9,
        12,
    )
    assert (found.link("x").score, found.link("x").ring.ring_id) == (0.25, "R-2")


def test_a_link_that_does_not_hold_leads_nowhere(check, told, seen, run):
    run.rings = [("R-1", 0.9, 12)]
    run.person("x", ring=0)
    found = check(told(device="d-1"), {("USED_DEVICE", "d-1"): [seen("x")]})
    assert found.link("x")
    assert found.look.rings.joins is None


def test_his_own_ring_is_not_one_that_he_joins(check, told, seen, run):
    run.rings = [("R-1", 0.9, 12), ("R-2", 0.5, 4)]
    for who, ring in (("me", 0), ("x", 0), ("y", 1)):
        run.person(who, ring=ring)
    rings = check(told(card=CARD), users(seen, "x", "y")).look.rings
    assert (rings.own.ring_id, rings.joins.ring_id) == ("R-1", "R-2")
    rings = check(told(card=CARD), users(seen, "x")).look.rings
    assert (rings.own.ring_id, rings.joins) == ("R-1", None)


def test_three_in_no_ring_form_one_and_two_do_not(check, told, seen, run):
    run.person("x")
    assert check(told(card=CARD), users(seen, "x")).look.rings.forms == 0
    assert check(told(card=CARD), users(seen, "x", "new")).look.rings.forms == 3


def test_those_whom_the_run_linked_belong_to_it(check, told, seen, run):
    run.rings = [("R-1", 0.9, 12)]
    for who in ("x", "friend", "other"):
        run.person(who)
    run.person("member", ring=0)
    run.ties = [("x", "friend"), ("x", "member")]
    assert check(told(card=CARD), users(seen, "x")).look.rings.forms == 3  # of a ring's member nothing is counted
