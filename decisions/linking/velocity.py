"""Velocity: how many applications came by the same device, phone, network or person in the last hour, day, week, month.

Applications that were decided here stand in the decision log, one by one. What came by files is in the graph, which
knows since when each applicant was seen with an identifier: those who came within the time count as one application.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from decisions.features import SOURCES, WINDOWS, Value
from decisions.linking.hubs import Hub
from decisions.linking.identified import Identified
from decisions.log.sightings import ALONE
from decisions.log.sightings import Recent as Came
from graph.store.contract import Seen


@dataclass(frozen=True, slots=True)
class Recent:
    """What was accepted within the longest window, this application included.

    `came`: by source and key; `own`: by source the keys that the applicant came with before.
    """

    came: Mapping[tuple[str, str], Came] = field(default_factory=dict)
    own: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of(self, source: str, key: str) -> Came:
        """What came with this."""
        return self.came.get((source, key), ALONE)


def asked_for(asked: Identified) -> list[tuple[str, str]]:
    """The sources and keys to ask the log for."""
    return [("applicant", asked.applicant_id), *((one.source, one.key) for one in asked.given)]


def velocity(asked: Identified, hubs: Sequence[Hub], recent: Recent, submitted: Sequence[Seen]) -> dict[str, Value]:
    """The features of velocity, of several contacts the busiest. `submitted`: the applicant's own in the graph."""
    found: dict[str, Value] = {}
    for hub in hubs:
        source = hub.given.source
        if source in SOURCES:
            came = recent.of(source, hub.given.key)
            logged = {one.applicant_id for one in came.seen}
            others = [one for one in hub.others if one.key not in logged]
            for window, late in _arrivals(others, asked.at).items():
                _raise(found, f"{source}_applications_{window}", came.applications[window] + late)
                _raise(found, f"{source}_applicants_{window}", came.applicants[window] + late)
    came = recent.of("applicant", asked.applicant_id)
    logged = {one.application_id for one in came.seen} | {asked.application_id}
    for window, late in _arrivals([one for one in submitted if one.key not in logged], asked.at).items():
        found[f"applicant_applications_{window}"] = float(came.applications[window] + late)
    return found


def _arrivals(seen: Sequence[Seen], at: int) -> dict[str, int]:
    """How many were seen for the first time within each window."""
    firsts = [one.first for one in seen if one.first is not None and one.first <= at]
    return {window: sum(first > at - seconds for first in firsts) for window, seconds in WINDOWS.items()}


def _raise(found: dict[str, Value], name: str, value: int) -> None:
    known = found.get(name, 0.0)
    found[name] = max(float(value), known if isinstance(known, float) else 0.0)
