"""Velocity: graph and log together, nobody twice."""

import pytest

from decisions.features import WINDOWS
from decisions.linking.velocity import Recent, asked_for, velocity
from decisions.log.sightings import Recent as Came
from decisions.log.sightings import Seen as Accepted

NOW = 1_700_000_000
HOUR = 1 / 24


def figures(found, submitted=()):
    return velocity(found.asked, found.look.hubs, found.recent, submitted)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, [2, 2, 2, 2]), (HOUR, [1, 2, 2, 2]), (0.5, [1, 2, 2, 2]), (1, [1, 1, 2, 2]), (7, [1, 1, 1, 2]), (30, [1] * 4)],
)
def test_each_window_ends_where_it_should(check, told, seen, days, expected):
    found = figures(check(told(device="d-1"), {("USED_DEVICE", "d-1"): [seen("x", days, 0)]}))
    assert [found[f"device_applicants_{window}"] for window in WINDOWS] == expected
    assert [found[f"device_applications_{window}"] for window in WINDOWS] == expected


def test_this_application_is_the_first(check, told):
    found = figures(check(told(device="d-1")))
    assert {value for name, value in found.items()} == {1.0}
    assert set(found) == {
        f"{each}_{window}"
        for each in ("device_applications", "device_applicants", "applicant_applications")
        for window in WINDOWS
    }


def test_who_is_in_the_log_and_in_the_graph_counts_once(check, told, seen):
    log = dict.fromkeys(WINDOWS, 3)  # me, and two applications of x
    came = Came((Accepted("x", "P-1", NOW - 60), Accepted("x", "P-2", NOW - 50)), log, dict.fromkeys(WINDOWS, 2), False)
    graph = {("USED_DEVICE", "d-1"): [seen("x", 0), seen("y", 0), seen("me", 0)]}
    found = figures(check(told(device="d-1"), graph, recent=Recent({("device", "d-1"): came})))
    assert (found["device_applications_1h"], found["device_applicants_1h"]) == (4.0, 3.0)


def test_the_applicants_own_applications_count_once(check, told, seen):
    came = Came((Accepted("me", "P-1", NOW - 60),), dict.fromkeys(WINDOWS, 2), dict.fromkeys(WINDOWS, 1), False)
    checked = check(told(), recent=Recent({("applicant", "me"): came}))
    submitted = [seen("P-1", 0), seen("P-me", 0), seen("P-of-a-file", 0), seen("P-old", 8)]
    found = figures(checked, submitted)
    assert [found[f"applicant_applications_{window}"] for window in WINDOWS] == [3, 3, 3, 4]


def test_of_several_contacts_the_busiest_is_told(check, told, seen):
    one, other = "+8613871520946", "+8613971520946"
    found = figures(
        check(
            told(contacts=[one, other]),
            {("LISTS_CONTACT", one): [seen("x", 0), seen("y", 0)], ("LISTS_CONTACT", other): [seen("z", 0)]},
        )
    )
    assert found["contact_applicants_1h"] == 3.0


def test_what_was_seen_later_than_this_application_does_not_count(check, told, seen):
    found = figures(check(told(device="d-1"), {("USED_DEVICE", "d-1"): [seen("x", -1, -1)]}))
    assert found["device_applicants_30d"] == 1.0


def test_everything_is_asked_for_and_the_applicant(check, told):
    asked = check(told(device="d-1", contacts=["+8613871520946"])).asked
    assert asked_for(asked) == [("applicant", "me"), ("device", "d-1"), ("contact", "+8613871520946")]
