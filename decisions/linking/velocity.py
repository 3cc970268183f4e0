"""Velocity: how many applications came by the same device, phone, network or person in the last hour, day, week, month.

Applications that were decided here count one by one. What came by files is in the graph, which knows since when each
applicant was seen with an identifier: those who came within the time count as one application each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from decisions.features import SOURCES, WINDOWS, Value
from decisions.linking.hubs import Hub
from decisions.linking.identified import Identified
from graph.store.contract import Seen


class Came(NamedTuple):
    """An application that came with something before, as the decision log has it. `at`: unix seconds."""

    applicant_id: str
    application_id: str
    at: int


@dataclass(frozen=True, slots=True)
class Recent:
    """What came within the longest window, as the decision log has it.

    `came`: by source and key, the newest few hundred at most; `own`: sources and keys that the applicant came with.
    """

    came: Mapping[tuple[str, str], Sequence[Came]] = field(default_factory=dict)
    own: frozenset[tuple[str, str]] = frozenset()


def velocity(asked: Identified, hubs: Sequence[Hub], recent: Recent, submitted: Sequence[Seen]) -> dict[str, Value]:
    """The features of velocity. `submitted`: the applicant's applications in the graph."""
    found: dict[str, Value] = {}
    for source in SOURCES:
        busiest: dict[str, Value] = {}
        for hub in hubs:
            if hub.given.source == source:
                came = [*recent.came.get((source, hub.given.key), ()), *_arrivals(hub.others, asked.at)]
                busiest = _higher(busiest, _counts(source, asked, came))
        found |= busiest
    own = [*recent.came.get(("applicant", asked.applicant_id), ())]
    own += [Came(asked.applicant_id, one.key, one.first) for one in submitted if one.first is not None]
    counts = _counts("applicant", asked, own)
    return found | {name: value for name, value in counts.items() if "_applications_" in name}


def _arrivals(others: Iterable[Seen], at: int) -> list[Came]:
    """Those who were first seen within the longest window, each as one application that has no id of its own."""
    since = at - max(WINDOWS.values())
    return [Came(one.key, "", one.first) for one in others if one.first is not None and since <= one.first <= at]


def _counts(source: str, asked: Identified, came: Sequence[Came]) -> dict[str, Value]:
    counts: dict[str, Value] = {}
    for window, seconds in WINDOWS.items():
        within = [one for one in came if asked.at - seconds <= one.at <= asked.at]
        logged = {one.application_id for one in within if one.application_id} | {asked.application_id}
        known = {one.applicant_id for one in within if one.application_id}
        by_file = {one.applicant_id for one in within if not one.application_id} - known - {asked.applicant_id}
        counts[f"{source}_applications_{window}"] = float(len(logged) + len(by_file))
        counts[f"{source}_applicants_{window}"] = float(len(known | by_file | {asked.applicant_id}))
    return counts


def _higher(one: dict[str, Value], other: dict[str, Value]) -> dict[str, Value]:
    """Of several identifiers of a source the busiest counts."""
    return {name: max(float(value), float(one.get(name, 0.0))) for name, value in other.items()}  # type: ignore[arg-type]
