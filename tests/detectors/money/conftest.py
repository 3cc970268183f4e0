"""What a detector finds in a sketch, by the names of its members."""

from collections.abc import Callable

import pytest

from detectors.context import context_of
from detectors.contract import Detector

DAY = 86_400
START = 1_700_000_000


@pytest.fixture
def found() -> Callable[[Detector, object], list[str]]:
    """The members of each finding, their names joined by blanks."""

    def names(detector: Detector, sketch) -> list[str]:
        context = context_of(sketch.projection())
        return [" ".join(context.projection.accounts.gather(one.members)) for one in detector.find(context)]

    return names


@pytest.fixture
def crowd(sketch):
    """A sketch of sixty people who pay each other one thing or another, at any time."""
    people = [sketch.person(f"p{n:02d}", START + n * DAY) for n in range(60)]
    for n, who in enumerate(people):
        for step in (1, 7, 23):
            day = (n * 37 + step * 11) % 150
            sketch.pay(who, people[(n + step) % 60], 1_000 + 731 * n + 97 * step, START + day * DAY)
    return sketch
