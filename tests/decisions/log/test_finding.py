"""Decisions are found by everything that they are about, the newest first, page by page."""

import pytest

from decisions.log.finding import Wanted
from decisions.outcome import Outcome

NOW = 1_700_000_000


@pytest.fixture
def many(log, record):
    """Twelve decisions: three applicants, two rules, a ring in every third, outcomes in turn, a minute apart."""
    outcomes = list(Outcome)
    for number in range(12):
        log.accept(
            record(
                number,
                NOW + 60 * number,
                applicant_id=f"A-{number % 3}",
                application_id=f"P-{number // 2}",
                outcome=outcomes[number % 3],
                rules=("even", "all") if number % 2 == 0 else ("all",),
                rings=("R-1",) if number % 3 == 0 else (),
            )
        )
    return log


def ids(page) -> list[int]:
    return [int(each.decision_id.removeprefix("D-")) for each in page.decisions]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), list(range(11, -1, -1))),
        (Wanted(applicant_id="A-1"), [10, 7, 4, 1]),
        (Wanted(application_id="P-2"), [5, 4]),
        (Wanted(ring_id="R-1"), [9, 6, 3, 0]),
        (Wanted(rule="even"), [10, 8, 6, 4, 2, 0]),
        (Wanted(outcome=Outcome.REJECT), [11, 8, 5, 2]),
        (Wanted(rule="even", outcome=Outcome.REJECT), [8, 2]),
        (Wanted(ring_id="R-1", rule="even", applicant_id="A-0"), [6, 0]),
        (Wanted(since=(NOW + 120) * 1_000_000, until=(NOW + 300) * 1_000_000), [4, 3, 2]),
        (Wanted(applicant_id="A-9"), []),
    ],
)
def test_decisions_are_found(many, wanted, found):
    assert ids(many.find(wanted)) == found


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(rule="all"), Wanted(rule="all", until=(NOW + 1000) * 1_000_000)])
def test_pages_join_up_while_others_are_accepted(many, record, wanted):
    page = many.find(wanted, limit=5)
    pages = ids(page)
    while page.before is not None:
        many.accept(record(100 + page.before, NOW, rules=("all",)))
        page = many.find(wanted, before=page.before, limit=5)
        pages += ids(page)
    assert pages == list(range(11, -1, -1))


def test_decisions_are_counted_by_rule(many, record):
    many.accept(record(12, NOW, rules=()))
    assert many.by_rule() == {"all": 12, "even": 6}
    many.accept(record(13, NOW, rules=("odd",)))
    assert many.by_rule()["odd"] == 1


def test_a_log_without_decisions_has_no_rules(log):
    assert log.by_rule() == {}


def test_a_full_last_page_is_the_last(many):
    page = many.find(Wanted(rule="even"), limit=6)
    assert len(page.decisions) == 6
    assert page.before is None


def test_a_stream_goes_by_time_however_they_came(log, record):
    for number in range(1200):
        log.submit(record(number, NOW + (number * 7919) % 1200 // 3))
    log.accept(record(2000, NOW + 400))
    found = list(log.stream(NOW * 1_000_000, (NOW + 400) * 1_000_000))
    assert len(found) == 1200
    assert [each.at for each in found] == sorted(each.at for each in found)
    assert len({each.number for each in found}) == 1200
    part = list(log.stream((NOW + 10) * 1_000_000, (NOW + 12) * 1_000_000))
    assert {each.at for each in part} == {NOW + 10, NOW + 11}
    assert len(part) == 6


def test_what_comes_after_a_number_is_in_order(many):
    assert [each.number for each in many.after(3, 4)] == [4, 5, 6, 7]
    assert many.after(12, 4) == []
