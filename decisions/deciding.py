"""One decision: from an application and what is around it to outcome, reasons, and everything that they rest on.

Pure: whoever asks for a decision reads the graph and the log before, and keeps the decision after.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from decisions.application import Application
from decisions.features import Features
from decisions.linking.background import Background
from decisions.linking.identified import Identified
from decisions.linking.looking import UNKNOWN, Look, look
from decisions.linking.measuring import features
from decisions.linking.velocity import Recent
from decisions.outcome import Outcome
from decisions.rules.judgement import Judgement
from decisions.rules.ruleset import Rules
from graph.store.contract import Surroundings

SAFE = Outcome.REVIEW
"""What becomes of an application that could not be looked at as it should: somebody looks at it."""

Snoozed = Mapping[tuple[str, str], Collection[str]]
"""Rules that sleep, by source and key of what they sleep for."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a decision is made on. `around` and `recent` are None where the graph or the log did not answer in time."""

    application: Application
    asked: Identified
    around: Surroundings | None
    recent: Recent | None
    background: Background
    rules: Rules
    snoozed: Snoozed


@dataclass(frozen=True, slots=True)
class Verdict:
    """`missing`: parts that could not be asked. With any of them the outcome is `SAFE` at least."""

    basis: Basis
    look: Look
    features: Features
    judgement: Judgement
    outcome: Outcome
    missing: tuple[str, ...]


def decide(basis: Basis) -> Verdict:
    """Judge the application."""
    recent, background = basis.recent or Recent(), basis.background
    found = look(basis.asked, UNKNOWN if basis.around is None else basis.around, recent, background)
    missing = tuple(_missing(basis))
    measured = features(basis.application, found, recent, background, missing)
    judgement = basis.rules.judge(measured, sleeping(basis.asked, basis.snoozed))
    failed = missing or judgement.missing
    outcome = max(judgement.outcome, SAFE, key=lambda each: each.severity) if failed else judgement.outcome
    return Verdict(basis, found, measured, judgement, outcome, (*missing, *judgement.missing))


def _missing(basis: Basis) -> Iterator[str]:
    if basis.around is None:
        yield "graph"
    if basis.recent is None:
        yield "log"
    if basis.background.learned is None:
        yield "run"


def sleeping(asked: Identified, snoozed: Snoozed) -> set[str]:
    """The rules that sleep for the applicant or for anything that he brings."""
    if not snoozed:
        return set()
    brought = [("applicant", asked.applicant_id), *((one.source, one.key) for one in asked.given)]
    return {rule for one in brought for rule in snoozed.get(one, ())}


def sightings(asked: Identified, purpose: str) -> Iterator[tuple[str, str]]:
    """What the log keeps for the next applications: source and key of everything that this one came with."""
    yield "applicant", asked.applicant_id
    if purpose:
        yield "purpose", purpose
    for one in asked.given:
        yield one.source, one.key


def rings_of(found: Look) -> list[str]:
    """Ids of the rings that the application touches."""
    ids = [ring.ring_id for ring in (found.rings.own, found.rings.joins) if ring]
    return list(dict.fromkeys([*ids, *(link.ring.ring_id for link in found.links if link.held and link.ring)]))
