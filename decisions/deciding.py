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
from decisions.linking.measuring import PURPOSE, features
from decisions.linking.velocity import Recent, asked_for
from decisions.log.record import Sighting
from decisions.outcome import Outcome
from decisions.rules.judgement import Judgement
from decisions.rules.ruleset import Rules
from graph.store.contract import Surroundings

Snoozed = Mapping[tuple[str, str], Collection[str]]
"""Rules that sleep, by source and key of what they sleep for."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`safe`: the mildest outcome where something is missing; a run that is older than `oldest_run_hours` is stale."""

    safe: Outcome = Outcome.REVIEW
    oldest_run_hours: float = 48.0


@dataclass(frozen=True, slots=True)
class Basis:
    """What a decision is made on. `around` and `recent` are None where the graph or the log did not answer in time.

    `policy` says what becomes of an application that cannot be looked at as it should.
    """

    application: Application
    asked: Identified
    around: Surroundings | None
    recent: Recent | None
    background: Background
    rules: Rules
    snoozed: Snoozed
    policy: Policy


@dataclass(frozen=True, slots=True)
class Verdict:
    """`missing`: parts that could not be asked. With any of them the outcome is the policy's safe one at least.

    `asleep`: the rules that sleep for the applicant or for anything that he brings, whether they hold or not.
    """

    basis: Basis
    look: Look
    features: Features
    judgement: Judgement
    outcome: Outcome
    missing: tuple[str, ...]
    asleep: frozenset[str]


def decide(basis: Basis) -> Verdict:
    """Judge the application."""
    recent, background = basis.recent or Recent(), basis.background
    found = look(basis.asked, UNKNOWN if basis.around is None else basis.around, recent, background)
    missing = tuple(_missing(basis))
    measured = features(basis.application, found, recent, background, missing)
    asleep = _asleep(basis.asked, basis.snoozed)
    judgement = basis.rules.judge(measured, asleep)
    failed = missing or judgement.missing
    outcome = max(judgement.outcome, basis.policy.safe, key=lambda each: each.severity) if failed else judgement.outcome
    return Verdict(basis, found, measured, judgement, outcome, (*missing, *judgement.missing), asleep)


def _missing(basis: Basis) -> Iterator[str]:
    if basis.around is None:
        yield "graph"
    if basis.recent is None:
        yield "log"
    run = basis.background.run
    if run is None:
        yield "run"
    elif basis.asked.at - run.as_of.timestamp() > basis.policy.oldest_run_hours * 3600:
        yield "stale_run"


def _asleep(asked: Identified, snoozed: Snoozed) -> frozenset[str]:
    if not snoozed:
        return frozenset()
    return frozenset(rule for one in asked_for(asked) for rule in snoozed.get(one, ()))


def sightings(asked: Identified, purpose: str | None) -> Iterator[Sighting]:
    """What the log keeps for the next applications: everything that this one came with."""
    for source, key in asked_for(asked):
        yield Sighting(source, key)
    if purpose:
        yield Sighting(PURPOSE, purpose)


def rings_of(found: Look) -> list[str]:
    """Ids of the rings that the application touches."""
    ids = [ring.ring_id for ring in (found.rings.own, found.rings.joins) if ring]
    return list(dict.fromkeys([*ids, *(link.ring.ring_id for link in found.links if link.held and link.ring)]))
