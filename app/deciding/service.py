"""One decision from the request to its place in the log, within the time that the caller has."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import orjson

from app.deciding.asking import Asking, Faults, in_time
from app.deciding.backgrounds import Backgrounds
from app.deciding.shadowing import Shadows
from app.deciding.snoozing import Snoozes
from decisions.application import Application
from decisions.body import body_of
from decisions.deciding import Basis, Policy, Verdict, decide, rings_of, sightings
from decisions.features import WINDOWS
from decisions.guard import ANSWERS
from decisions.linking.identified import Identified, identified
from decisions.linking.looking import MOST_USERS, questions
from decisions.linking.velocity import Recent, asked_for
from decisions.log.log import DecisionLog
from decisions.log.record import Decision, DecisionRecord, new_decision_id
from decisions.rules.book import RuleBook
from graph.errors import RingfenceError
from graph.store.contract import Store, Surroundings

LEAST_TO_KEEP = 0.1
"""Seconds that the log has at least to make a decision durable, however long the rest took."""
_LONGEST = max(WINDOWS.values())


@dataclass(frozen=True, slots=True)
class Made:
    """A decision as it was made. `kept`: it is in the log, durable; a dry run is not, nor what the log did not take."""

    decision_id: str
    decided_at: int
    latency_us: int
    kept: bool
    dry_run: bool
    body: dict[str, Any]


class Decisions:
    """Makes decisions, on one event loop."""

    def __init__(  # noqa: PLR0913 (what a decision needs)
        self,
        *,
        store: Callable[[], Store],
        log: DecisionLog,
        rules: RuleBook,
        backgrounds: Backgrounds,
        shadows: Shadows,
        graph_asking: Asking,
        log_asking: Asking,
        policy: Policy,
        region: str,
        budget: float,
    ) -> None:
        self._store, self._log, self._rules = store, log, rules
        self._backgrounds, self._shadows, self._snoozes = backgrounds, shadows, Snoozes(log)
        self._graph_asking, self._log_asking = graph_asking, log_asking
        self._policy, self._region, self._budget = policy, region, budget
        self._faults = Faults()

    async def decide(self, application: Application, *, dry_run: bool, idempotency_key: str | None) -> Made:
        """Link, judge and keep one application; a dry run is not kept.

        Raises `KeyReusedError` where the idempotency key came with another request, and for nothing that is missing:
        then the outcome is the safe one, and says what is missing.
        """
        begun, now = time.perf_counter(), time.time()
        asked = identified(application, self._region, int(now))
        until = begun + self._budget
        around = await self._graph_asking.ask(self._surroundings, asked, within=until - time.perf_counter())
        recent = await self._log_asking.ask(self._recent, asked, within=until - time.perf_counter())
        basis = Basis(
            application=application,
            asked=asked,
            around=around,
            recent=recent,
            background=self._backgrounds.current,
            rules=self._rules.live,
            snoozed=self._snoozes.at(int(now)),
            policy=self._policy,
        )
        verdict = decide(basis)
        made = Made(
            decision_id=new_decision_id(),
            decided_at=int(now * 1_000_000),
            latency_us=int((time.perf_counter() - begun) * 1_000_000),
            kept=False,
            dry_run=dry_run,
            body=body_of(verdict),
        )
        if dry_run:
            return made
        within = max(until - time.perf_counter(), LEAST_TO_KEEP)
        return await self._kept(made, verdict, idempotency_key, within)

    def _surroundings(self, asked: Identified) -> Surroundings:
        return self._store().graph.surroundings(asked.applicant_id, questions(asked), most=MOST_USERS)

    def _recent(self, asked: Identified) -> Recent:
        wanted, since = asked_for(asked), asked.at - _LONGEST
        this = (asked.applicant_id, asked.application_id)
        found = self._log.recent(wanted, until=asked.at, since=since, limit=MOST_USERS + 1, this=this)
        own = self._log.recent_of(asked.applicant_id, until=asked.at, since=since)
        return Recent(dict(zip(wanted, found, strict=True)), own)

    async def _kept(self, made: Made, verdict: Verdict, idempotency_key: str | None, within: float) -> Made:
        """The decision once it is durable, or the one that the same request had before."""
        try:
            accepted = await in_time(self._log.submit(_record(made, verdict, idempotency_key)), within)
        except ANSWERS:
            raise
        except RingfenceError as error:
            self._faults.tell(error)
            return _unkept(made, verdict)
        self._faults.over()
        if accepted.earlier:
            return made_of(accepted.decision)
        self._shadows.take(accepted.decision.number, verdict.features, verdict.asleep)
        return replace(made, kept=True)


def made_of(kept: Decision) -> Made:
    """A decision of the log as it was made."""
    body = orjson.loads(kept.body)
    return Made(kept.decision_id, kept.decided_at, kept.latency_us, kept=True, dry_run=False, body=body)


def _record(made: Made, verdict: Verdict, idempotency_key: str | None) -> DecisionRecord:
    asked, application = verdict.basis.asked, verdict.basis.application
    written = application.model_dump_json(exclude_none=True).encode()
    run = verdict.basis.background.run
    return DecisionRecord(
        decision_id=made.decision_id,
        application_id=asked.application_id,
        applicant_id=asked.applicant_id,
        at=asked.at,
        decided_at=made.decided_at,
        outcome=verdict.outcome,
        score=verdict.judgement.score,
        rules_version=verdict.judgement.version,
        run_id=run.run_id if run else None,
        latency_us=made.latency_us,
        application=written,
        body=orjson.dumps(made.body),
        idempotency_key=idempotency_key,
        request_digest=hashlib.sha256(written).hexdigest(),
        rules=verdict.judgement.rules,
        rings=tuple(rings_of(verdict.look)),
        sightings=tuple(sightings(asked, application.purpose)),
    )


def _unkept(made: Made, verdict: Verdict) -> Made:
    """What the log did not take may have to be sent again, and nobody approves what nobody will find."""
    outcome = max(verdict.outcome, verdict.basis.policy.safe, key=lambda each: each.severity)
    missing = tuple(dict.fromkeys((*verdict.missing, "log")))
    return replace(made, body=body_of(replace(verdict, outcome=outcome, missing=missing)))
