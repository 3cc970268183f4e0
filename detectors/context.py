"""Derives from a projection what all detectors read."""

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from detectors.contract import Context
from detectors.links import links
from detectors.money.flows import Flows, flows
from detectors.money.passing import Passing, passing
from detectors.pairs import pairs
from detectors.profiles import profile
from detectors.roofs import roofs
from detectors.sharing import shared
from graph.projection import Projection


def context_of(projection: Projection, figures: dict[str, float] | None = None) -> Context:
    """Sharing, roofs, profiles and links of a projection, and its money; seconds by step are added to `figures`."""
    told = {} if figures is None else figures
    with ThreadPoolExecutor(1) as aside:
        money = aside.submit(_money, projection, _Clock(told))
        clock = _Clock(told)
        sharing = shared(projection)
        clock.lap("sharing_seconds")
        roof = roofs(projection, sharing)
        clock.lap("roofs_seconds")
        profiles = profile(projection, sharing, roof)
        clock.lap("profiles_seconds")
        found = links(sharing, pairs(sharing, profiles, roof))
        clock.lap("links_seconds")
        return Context(projection, sharing, roof, profiles, found, *money.result())


def _money(projection: Projection, clock: "_Clock") -> tuple[Flows, Passing]:
    """It needs nothing of what people share, so it is looked at meanwhile."""
    money = flows(projection.transfers, len(projection.accounts))
    clock.lap("flows_seconds")
    passed = passing(money)
    clock.lap("passing_seconds")
    return money, passed


class _Clock:
    """Notes how long each step took."""

    def __init__(self, figures: dict[str, float]) -> None:
        self.figures, self.last = figures, perf_counter()

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.figures[name], self.last = now - self.last, now
