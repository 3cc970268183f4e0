from threading import Event

import pytest

from ingest.ahead import work_ahead
from ingest.options import Phase, Progress, silent

STEP = Progress("t.csv", Phase.CHECKING, 1)


def test_results_come_in_order_and_the_next_is_begun_meanwhile():
    begun = {number: Event() for number in range(4)}

    def work(number, report):
        begun[number].set()
        report(STEP)
        return number * 10

    seen = []
    for number, result in enumerate(work_ahead(work, range(4), silent)):
        if number < 3:
            assert begun[number + 1].wait(5)
        if number < 2:
            assert not begun[number + 2].is_set()
        seen.append(result)
    assert seen == [0, 10, 20, 30]


def test_an_error_comes_when_its_turn_comes():
    def work(number, report):
        return 1 / (2 - number)

    results = work_ahead(work, range(5), silent)
    assert (next(results), next(results)) == (0.5, 1.0)
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_work_ends_when_nobody_waits_for_it():
    busy, steps = Event(), []

    def work(number, report):
        while number:
            busy.set()
            report(STEP)
        return number

    results = work_ahead(work, range(2), steps.append)
    assert next(results) == 0
    assert busy.wait(5)
    results.close()
    done = len(steps)
    assert steps == [STEP] * done
