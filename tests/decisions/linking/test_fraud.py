"""Known fraud near an applicant."""

from decisions.linking.fraud import NearFraud
from decisions.linking.known import Known

DAY, NOW, CARD = 86_400, 1_700_000_000, "9f3c" * 10


def near(check, told, seen, fraud, others=("x",)) -> NearFraud:
    known = Known(fraud={who: NOW - days * DAY for who, days in fraud.items()})
    return check(told(card=CARD), {("HAS_CARD", CARD): [seen(one) for one in others]}, known=known).look.fraud


def test_linked_fraud_counts_once_and_by_when_it_was_known(check, told, seen, run):
    run.person("x")
    assert near(check, told, seen, {"x": 10}) == NearFraud(1, 1, 1, 1)
    assert near(check, told, seen, {"x": 90}) == NearFraud(1, 1, 1, 1)
    assert near(check, told, seen, {"x": 91}) == NearFraud(1, 0, 1, 0)
    assert near(check, told, seen, {"nobody": 1}) == NearFraud()


def test_a_linked_one_whom_the_run_does_not_know_counts_too(check, told, seen):
    assert near(check, told, seen, {"new": 1}, ["new"]) == NearFraud(1, 1, 1, 1)


def test_two_links_away_by_links_of_the_run(check, told, seen, run):
    for who in ("x", "y", "z"):
        run.person(who)
    run.ties = [("x", "y"), ("y", "z")]
    assert near(check, told, seen, {"y": 1}) == NearFraud(0, 0, 1, 1)
    assert near(check, told, seen, {"z": 1}) == NearFraud()  # three
    assert near(check, told, seen, {"x": 1, "y": 100, "z": 1}) == NearFraud(1, 1, 2, 1)


def test_the_applicant_is_not_near_himself(check, told, seen, run):
    for who in ("me", "x"):
        run.person(who)
    run.ties = [("me", "x")]
    assert near(check, told, seen, {"me": 1, "x": 1}) == NearFraud(1, 1, 1, 1)
    assert near(check, told, seen, {"x": 1}, []) == NearFraud(1, 1, 1, 1)  # by the run's link, without a new one


def test_a_link_that_does_not_hold_brings_no_fraud_near(check, told, seen, run):
    run.person("x")
    known = Known(fraud={"x": NOW})
    found = check(told(device="d-1"), {("USED_DEVICE", "d-1"): [seen("x")]}, known=known)
    assert found.link("x")
    assert found.look.fraud == NearFraud()
